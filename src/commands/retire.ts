/** `lvsgen retire`: takes lvsgen off hosts, by what they have themselves: no topology needs to name them. */

import { userInfo } from "node:os";
import { quoteWord } from "../base/quote-word.ts";
import { suggestion } from "../base/suggest.ts";
import { LeavingHost } from "../deploy/retire/leaving-host.ts";
import { parseTarget } from "../deploy/retire/target.ts";
import { configuredUser, type SessionSettings } from "../deploy/session.ts";
import { inEnglish, say } from "../languages/say.ts";
import { type HostPlan, planCluster } from "../plan/host-plan.ts";
import { loadRenderer } from "../render/load-templates.ts";
import type { Renderer } from "../render/renderer-core.ts";
import type { Ssh } from "../topology/model.ts";
import { defineCommand, type Values } from "./arguments.ts";
import { connectionOptions } from "./hosts-by-ssh.ts";
import { requireCluster } from "./require-cluster.ts";
import { reportFormat, UsageError, writeNote } from "./shared.ts";
import { needYes, takeOff, takeOffOptions } from "./take-off.ts";

const positionals = {
  hosts: {
    kind: "list",
    of: "text",
    value: "HOST",
    required: true,
    describe:
      "As for ssh: an alias, an address, USER@HOST or USER@HOST:PORT; with --file, names in the topology",
  },
} as const;

const options = {
  format: reportFormat,
  file: {
    kind: "path",
    value: "FILE",
    input: true,
    describe: "Topology that names the hosts and says how to reach them",
  },
  ...takeOffOptions,
  ...connectionOptions,
} as const;

type RetireArguments = Values<typeof positionals> & Values<typeof options>;

export const retireCommand = defineCommand({ positionals, options }, run);

/** The way to each host -> look at them -> question -> take lvsgen off -> report. */
async function run(args: RetireArguments): Promise<void> {
  needYes(args);
  const names = [...new Set(args.hosts)];
  const renderer = await loadRenderer(args.templates);
  const connect =
    args.file === undefined
      ? await byTarget(names, renderer)
      : await byName(names, { ...args, file: args.file }, renderer);
  const file = args.file === undefined ? "" : ` --file ${quoteWord(args.file)}`;
  await takeOff(args, {
    command: "retire",
    cluster: null,
    connect,
    again: [`lvsgen retire${file}`, " "],
  });
}

type Connect = (settings: SessionSettings) => readonly LeavingHost[];

async function byTarget(names: readonly string[], renderer: Renderer): Promise<Connect> {
  const ways: { readonly name: string; readonly ssh: Ssh }[] = [];
  for (const name of names) {
    const target = parseTarget(name);
    if (typeof target === "string") throw new UsageError(target);
    const { address, port } = target;
    const user = target.user ?? (await configuredUser(address)) ?? userInfo().username;
    // ssh's usual port is left to its configuration.
    ways.push({ name, ssh: { user, address, port: port ?? 22 } });
  }
  return (settings) => ways.map(({ name, ssh }) => new LeavingHost(renderer, name, ssh, settings));
}

/** @throws UsageError for a host that the topology does not have */
async function byName(
  names: readonly string[],
  args: RetireArguments & { readonly file: string },
  renderer: Renderer,
): Promise<Connect> {
  const { cluster } = await requireCluster(args);
  const all = new Map(inEnglish(() => planCluster(cluster)).map((plan) => [plan.host.name, plan]));
  const plans = names.map((name) => {
    const plan = all.get(name);
    if (plan === undefined)
      throw new UsageError(
        say`unknown host ${JSON.stringify(name)}: ${suggestion(name, [...all.keys()], say`the hosts are`)}; without --file, HOST is what ssh understands`,
      );
    return plan;
  });
  for (const plan of plans) warnOfRole(plan, args.file);
  return (settings) =>
    plans.map((plan) => new LeavingHost(renderer, plan.host.name, plan.host.ssh, settings, plan));
}

/** Directors that still have the server send requests to it. */
function warnOfRole({ host, roles }: HostPlan, file: string): void {
  if (roles.some(({ role }) => role === "real-server"))
    writeNote(
      say`${host.name} is a real server in ${file}: its directors send requests to it until you remove it there and deploy that`,
    );
}
