/**
 * Sandboxing of the units, one row per directive: the first systemd version that has it (its NEWS file), and whether it
 * suits a script that loads modules or opens raw sockets.
 */

import type { Resource } from "../plan/resources.ts";
import { birdOf } from "../platforms/bird.ts";
import type { Platform } from "../platforms/platform.ts";

/** What a script does that a sandbox could forbid. */
export interface Needs {
  /** Load kernel modules. */
  readonly modules: boolean;
  /** Raw sockets: arping has one, and iptables. */
  readonly rawSockets: boolean;
  /** Put keepalived's configuration in place. */
  readonly keepalived: boolean;
  /** The folder of BIRD's configuration, which is put in place there; null: there is none. */
  readonly bird: string | null;
}

export function needsOf(resources: readonly Resource[], platform: Platform): Needs {
  return {
    modules: resources.some(({ kind }) => kind === "module"),
    rawSockets: resources.some(
      (resource) =>
        resource.kind === "firewall-rule" ||
        resource.kind === "opening" ||
        (resource.kind === "address" && resource.announce),
    ),
    keepalived: resources.some(({ kind }) => kind === "keepalived"),
    bird: resources.some(({ kind }) => kind === "bird") ? birdFolder(platform) : null,
  };
}

function birdFolder(platform: Platform): string | null {
  return birdOf(platform)?.configuration.replace(/\/[^/]*$/, "") ?? null;
}

/** For the reader of a unit. */
export function needsText({ modules, rawSockets, keepalived, bird }: Needs): string {
  const parts = ["the network's state", "sysctls"];
  if (modules) parts.push("kernel modules");
  if (rawSockets) parts.push("raw sockets");
  if (keepalived) parts.push("keepalived's configuration");
  if (bird !== null) parts.push("BIRD's configuration, which is its own user's");
  return parts.join(", ");
}

interface Directive {
  readonly name: string;
  /** Null if it would break the script. */
  readonly value: (needs: Needs) => string | null;
  readonly since: number;
  /** The last version to use it with: newer ones have something better. */
  readonly until: number;
}

const latest = Number.POSITIVE_INFINITY;

/** Denied system calls. A list of allowed ones would kill the unit if systemd does not know one of the groups. */
const denied = "~@clock @cpu-emulation @debug @mount @obsolete @raw-io @reboot @resources @swap";

/** For systemd without such groups (they came with 231 to 233): the calls of kernels of that time, by name. */
const deniedByName =
  "~adjtimex clock_adjtime clock_settime settimeofday modify_ldt perf_event_open ptrace lookup_dcookie chroot mount " +
  "pivot_root umount2 ioperm iopl kexec_load reboot swapon swapoff acct quotactl setdomainname sethostname vhangup";

/** The hyphen: it may not be there. */
const keepalivedFolder = "-/etc/keepalived";

function folders({ keepalived, bird }: Needs): string[] {
  return [...(keepalived ? [keepalivedFolder] : []), ...(bird === null ? [] : [`-${bird}`])];
}

const directives: readonly Directive[] = [
  both("NoNewPrivileges", "yes", 187),
  {
    name: "CapabilityBoundingSet",
    value: ({ modules, rawSockets, bird }) =>
      [
        "CAP_NET_ADMIN",
        ...(rawSockets ? ["CAP_NET_RAW"] : []),
        ...(modules ? ["CAP_SYS_MODULE"] : []),
        // Its folder and its socket belong to BIRD's user.
        ...(bird === null ? [] : ["CAP_CHOWN", "CAP_DAC_OVERRIDE", "CAP_FOWNER"]),
      ].join(" "),
    since: 1,
    until: latest,
  },
  both("ProtectHome", "yes", 214),
  both("PrivateTmp", "yes", 1),
  both("PrivateDevices", "yes", 209),
  both("UMask", "0077", 1),
  both("RestrictAddressFamilies", "AF_UNIX AF_INET AF_INET6 AF_NETLINK AF_PACKET", 211),
  both("SystemCallArchitectures", "native", 209),
  both("SystemCallErrorNumber", "EPERM", 209),
  // Names, not groups, up to 232: @reboot and @swap came with 233.
  both("SystemCallFilter", deniedByName, 209, 232),
  // @privileged is left out: arping drops its capabilities, and fails if it cannot.
  {
    name: "SystemCallFilter",
    value: ({ modules }) => (modules ? denied : `${denied} @module`),
    since: 233,
    until: latest,
  },
  both("ProtectSystem", "full", 214, 231),
  both("ProtectSystem", "strict", 232),
  // Called so before 231.
  {
    name: "ReadWriteDirectories",
    value: (needs) => folders(needs).join(" ") || null,
    since: 214,
    until: 231,
  },
  {
    name: "ReadWritePaths",
    value: (needs) => ["/run", ...folders(needs)].join(" "),
    since: 232,
    until: latest,
  },
  both("ProtectControlGroups", "yes", 232),
  {
    name: "ProtectKernelModules",
    value: ({ modules }) => (modules ? null : "yes"),
    since: 232,
    until: latest,
  },
  both("MemoryDenyWriteExecute", "yes", 231),
  both("RestrictRealtime", "yes", 231),
  both("RemoveIPC", "yes", 236),
  both("RestrictNamespaces", "yes", 233),
  both("LockPersonality", "yes", 235),
  both("KeyringMode", "private", 235),
  both("IPAddressDeny", "any", 235),
  both("ProtectHostname", "yes", 242),
  both("RestrictSUIDSGID", "yes", 242),
  both("ProtectKernelLogs", "yes", 244),
  both("ProtectClock", "yes", 245),
  both("ProtectProc", "invisible", 247),
];

function both(name: string, value: string, since: number, until = latest): Directive {
  return { name, value: () => value, since, until };
}

export interface Setting {
  readonly name: string;
  readonly value: string;
}

/** What a unit may ask of this systemd version, in order. */
export function hardening(needs: Needs, systemd: number): readonly Setting[] {
  const key = JSON.stringify([needs, systemd]);
  const known = hardeningFor.get(key) ?? findHardening(needs, systemd);
  hardeningFor.set(key, known);
  return known;
}

/** The units of a cluster have few different needs. */
const hardeningFor = new Map<string, readonly Setting[]>();

function findHardening(needs: Needs, systemd: number): Setting[] {
  return directives.flatMap(({ name, value, since, until }) => {
    const wanted = value(needs);
    return wanted === null || since > systemd || until < systemd ? [] : [{ name, value: wanted }];
  });
}
