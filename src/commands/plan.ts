/** `lvsgen plan`: the desired state of each host. */

import type { CommandModule } from "yargs";
import { planCluster } from "../plan/host-plan.ts";
import { planJson } from "../render/plan-json.ts";
import { planText } from "../render/plan-text.ts";
import { requireCluster } from "./require-cluster.ts";
import { hostFilter, type TopologyArguments, topologyOptions } from "./shared.ts";
import { writeData } from "./streams.ts";

interface PlanArguments extends TopologyArguments {
  readonly host: readonly string[] | undefined;
}

export const planCommand: CommandModule<object, PlanArguments> = {
  command: "plan <file>",
  describe: "Show the ordered desired state of each host",
  builder: (yargs) =>
    topologyOptions(yargs).option("host", {
      type: "string",
      array: true,
      nargs: 1,
      describe: "Only this host; may be given several times",
    }),
  handler: async (args) => {
    const { cluster } = await requireCluster(args);
    const selected = hostFilter(cluster, args.host);
    const plans = planCluster(cluster).filter(({ host }) => selected(host.name));
    if (args.format === "json") writeData(`${JSON.stringify({ hosts: plans.map(planJson) }, null, 2)}\n`);
    else writeData(plans.map(planText).join("\n"));
  },
};
