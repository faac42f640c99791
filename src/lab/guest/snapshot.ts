/** A host's network state as comparable text: what `stop` must bring back and a second `start` must not touch. */

import { existsSync, readFileSync } from "node:fs";
import type { LabHost } from "../spec.ts";
import type { Namespace } from "./namespace.ts";
import { LIST_NFT, usesNft } from "./nft.ts";

/** Section title -> its lines. */
export type Snapshot = ReadonlyMap<string, readonly string[]>;

const BATCH = "address show\nroute show table all\nrule show\n";

const SYSCTLS =
  "/proc/sys/net/ipv4/conf/*/* /proc/sys/net/ipv4/vs/* /proc/sys/net/ipv4/ip_forward " +
  "/proc/sys/net/ipv4/ip_nonlocal_bind /proc/sys/net/ipv6/ip_nonlocal_bind " +
  "/proc/sys/net/ipv6/conf/*/forwarding /proc/sys/net/ipv6/conf/*/ndisc_notify /sys/class/net/*/flags";

/** Each section costs one process, so there are few. */
function snapshotScript(ipvs: IpvsUse, hasTables: boolean, nft: boolean, announces: boolean): string {
  const lines = [
    `echo '#addresses and routes'; ip -o -batch - <<'END'\n${BATCH}END`,
    `echo '#sysctls'; grep -s '' ${SYSCTLS}`,
    "echo '#IPv6 rules'; ip -6 rule show",
  ];
  if (existsSync("/sys/module/fou")) lines.push("echo '#tunnel ports'; ip fou show; ip -6 fou show");
  if (ipvs === "services")
    lines.push("echo '#IPVS'; ipvsadm -Sn", "echo '#IPVS thresholds'; ipvsadm -Ln --thresholds");
  if (ipvs !== "none")
    lines.push("echo '#IPVS timeouts'; ipvsadm -L --timeout", "echo '#connection sync'; ipvsadm -L --daemon");
  lines.push(
    "[ ! -e /etc/keepalived/keepalived.conf ] || { echo '#keepalived.conf'; cat /etc/keepalived/keepalived.conf; }",
    "[ ! -e /run/keepalived.pid ] || echo '#keepalived runs'",
  );
  if (hasTables)
    lines.push("echo '#iptables'; iptables-legacy-save", "echo '#ip6tables'; ip6tables-legacy-save");
  if (nft) lines.push("echo '#nft'", LIST_NFT);
  if (announces) lines.push(...ANNOUNCING);
  return lines.join("\n");
}

/** IPv6 settings of a device of a tunnel module: they appear when it first comes up, and stay like the device itself. */
const TUNNEL_SETTING = /^\/proc\/sys\/net\/ipv6\/conf\/(tunl0|sit0|ip6tnl0|gre0|ip6gre0)\//;

/** Configurations wherever a distribution has them, and what is beside them. */
const ANNOUNCING = [
  "echo '#BIRD'; for f in /etc/bird/bird.conf* /etc/bird.conf*; do [ ! -e $f ] || sha256sum $f; done",
  "[ ! -S /run/bird/bird.ctl ] || ! timeout 5 birdc show status >/dev/null 2>&1 || echo 'it runs'",
  "[ ! -e /run/lvsgen-announced.conf ] || { echo '#announced'; cat /run/lvsgen-announced.conf; }",
];

/** Columns and lines that change by themselves: counters, live connections, dates. */
function isVolatile(line: string): boolean {
  if (TUNNEL_SETTING.test(line)) return true;
  return line.startsWith("# ") || line.startsWith("IP Virtual Server") || line.startsWith("Prot ");
}

function stable(section: string, line: string): string {
  if (section.endsWith("tables")) return line.replace(/\[\d+:\d+\]/, "[0:0]");
  return line.trimEnd();
}

export async function takeSnapshot(namespace: Namespace): Promise<Snapshot> {
  const { host } = namespace;
  const script = snapshotScript(ipvsUse(namespace), hasTables(namespace), usesNft(host), announces(host));
  const { stdout } = await namespace.look(script);
  const sections = new Map<string, string[]>();
  let current: string[] = [];
  let title = "";
  for (const line of stdout.split("\n")) {
    if (/^#[A-Za-z]/.test(line)) {
      title = line.slice(1);
      current = [];
      sections.set(title, current);
    } else if (line !== "" && !isVolatile(line)) current.push(stable(title, line));
  }
  for (const title of ["iptables", "ip6tables"])
    sections.set(title, withoutEmptyTables(sections.get(title) ?? []));
  sections.set("IPVS thresholds", thresholdsThatAreSet(sections.get("IPVS thresholds") ?? []));
  // The kernel keeps hash order for services; order says nothing.
  for (const lines of sections.values()) if (!isOrdered(lines)) lines.sort();
  return sections;
}

function announces({ files }: LabHost): boolean {
  return files.some(({ destination }) => destination.endsWith("/lvs_gate.sh"));
}

/** To look at a table is to make it: only what somebody put into one counts. */
function withoutEmptyTables(lines: readonly string[]): string[] {
  const isEmpty = (line: string): boolean => /^(COMMIT|:[A-Z]+ ACCEPT .*)$/.test(line);
  const kept = lines.filter((line) => !isEmpty(line));
  return kept.filter((line, index) => {
    const next = kept[index + 1];
    return !line.startsWith("*") || (next !== undefined && !next.startsWith("*"));
  });
}

/** ipvsadm's option for a service of a kind that `-L` names so. */
const SERVICE_OPTION: Readonly<Record<string, string>> = {
  TCP: "-t",
  UDP: "-u",
  SCTP: "--sctp-service",
  FWM: "-f",
};

/** `-Ln --thresholds` as what `-Sn` leaves out of a server's line: `-t 10.0.0.1:80 -r 10.0.0.2:80 -x 5 -y 3`. */
function thresholdsThatAreSet(lines: readonly string[]): string[] {
  let service = "";
  return lines.flatMap((line) => {
    const [kind = "", address = "", ...rest] = line.trim().split(/\s+/);
    const option = SERVICE_OPTION[kind];
    if (option !== undefined) service = `${option} ${address}${rest[0] === "IPv6" ? " -6" : ""}`;
    const [upper = "0", lower = "0"] = rest;
    if (kind !== "->" || (upper === "0" && lower === "0")) return [];
    return [`${service} -r ${address} -x ${upper} -y ${lower}`];
  });
}

/** Firewall rules are a sequence. */
function isOrdered(lines: readonly string[]): boolean {
  return /^(\*|table )/.test(lines[0] ?? "");
}

type IpvsUse = "none" | "settings" | "services";

/** Directors have settings to look at; so has anybody who was given a service. */
function ipvsUse(namespace: Namespace): IpvsUse {
  // Three lines are the table's head.
  if (read(namespace, "ip_vs").trimEnd().split("\n").length > 3) return "services";
  return namespace.host.scripts.some((script) => script.role === "director") ? "settings" : "none";
}

/** Asking iptables where no table exists would create one. */
function hasTables(namespace: Namespace): boolean {
  return `${read(namespace, "ip_tables_names")}${read(namespace, "ip6_tables_names")}`.trim() !== "";
}

function read(namespace: Namespace, file: string): string {
  try {
    return readFileSync(`/proc/${namespace.agent.pid}/net/${file}`, "utf8");
  } catch {
    return "";
  }
}

/** Differences as `- gone` and `+ new` lines by section; empty when equal. */
export function compareSnapshots(before: Snapshot, after: Snapshot): string {
  const lines: string[] = [];
  for (const title of new Set([...before.keys(), ...after.keys()])) {
    const old = before.get(title) ?? [];
    const now = after.get(title) ?? [];
    if (old.join("\n") === now.join("\n")) continue;
    const gone = old.filter((line) => !now.includes(line)).map((line) => `  - ${line}`);
    const added = now.filter((line) => !old.includes(line)).map((line) => `  + ${line}`);
    lines.push(`${title}:`, ...gone, ...added);
    if (gone.length + added.length === 0) lines.push("  (same lines, other order or number)");
  }
  return lines.join("\n");
}
