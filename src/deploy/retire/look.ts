/** Looks at all hosts before lvsgen is taken off any. */

import { inParallel } from "../../base/in-parallel.ts";
import { say } from "../../languages/say.ts";
import { HostFailed } from "../session.ts";
import { type Found, foundOf } from "./found.ts";
import type { LeavingHost } from "./leaving-host.ts";
import { type RetiredHost, report } from "./report.ts";

export interface LookOptions {
  /** Hosts at once. */
  readonly parallel: number;
  /** The cluster that hosts must be set up for; null: any. */
  readonly cluster: string | null;
  /** Aborted: look at no further host. */
  readonly signal: AbortSignal;
  /** Gets a line about the progress. */
  readonly onProgress: (words: string) => void;
}

export interface Look {
  readonly host: LeavingHost;
  /** null: the host could not be asked. */
  readonly found: Found | null;
  /** The report of a dry run. */
  readonly dry: RetiredHost;
}

export async function lookAtAll(hosts: readonly LeavingHost[], options: LookOptions): Promise<Look[]> {
  let count = 0;
  const looks = await inParallel(
    hosts,
    options.parallel,
    async (host) => {
      const looked = await look(host, options);
      count += 1;
      options.onProgress(say`looked at ${count} of ${hosts.length} hosts`);
      return looked;
    },
    () => !options.signal.aborted,
  );
  return hosts.map((host, at) => looks[at] ?? { host, found: null, dry: report(host.name, "untouched") });
}

async function look(host: LeavingHost, { cluster }: LookOptions): Promise<Look> {
  const obstacle = (words: string, remedy = ""): Look => ({
    host,
    found: null,
    dry: report(host.name, "untouched", { isCause: true, words, remedy }),
  });
  try {
    const answer = await host.look();
    if (answer.failed !== null) return obstacle(answer.failed.words);
    const found = foundOf(answer);
    if (cluster !== null && found.cluster !== null && found.cluster !== cluster)
      return obstacle(
        say`this host is set up for another cluster: it is ${found.host ?? say`a host`} of ${found.cluster}`,
        say`leave it out, or take lvsgen off it with lvsgen retire`,
      );
    return { host, found, dry: dryReport(host, found) };
  } catch (error) {
    if (!(error instanceof HostFailed)) throw error;
    return obstacle(error.message, error.failure.remedy);
  }
}

function dryReport({ name }: LeavingHost, { host, cluster, steps }: Found): RetiredHost {
  if (steps.length === 0) return report(name, "nothing");
  const words = host === null || cluster === null ? "" : say`it is ${host} of the cluster ${cluster}`;
  return report(name, "found", { words: host === name ? "" : words, steps });
}
