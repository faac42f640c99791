/** `lvsgen plan`: the desired state of each host. */

import { planCluster } from "../plan/host-plan.ts";
import { planTexts } from "../render/plan-groups.ts";
import { planText } from "../render/plan-text.ts";
import { defineCommand } from "./arguments.ts";
import { plannedHost } from "./planned-host.ts";
import { writeReport } from "./reports.ts";
import { requireCluster } from "./require-cluster.ts";
import { hostFilter, onlyHosts, reportFormat, topologyFile } from "./shared.ts";
import { writeData } from "./streams.ts";

export const planCommand = defineCommand(
  { positionals: { file: topologyFile }, options: { format: reportFormat, host: onlyHosts } },
  async (args) => {
    const { cluster } = await requireCluster(args);
    const selected = hostFilter(cluster, args.host);
    const plans = planCluster(cluster).filter(({ host }) => selected(host.name));
    if (args.format === "json") writeReport("plan", { hosts: plans.map(plannedHost) });
    else writeData(args.host === undefined ? planTexts(plans) : plans.map(planText).join("\n"));
  },
);
