/** The state of a cluster's hosts, as their own scripts report it. */

import { inParallel } from "../base/in-parallel.ts";
import { statusPart } from "./answer.ts";
import type { RemoteHost } from "./remote-host.ts";
import { HostFailed } from "./session.ts";

/** What `lvs_*.sh status --json` says. */
export interface RoleStatus {
  readonly host: string;
  readonly cluster: string;
  readonly role: "lvs_dr" | "lvs_rs";
  readonly state: RoleState;
  /** Exit status. */
  readonly code: number;
  /** State of its record: `none`, `starting`, `started`, `stopping`, or `unknown`. */
  readonly record: string;
  readonly addresses: readonly AddressStatus[];
  readonly services: readonly ServiceStatus[];
  /** VIPs with their prefix length that routers hear of now; of directors that announce. */
  readonly announced?: readonly string[];
  /** BGP sessions of lvsgen's BIRD. */
  readonly sessions?: readonly SessionStatus[];
  /** What `start` would do. */
  readonly differences: readonly string[];
  /** Why the state is unknown. */
  readonly reason?: string;
  /** Whether `lvsgen drain` lets it have none of its addresses; of hosts with keepalived. */
  readonly drained?: boolean;
}

const roleStates = ["running", "stopped", "partly", "unknown"] as const;
type RoleState = (typeof roleStates)[number];

export interface AddressStatus {
  /** With its prefix length. */
  readonly address: string;
  readonly interface: string;
  readonly state: "present" | "absent";
}

export interface SessionStatus {
  /** The router's address. */
  readonly neighbor: string;
  /** As BIRD says it: `Established`, or what it waits for. */
  readonly state: string;
}

export interface ServiceStatus {
  readonly name: string;
  readonly protocol: "tcp" | "udp" | "sctp" | "mark";
  /** With its port; of a firewall mark, the mark. */
  readonly address: string;
  readonly scheduler: string;
  readonly state: "present" | "absent";
  readonly servers: readonly ServerStatus[];
}

export interface ServerStatus {
  /** The host's name, or its address. */
  readonly label: string;
  /** With its port. */
  readonly address: string;
  readonly forwarding: "dr" | "tun" | "nat";
  readonly state: "present" | "absent";
  readonly weight: number;
  /** Connections. */
  readonly active: number;
  /** Connections. */
  readonly inactive: number;
  /** Whether `lvsgen drain` gave it weight 0; older scripts do not say it. */
  readonly drained?: boolean;
}

export interface HostStatus {
  readonly host: string;
  /** `running`, or that of the first role that is not. */
  readonly state: RoleState | "not deployed" | "no root" | "unreachable";
  /** The reason, if there is one. */
  readonly words: string;
  /** What to do; empty if there is nothing to do. */
  readonly remedy: string;
  /** In the order of its scripts. */
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
  return (await readHost(remote, "status")).status;
}

export interface HostReading {
  readonly status: HostStatus;
  /** What `ipvsadm -Ln --stats --exact` prints; empty where there is no IPVS, or nobody asked for it. */
  readonly stats: string;
}

/** Asks a host for its status, with the verb watch for the counters of IPVS, too. */
export async function readHost(remote: RemoteHost, verb: "status" | "watch"): Promise<HostReading> {
  try {
    const { parts } = await remote.ask({ verb, token: verb, trySeconds: 0 });
    const told = [...parts].filter(([name]) => name.startsWith("status."));
    const status = summarize(
      remote.name,
      told.map(([, text]) => statusPart(text).said),
    );
    return { status, stats: parts.get("stats") ?? "" };
  } catch (error) {
    if (!(error instanceof HostFailed)) throw error;
    const { kind, words, remedy } = error.failure;
    const state = kind === "other" ? "unknown" : kind === "sudo" ? "no root" : "unreachable";
    return { status: { host: remote.name, state, words, remedy, roles: [] }, stats: "" };
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

/** Null if the text is not a status: never trust what a host sends. */
export function parseStatus(said: string): RoleStatus | null {
  try {
    const status: unknown = JSON.parse(said.split("\n")[0] ?? "");
    return isRoleStatus(status) ? status : null;
  } catch {
    return null;
  }
}

function isRoleStatus(value: unknown): value is RoleStatus {
  if (typeof value !== "object" || value === null) return false;
  const { role, state, addresses, services, differences, announced, sessions } = value as Partial<RoleStatus>;
  return (
    typeof role === "string" &&
    roleStates.some((each) => each === state) &&
    [addresses, services, differences, announced ?? [], sessions ?? []].every(Array.isArray)
  );
}
