/** Rules about one host and what its operating system can do. */

import { type OsFamily, platforms } from "../../plan/platforms.ts";
import type { Problem } from "../diagnostics.ts";
import type { Host as HostInput } from "../input.generated.ts";
import { settingPlace } from "./places.ts";
import type { Rule, RuleContext } from "./rule.ts";

export const hostRules: readonly Rule[] = [
  {
    code: "LVS101",
    name: "every host has an operating system",
    severity: "error",
    check: ({ hosts, intact }) =>
      hosts.flatMap((host) =>
        host.merged.os === undefined && intact("/defaults/os")
          ? {
              pointer: `${host.pointer}/os`,
              message: `${host.name} has no operating system`,
              hint: 'give "os" here or in "defaults", for example "debian-12"',
            }
          : [],
      ),
  },
  {
    code: "LVS102",
    name: "a host's init system is one that its operating system has",
    severity: "error",
    check: (context) =>
      onSettings(context, "init", ({ os = "", init }) => {
        const platform = platforms.get(os);
        if (platform === undefined || init === undefined || platform.inits.includes(init)) return null;
        return {
          message: `${platform.title} does not have the init system ${init}`,
          hint: `it has ${platform.inits.join(" and ")}: leave "init" out for its own`,
        };
      }),
  },
  {
    code: "LVS103",
    name: "a host with reassert has systemd, whose timers do it",
    severity: "error",
    check: (context) =>
      onSettings(context, "reassert", ({ os = "", init, reassert = 0 }) => {
        const own = init ?? platforms.get(os)?.inits[0];
        if (own !== "sysv" || reassert === 0) return null;
        return {
          message: "reassert needs systemd's timers, and this host's init system is sysv",
          hint: "leave reassert out, or let the network manager keep addresses that it did not set",
        };
      }),
  },
  {
    code: "LVS104",
    name: "a host's operating system still has its package mirrors",
    severity: "warning",
    check: (context) =>
      onSettings(context, "os", ({ os = "" }) => {
        const platform = platforms.get(os);
        if (!platform?.archived) return null;
        return {
          message: `${platform.title} has left its package mirrors: a program that is missing there cannot be installed from them`,
          hint: `where a program may have to be installed, point ${platform.packageManager} at ${archives[platform.family]} (packages.mirror, once lvsgen supports it), or upgrade`,
        };
      }),
  },
];

/** Where packages of releases that left the mirrors are kept, by their projects. */
const archives: Readonly<Record<OsFamily, string>> = {
  centos: "http://vault.centos.org",
  debian: "http://archive.debian.org/debian",
  raspbian: "http://legacy.raspbian.org/raspbian",
};

/** Looks at a setting of every host, and names it where it stands: what all inherit is said once. */
function onSettings(
  { topology, hosts }: RuleContext,
  key: keyof HostInput,
  check: (merged: HostInput) => Omit<Problem, "pointer"> | null,
): Problem[] {
  const problems = new Map<string, Problem>();
  for (const host of hosts) {
    const words = check(host.merged);
    if (words === null) continue;
    const pointer = settingPlace(topology, host, key);
    problems.set(pointer, { ...words, pointer });
  }
  return [...problems.values()];
}
