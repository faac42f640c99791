/** `lvsgen status`: every host's state in one table. */

import { counted } from "../base/counted.ts";
import { addressHolders, isAmiss } from "../deploy/address-holders.ts";
import { announcedVips, isUnheard } from "../deploy/announced-vips.ts";
import { clusterStatus, type HostStatus } from "../deploy/status.ts";
import { statusText } from "../deploy/status-text.ts";
import { say } from "../languages/say.ts";
import { defineCommand, type Values } from "./arguments.ts";
import { Interrupted } from "./errors.ts";
import { type SshArguments, sshOptions, withHosts } from "./hosts-by-ssh.ts";
import { writeReport } from "./reports.ts";
import { requireCluster } from "./require-cluster.ts";
import { ProblemError, topologyFile, UsageError, writeData } from "./shared.ts";

const options = {
  ...sshOptions,
  watch: {
    kind: "switch",
    describe: "Show the table again and again, with rates, until Ctrl-C",
  },
  interval: {
    kind: "number",
    least: 1,
    most: 3600,
    whole: true,
    default: 2,
    describe: "Seconds between two readings of --watch",
  },
} as const;

type StatusArguments = SshArguments & Values<typeof options>;

export const statusCommand = defineCommand({ positionals: { file: topologyFile }, options }, status);

async function status(args: StatusArguments): Promise<void> {
  if (args.watch) return watch(args);
  const { cluster } = await requireCluster(args);
  const hosts = await withHosts(
    args,
    cluster,
    "closing the connections (Ctrl-C again: do not wait)",
    ({ remotes, progress, signal }) =>
      unless(
        signal,
        clusterStatus(remotes, args.parallel, (words) => progress.show(words)),
      ),
  );
  const addresses = addressHolders(cluster, hosts);
  const announced = announcedVips(cluster, hosts);
  if (args.format === "json")
    writeReport("status", {
      hosts,
      ...(addresses.length === 0 ? {} : { floatingAddresses: addresses }),
      ...(announced.length === 0 ? {} : { announcedVips: announced }),
    });
  else writeData(statusText(hosts, cluster.directors.hosts, addresses, announced));
  const bad = hosts.filter(({ state }) => state !== "running");
  const amiss = addresses.filter(isAmiss).map(({ name }) => name);
  const unheard = announced.filter(isUnheard).map(({ address }) => address);
  if (bad.length === 0 && amiss.length === 0 && unheard.length === 0) return;
  if (bad.length === 0 && amiss.length === 0)
    throw new ProblemError(
      `announced by no director: ${unheard.join(", ")}; look at its servers, and at the sessions with routers`,
    );
  if (bad.length === 0)
    throw new ProblemError(`not at exactly one host: ${amiss.join(", ")}; look at keepalived on its hosts`);
  const remedies = bad
    .filter(({ remedy }) => remedy !== "")
    .map(({ host, remedy }) => `  ${host}: ${remedy}`);
  throw new ProblemError([badText(bad, hosts.length), ...remedies].join("\n"));
}

async function watch(args: StatusArguments): Promise<void> {
  if (args.format === "json")
    throw new UsageError(say`--watch is for people: for programs, repeat 'lvsgen status --format json'`);
  const { cluster } = await requireCluster(args);
  const { watchStatus } = await import("./watch-status.ts");
  const { interval, parallel } = args;
  await withHosts(args, cluster, say`closing the connections`, ({ remotes, signal }) =>
    watchStatus(remotes, { cluster, interval, parallel, signal }),
  );
}

const stateWords = {
  running: "running",
  partly: "partly running",
  stopped: "stopped",
  "not deployed": "not deployed",
  "no root": "without root access",
  unknown: "in an unknown state",
  unreachable: "unreachable",
} as const satisfies Readonly<Record<HostStatus["state"], string>>;

/** `1 of 3 hosts is stopped, 2 are unreachable` */
function badText(bad: readonly HostStatus[], total: number): string {
  const states = Object.entries(stateWords).flatMap(([state, words]) => {
    const count = bad.filter((host) => host.state === state).length;
    return count === 0 ? [] : { count, words };
  });
  return states
    .map(({ count, words }, index) => {
      const of = index === 0 ? ` of ${counted(total, "host")}` : "";
      return `${count}${of} ${count === 1 ? "is" : "are"} ${words}`;
    })
    .join(", ");
}

/** lvsgen changes nothing on the hosts, so that its questions need no answer. */
function unless<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  const aborted = new Promise<never>((_resolve, reject) => {
    signal.addEventListener("abort", () =>
      reject(new Interrupted("interrupted: some hosts have not answered")),
    );
  });
  return Promise.race([work, aborted]);
}
