/**
 * Operating systems: one row each, in the order of the schema. A row is data only; nothing else in lvsgen branches on
 * an OS id. Every fact names its source; what no source was found for is null or `unknown`, and gates take it for the
 * worse case until the topology says better (hosts.*.kernel, hosts.*.versions).
 */

import {
  type Distribution,
  type Entry,
  type Packaging,
  type Platform,
  type Row,
  rowsOf,
} from "./platform.ts";
import { anolis } from "./rows/anolis.ts";
import { almalinux, centos, rhel, rocky } from "./rows/centos.ts";
import { debian } from "./rows/debian.ts";
import { fedora } from "./rows/fedora.ts";
import { openEuler } from "./rows/openeuler.ts";
import { raspbian } from "./rows/raspbian.ts";
import { ubuntu } from "./rows/ubuntu.ts";

export type { Packaging, Platform } from "./platform.ts";

/** In the order of the schema. A null archive: none was found. */
const distributions: readonly (readonly [Distribution, Readonly<Record<string, Row>>])[] = [
  [
    {
      name: "centos",
      title: "CentOS",
      family: "centos",
      osReleaseIds: ["centos"],
      archive: "http://vault.centos.org",
    },
    centos,
  ],
  [
    {
      name: "debian",
      title: "Debian",
      family: "debian",
      osReleaseIds: ["debian"],
      archive: "http://archive.debian.org/debian",
    },
    debian,
  ],
  [
    {
      name: "raspbian",
      title: "Raspberry Pi OS",
      family: "raspbian",
      // With 64 bits it is Debian's userland, and its ID is Debian's.
      osReleaseIds: ["raspbian", "debian"],
      archive: "http://legacy.raspbian.org/raspbian",
    },
    raspbian,
  ],
  [
    {
      name: "rhel",
      title: "Red Hat Enterprise Linux",
      family: "centos",
      osReleaseIds: ["rhel"],
      archive: null,
    },
    rhel,
  ],
  [
    {
      name: "rocky",
      title: "Rocky Linux",
      family: "centos",
      osReleaseIds: ["rocky"],
      archive: "http://dl.rockylinux.org/vault/rocky",
    },
    rocky,
  ],
  [
    {
      name: "almalinux",
      title: "AlmaLinux",
      family: "centos",
      osReleaseIds: ["almalinux"],
      archive: "http://vault.almalinux.org",
    },
    almalinux,
  ],
  [
    {
      name: "ubuntu",
      title: "Ubuntu",
      family: "debian",
      osReleaseIds: ["ubuntu"],
      archive: "http://old-releases.ubuntu.com/ubuntu",
    },
    ubuntu,
  ],
  [
    {
      name: "fedora",
      title: "Fedora",
      family: "centos",
      osReleaseIds: ["fedora"],
      archive: "http://archives.fedoraproject.org/pub/archive/fedora/linux",
    },
    fedora,
  ],
  [
    {
      name: "openeuler",
      title: "openEuler",
      family: "centos",
      osReleaseIds: ["openEuler"],
      archive: null,
    },
    openEuler,
  ],
  [
    {
      name: "anolis",
      title: "Anolis OS",
      family: "centos",
      osReleaseIds: ["anolis"],
      archive: null,
    },
    anolis,
  ],
];

/** The whole table, with its sources. */
export const platformTable: readonly Entry[] = distributions.flatMap(([distribution, rows]) =>
  rowsOf(distribution, rows),
);

/** Every operating system by its id. */
export const platforms: ReadonlyMap<string, Platform> = new Map(
  platformTable.map(({ platform }) => [platform.id, platform]),
);

/** Ids of the systems that no test runs. */
export const documentedOnly: readonly string[] = platformTable
  .filter(({ proven }) => proven === "documented")
  .map(({ platform }) => platform.id);

const packagings: ReadonlyMap<string, Packaging> = new Map(
  platformTable.map(({ platform, packaging }) => [platform.id, packaging]),
);

/** The packaging of a host's release, whatever its versions in the topology. */
export function packagingOf({ id }: Pick<Platform, "id">): Packaging {
  const packaging = packagings.get(id);
  if (packaging === undefined) throw new Error(`the platform table has no ${id}`);
  return packaging;
}
