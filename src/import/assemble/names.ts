/** Names for what has none. */

import type { Selector } from "../observed.ts";

/** Gives each name once. */
export class Names {
  readonly #taken = new Set<string>();
  /** By name, the first number that may be free. */
  readonly #next = new Map<string, number>();

  /** The name, or with a number if it is taken. */
  unique(name: string): string {
    let free = name;
    let count = this.#next.get(name) ?? 2;
    for (; this.#taken.has(free); count++) free = `${name}-${count}`;
    if (free !== name) this.#next.set(name, count);
    this.#taken.add(free);
    return free;
  }
}

/** A text as a DNS label, or null if it has no letter or digit. */
export function hostLabel(text: string): string | null {
  const label = text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "")
    .slice(0, 63);
  return /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(label) ? label : null;
}

/** A text as the name of a cluster or a service, or null. */
export function plainName(text: string): string | null {
  const name = (hostLabel(text) ?? "").replace(/^[0-9-]+/, "").slice(0, 31);
  return /^[a-z]/.test(name) ? name : null;
}

/** IANA's names of ports that are balanced often. */
const portNames: Readonly<Record<number, string>> = {
  21: "ftp",
  22: "ssh",
  25: "smtp",
  53: "dns",
  80: "web",
  110: "pop3",
  143: "imap",
  389: "ldap",
  443: "tls",
  993: "imaps",
  995: "pop3s",
  1883: "mqtt",
  3306: "mysql",
  5060: "sip",
  5432: "postgresql",
  6379: "redis",
  6443: "kubernetes",
};

export function serviceName(selector: Selector): string {
  if (selector.kind === "mark") return `mark-${selector.value}`;
  if (selector.port === 0) return "all-ports";
  return portNames[selector.port] ?? `${selector.protocol}-${selector.port}`;
}
