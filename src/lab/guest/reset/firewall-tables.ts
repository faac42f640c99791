/** Whole tables of iptables, by its own way to set them at once. */

import type { Difference } from "./difference.ts";

export function firewallTables(difference: Difference, section: "iptables" | "ip6tables"): string[] {
  if (!difference.differs(section)) return [];
  const wanted = byTable(difference.to.get(section) ?? []);
  const names = new Set([...wanted.keys(), ...byTable(difference.surplus(section)).keys()]);
  // A table that is named is emptied first.
  return [...names].flatMap((name) => [name, ...(wanted.get(name) ?? []), "COMMIT"]);
}

/** `*filter`, then its chains and rules. */
function byTable(lines: readonly string[]): Map<string, string[]> {
  const tables = new Map<string, string[]>();
  let current: string[] = [];
  for (const line of lines) {
    if (!line.startsWith("*")) current.push(line);
    else {
      current = tables.get(line) ?? [];
      tables.set(line, current);
    }
  }
  return tables;
}
