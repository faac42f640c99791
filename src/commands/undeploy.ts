/** `lvsgen undeploy`: takes lvsgen off all hosts of a topology, directors first. */

import { quoteWord } from "../base/quote-word.ts";
import { LeavingHost } from "../deploy/retire/leaving-host.ts";
import { loadRenderer } from "../render/load-templates.ts";
import { defineCommand, type Values } from "./arguments.ts";
import { plansWithRole, type SshArguments, sshOptions } from "./hosts-by-ssh.ts";
import { requireCluster } from "./require-cluster.ts";
import { topologyFile } from "./shared.ts";
import { needYes, takeOff, takeOffOptions } from "./take-off.ts";

const options = { ...sshOptions, ...takeOffOptions } as const;

type UndeployArguments = SshArguments & Values<typeof options>;

export const undeployCommand = defineCommand({ positionals: { file: topologyFile }, options }, run);

/** load -> look at every host -> question -> take lvsgen off in order -> report. */
async function run(args: UndeployArguments): Promise<void> {
  needYes(args);
  const { cluster } = await requireCluster(args);
  const renderer = await loadRenderer(args.templates);
  const plans = plansWithRole(cluster, args.host);
  await takeOff(args, {
    command: "undeploy",
    cluster: cluster.name,
    connect: (settings) =>
      plans.map((plan) => new LeavingHost(renderer, plan.host.name, plan.host.ssh, settings, plan)),
    again: [`lvsgen undeploy ${quoteWord(args.file)}`, " --host "],
  });
}
