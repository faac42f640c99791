/**
 * Operating systems: one row each, in the order of the schema. A row is data only; nothing else in lvsgen branches on
 * an OS id. Every fact names its source; what no source was found for is null or `unknown`, and gates take it for the
 * worse case until the topology says better (hosts.*.kernel, hosts.*.versions).
 */

import { distribution, type Entry, type Platform } from "./platform.ts";
import { almalinux, centos, rhel, rocky } from "./rows/centos.ts";
import { debian } from "./rows/debian.ts";
import { raspbian } from "./rows/raspbian.ts";
import { ubuntu } from "./rows/ubuntu.ts";

export type { OsFamily, Platform } from "./platform.ts";

/** The whole table, with its sources. */
export const platformTable: readonly Entry[] = [
  ...distribution("centos", "CentOS", "centos", centos),
  ...distribution("debian", "Debian", "debian", debian),
  ...distribution("raspbian", "Raspberry Pi OS", "raspbian", raspbian),
  ...distribution("rhel", "Red Hat Enterprise Linux", "centos", rhel),
  ...distribution("rocky", "Rocky Linux", "centos", rocky),
  ...distribution("almalinux", "AlmaLinux", "centos", almalinux),
  ...distribution("ubuntu", "Ubuntu", "debian", ubuntu),
];

/** Every operating system by its id. */
export const platforms: ReadonlyMap<string, Platform> = new Map(
  platformTable.map(({ platform }) => [platform.id, platform]),
);
