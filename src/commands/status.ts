/** `lvsgen status`: every host's state in one table. */

import { clusterStatus } from "../deploy/status.ts";
import { statusText } from "../deploy/status-text.ts";
import { defineCommand } from "./arguments.ts";
import { Interrupted } from "./errors.ts";
import { type SshArguments, sshOptions, withHosts } from "./hosts-by-ssh.ts";
import { writeReport } from "./reports.ts";
import { requireCluster } from "./require-cluster.ts";
import { ProblemError, topologyFile, writeData } from "./shared.ts";

export const statusCommand = defineCommand(
  { positionals: { file: topologyFile }, options: sshOptions },
  status,
);

async function status(args: SshArguments): Promise<void> {
  const { cluster } = await requireCluster(args);
  const hosts = await withHosts(
    args,
    cluster,
    "closing the connections (again: do not wait)",
    ({ remotes, progress, signal }) =>
      unless(
        signal,
        clusterStatus(remotes, args.parallel, (words) => progress.show(words)),
      ),
  );
  if (args.format === "json") writeReport("status", { hosts });
  else writeData(statusText(hosts));
  const bad = hosts.filter(({ state }) => state !== "running");
  if (bad.length === 0) return;
  const remedies = bad
    .filter(({ remedy }) => remedy !== "")
    .map(({ host, remedy }) => `  ${host}: ${remedy}`);
  throw new ProblemError([`${bad.length} of ${hosts.length} hosts are not running`, ...remedies].join("\n"));
}

/** Nothing is changed on the hosts: what is asked of them need not come to its end. */
function unless<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  const aborted = new Promise<never>((_resolve, reject) => {
    signal.addEventListener("abort", () => reject(new Interrupted("interrupted: not every host was asked")));
  });
  return Promise.race([work, aborted]);
}
