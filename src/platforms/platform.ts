/** One row of the platform table: facts for plans, how the release is packaged, and the sources. */

import type { FeatureName } from "./features.ts";
import type { MirrorLayout } from "./mirror-layout.ts";

/** centos: Red Hat's, its rebuilds, and whose packages are made after them; debian: Debian and Ubuntu. */
export type OsFamily = "centos" | "debian" | "raspbian";

export type InitSystem = "systemd" | "sysv";

export interface Platform {
  /** Of the distribution and the release: `debian-12`. */
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

export interface Distribution {
  /** First part of its releases' ids. */
  readonly name: string;
  /** Human name. */
  readonly title: string;
  readonly family: OsFamily;
  /** What os-release(5) of its systems may have as ID. */
  readonly osReleaseIds: readonly string[];
  /** Where packages of releases that left its mirrors are kept; null: nowhere that is known. */
  readonly archive: string | null;
}

/** How a release is packaged. No part of the model: what is known here beside it makes no other topology. */
export interface Packaging {
  readonly distribution: Distribution;
  /** Its number, as os-release(5) has it in VERSION_ID, perhaps with a minor one behind. */
  readonly release: string;
  /** Packages that have other names than most releases' (packages.ts); null: the release does not package the program. */
  readonly renamed: Readonly<Record<string, string | null>>;
  /** Libraries that building ipvsadm from its source needs: 1.26 knows the first libnl only, newer ones the third. */
  readonly libnl: readonly string[];
  /** Where its nginx comes from: the release's own packages, or EPEL. */
  readonly nginx: "own" | "epel";
  readonly mirror: MirrorLayout;
}

/**
 * run: programs of the release, or of what it is made of, run in the tests; documented: no test ran anything of it. Which
 * ran is in docs/reliability.md, "What is proven of which system".
 */
export type Proven = "run" | "documented";

/** What `rowsOf` fills in. */
type Named = "id" | "family" | "title" | "kernel" | "distribution" | "release";

/** The facts of a row, each of which needs a source. */
export type Column = Exclude<keyof Platform | keyof Packaging, Named | "unknown">;

export interface Source {
  readonly columns: readonly Column[];
  /** The source: a package list, a file of a package or of a source tree, a document; or why it is assumed. */
  readonly from: string;
  readonly kind: "verified" | "documented" | "assumed";
  /** The day it was read in the release's own packages; null: read elsewhere. */
  readonly verified: string | null;
}

/** A row as the tables of the distributions write it, with where each fact comes from. */
export type Row = Omit<Platform, Named> &
  Omit<Packaging, Named> & {
    readonly proven: Proven;
    readonly sources: readonly Source[];
  };

/** The day on which packages were looked into. */
const lookedAt = "2026-11-21";

export function verified(from: string, ...columns: Column[]): Source {
  return { columns, from, kind: "verified", verified: lookedAt };
}

export function documented(from: string, ...columns: Column[]): Source {
  return { columns, from, kind: "documented", verified: null };
}

/** Where nothing says so of the release itself: why it is taken to be so. docs/reliability.md lists them. */
export function assumed(why: string, ...columns: Column[]): Source {
  return { columns, from: why, kind: "assumed", verified: null };
}

/** A row in its parts. What is not in platform or packaging is for readers of the table. */
export interface Entry {
  readonly platform: Platform;
  readonly packaging: Packaging;
  readonly proven: Proven;
  readonly sources: readonly Source[];
}

/** Rows of one distribution, by release. */
export function rowsOf(distribution: Distribution, rows: Readonly<Record<string, Row>>): Entry[] {
  return Object.entries(rows).map(([release, row]) => {
    const { sources, proven, renamed, libnl, nginx, mirror, ...facts } = row;
    return {
      platform: {
        id: `${distribution.name}-${release}`,
        family: distribution.family,
        title: `${distribution.title} ${release}`,
        kernel: facts.kernels[0],
        ...facts,
      },
      packaging: { distribution, release, renamed, libnl, nginx, mirror },
      proven,
      sources,
    };
  });
}
