/** The state of a cluster's hosts, as their own scripts tell it. */

import { inParallel } from "../base/in-parallel.ts";
import { statusPart } from "./answer.ts";
import type { RemoteHost } from "./remote-host.ts";
import { HostFailed } from "./session.ts";

/** What `lvs_*.sh status --json` says. */
export interface RoleStatus {
  readonly role: string;
  readonly state: string;
  readonly addresses: readonly unknown[];
  readonly services: readonly {
    readonly name: string;
    readonly protocol: string;
    readonly address: string;
    readonly scheduler: string;
    readonly state: string;
    readonly servers: readonly {
      readonly label: string;
      readonly state: string;
      readonly weight: number;
      readonly active: number;
      readonly inactive: number;
    }[];
  }[];
  readonly differences: readonly string[];
}

export interface HostStatus {
  readonly host: string;
  /** `running`, or the worst of its roles; `not deployed`, `unreachable`, `unknown`. */
  readonly state: string;
  readonly words: string;
  readonly remedy: string;
  readonly roles: readonly RoleStatus[];
}

export function clusterStatus(
  remotes: readonly RemoteHost[],
  parallel: number,
  onProgress: (words: string) => void,
): Promise<HostStatus[]> {
  let count = 0;
  return inParallel(remotes, parallel, async (remote) => {
    const status = await hostStatus(remote);
    count += 1;
    onProgress(`${count} of ${remotes.length} hosts`);
    return status;
  }).then((list) => list.flatMap((status) => status ?? []));
}

async function hostStatus(remote: RemoteHost): Promise<HostStatus> {
  try {
    const { parts } = await remote.ask({ verb: "status", token: "status", trySeconds: 0 });
    const told = [...parts].filter(([name]) => name.startsWith("status."));
    return summarize(
      remote.name,
      told.map(([, text]) => statusPart(text).said),
    );
  } catch (error) {
    if (!(error instanceof HostFailed)) throw error;
    const { kind, words, remedy } = error.failure;
    const state = kind === "other" ? "unknown" : kind === "sudo" ? "no root" : "unreachable";
    return { host: remote.name, state, words, remedy, roles: [] };
  }
}

function summarize(host: string, told: readonly string[]): HostStatus {
  const nothing = { host, words: "", remedy: "", roles: [] };
  if (told.length === 0) return { ...nothing, state: "not deployed", remedy: "lvsgen deploy" };
  const roles = told.flatMap((said) => parseStatus(said) ?? []);
  const silent = told
    .filter((said) => parseStatus(said) === null)
    .join("\n")
    .trim();
  if (silent !== "") return { ...nothing, state: "unknown", words: silent, roles };
  const worst = roles.find(({ state }) => state !== "running")?.state ?? "running";
  return { ...nothing, state: worst, roles };
}

function parseStatus(said: string): RoleStatus | null {
  try {
    return JSON.parse(said.split("\n")[0] ?? "") as RoleStatus;
  } catch {
    return null;
  }
}
