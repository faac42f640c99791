/** Operating systems: one row each. A row is data only; nothing else in lvsgen branches on an OS id. */

import type { InitSystem } from "../topology/model.ts";

export type OsFamily = "centos" | "debian" | "raspbian";

export interface Platform {
  readonly id: string;
  readonly family: OsFamily;
  /** Human name. */
  readonly title: string;
  /** Kernel the release ships, `major.minor`. */
  readonly kernel: string;
  /** Init systems the release can run; the first is its default. */
  readonly inits: readonly [InitSystem, ...InitSystem[]];
  /** systemd version, or null where the release has none. */
  readonly systemd: number | null;
  /** Version of its ipvsadm package. */
  readonly ipvsadm: string;
  readonly packageManager: "yum" | "dnf" | "apt";
  /** Where volatile state lives: /run, or /var/run on releases without it. */
  readonly runDirectory: string;
  /** The release left its mirrors: packages come from an archive (a rule warns). */
  readonly archived: boolean;
  /** IPVS scheduler modules its kernel package lacks although the kernel version has them. */
  readonly missingSchedulers: readonly string[];
}

type Row = Omit<Platform, "id" | "family" | "title">;

/**
 * CentOS: kernel, systemd and ipvsadm as in the release's package list (vault.centos.org; mirror.stream.centos.org for
 * 9). sysv is offered where chkconfig and the function library of `initscripts` are part of a minimal system.
 */
const centos = {
  // 2.6.32-754, upstart (runs SysV scripts), ipvsadm-1.26-4.el6. No /run.
  6: row({
    kernel: "2.6",
    inits: ["sysv"],
    systemd: null,
    ipvsadm: "1.26",
    packageManager: "yum",
    runDirectory: "/var/run",
    archived: true,
  }),
  // 3.10.0-1160, systemd-219, ipvsadm-1.27-8.el7.
  7: row({
    kernel: "3.10",
    inits: ["systemd", "sysv"],
    systemd: 219,
    ipvsadm: "1.27",
    packageManager: "yum",
    archived: true,
  }),
  // 4.18.0-348, systemd-239, ipvsadm-1.31-1.el8.
  8: row({
    kernel: "4.18",
    inits: ["systemd", "sysv"],
    systemd: 239,
    ipvsadm: "1.31",
    packageManager: "dnf",
    archived: true,
  }),
  // Stream 9: 5.14.0, systemd-252, ipvsadm-1.31-6.el9.
  9: row({ kernel: "5.14", inits: ["systemd"], systemd: 252, ipvsadm: "1.31", packageManager: "dnf" }),
} as const satisfies Record<number, Row>;

/**
 * Debian: linux-image, systemd and ipvsadm as in packages.debian.org, archive.debian.org for releases up to 10, which
 * left the mirrors. sysvinit-core can replace systemd in all of them. Only Debian 12's row was checked against its packages (apt).
 */
const debian = {
  // linux 3.16, systemd 215, ipvsadm 1:1.26-4
  8: row({ kernel: "3.16", systemd: 215, ipvsadm: "1.26", archived: true }),
  // linux 4.9, systemd 232, ipvsadm 1:1.28-3
  9: row({ kernel: "4.9", systemd: 232, ipvsadm: "1.28", archived: true }),
  // linux 4.19, systemd 241, ipvsadm 1:1.29-1
  10: row({ kernel: "4.19", systemd: 241, ipvsadm: "1.29", archived: true }),
  // linux 5.10, systemd 247, ipvsadm 1:1.31-1
  11: row({ kernel: "5.10", systemd: 247, ipvsadm: "1.31" }),
  // linux 6.1, systemd 252, ipvsadm 1:1.31-1. CONFIG_IP_VS_TWOS is not set (lvs-facts: no twos in its modules).
  12: row({ kernel: "6.1", systemd: 252, ipvsadm: "1.31", missingSchedulers: ["twos"] }),
  // linux 6.12, systemd 257, ipvsadm 1:1.31. Debian builds CONFIG_IP_VS_TWOS=m since 6.12.
  13: row({ kernel: "6.12", systemd: 257, ipvsadm: "1.31" }),
} as const satisfies Record<number, Row>;

/** Kernels of Raspberry Pi OS (raspberrypi/linux, bcm*_defconfig) build the ten classic schedulers and no newer ones. */
const withoutNewSchedulers = ["fo", "ovf", "mh", "twos"];

/**
 * Raspberry Pi OS: Debian's userland with the kernel that its last image shipped (downloads.raspberrypi.com,
 * release notes). Raspbian 9 and 10 moved to legacy.raspbian.org.
 */
const raspbian = {
  9: pi(debian[9], { kernel: "4.14", archived: true }),
  10: pi(debian[10], { kernel: "5.10", archived: true }),
  11: pi(debian[11], { kernel: "6.1", archived: false }),
  12: pi(debian[12], { kernel: "6.12", archived: false }),
  13: pi(debian[13], { kernel: "6.12", archived: false }),
} as const satisfies Record<number, Row>;

function row(values: Pick<Row, "kernel" | "systemd" | "ipvsadm"> & Partial<Row>): Row {
  return {
    inits: ["systemd", "sysv"],
    packageManager: "apt",
    runDirectory: "/run",
    archived: false,
    missingSchedulers: [],
    ...values,
  };
}

function pi(base: Row, values: Pick<Row, "kernel" | "archived">): Row {
  return { ...base, ...values, missingSchedulers: withoutNewSchedulers };
}

function family(name: OsFamily, title: string, rows: Readonly<Record<number, Row>>): [string, Platform][] {
  return Object.entries(rows).map(([release, values]) => {
    const id = `${name}-${release}`;
    return [id, { id, family: name, title: `${title} ${release}`, ...values }];
  });
}

/** Every operating system by its id. */
export const platforms: ReadonlyMap<string, Platform> = new Map([
  ...family("centos", "CentOS", centos),
  ...family("debian", "Debian", debian),
  ...family("raspbian", "Raspberry Pi OS", raspbian),
]);
