/** One row of the platform table. */

import type { FeatureName } from "./features.ts";

/** centos: Red Hat's and its rebuilds; debian: Debian and Ubuntu. */
export type OsFamily = "centos" | "debian" | "raspbian";

export type InitSystem = "systemd" | "sysv";

export interface Platform {
  readonly id: string;
  readonly family: OsFamily;
  /** Human name. */
  readonly title: string;
  /** Kernel that gates count with, `major.minor`, for 2.6 with its third number: the oldest of `kernels`. */
  readonly kernel: string;
  /** Every kernel that the release's own packages have brought, oldest first. */
  readonly kernels: readonly [string, ...string[]];
  /** Init systems the release can run; the first is its default. */
  readonly inits: readonly [InitSystem, ...InitSystem[]];
  /** systemd version, or null where the release has none. */
  readonly systemd: number | null;
  /** What `/bin/sh` is. */
  readonly shell: "bash" | "dash";
  /** Version of its ipvsadm package. */
  readonly ipvsadm: string;
  /** Version of its iproute2; null: unknown, and gates take it for too old. */
  readonly iproute2: string | null;
  /** Version of its keepalived package; null: unknown, and gates take it for too old. */
  readonly keepalived: string | null;
  /** What the program `iptables` works on: the old tables, or nf_tables. */
  readonly iptables: "legacy" | "nft";
  /** Whether the release packages nftables. */
  readonly nft: boolean;
  readonly packageManager: "yum" | "dnf" | "apt";
  /**
   * Python that Ansible runs on there: the release's own Python 3 where any ansible-core from 2.14 on knows it, and
   * else its Python 2. The bindings of the package manager are for it.
   */
  readonly python: string;
  /** Where volatile state lives: /run, or /var/run on releases without it. */
  readonly runDirectory: string;
  /** The release left its mirrors: packages come from an archive (a rule warns). */
  readonly archived: boolean;
  /** What its kernel packages lack although their version has it. */
  readonly lacks: readonly FeatureName[];
  /** What its kernel packages have although their version is older than it. */
  readonly backports: readonly FeatureName[];
  /** What its kernel packages may have or lack; gates take it for lacking until the topology names the host's kernel. */
  readonly unknown: readonly FeatureName[];
}

/** The facts of a row: what a source can speak for. */
export type Column = Exclude<keyof Platform, "id" | "family" | "title" | "kernel" | "unknown">;

export interface Source {
  readonly columns: readonly Column[];
  /** What says so: a package list, a file of a package or of a source tree, a document. */
  readonly from: string;
  /** The day it was read in the release's own packages; null: read elsewhere, or only known. */
  readonly verified: string | null;
}

/** A row as the tables of the families write it, with where each fact comes from. */
export type Row = Omit<Platform, "id" | "family" | "title" | "kernel"> & {
  readonly sources: readonly Source[];
};

/** The day on which packages were looked into. */
const lookedAt = "2026-11-21";

export function verified(from: string, ...columns: Column[]): Source {
  return { columns, from, verified: lookedAt };
}

export function documented(from: string, ...columns: Column[]): Source {
  return { columns, from, verified: null };
}

/** A platform beside its sources: they are for readers of the table, and no part of any plan. */
export interface Entry {
  readonly platform: Platform;
  readonly sources: readonly Source[];
}

/** Rows of one distribution. */
export function distribution(
  name: string,
  title: string,
  family: OsFamily,
  rows: Readonly<Record<string, Row>>,
): Entry[] {
  return Object.entries(rows).map(([release, { sources, ...row }]) => ({
    platform: {
      id: `${name}-${release}`,
      family,
      title: `${title} ${release}`,
      kernel: row.kernels[0],
      ...row,
    },
    sources,
  }));
}
