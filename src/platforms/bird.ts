/** The distribution's BIRD 2, by package manager, one row each. */

import { type Platform, packagingOf } from "./platforms.ts";

export interface Bird {
  readonly package: string;
  /** The file that its service reads. */
  readonly configuration: string;
  /** That file as the package brought it; null: rpm knows whether it was changed. */
  readonly shipped: string | null;
  /** Its service runs as this group, which must be able to read the file. */
  readonly group: string;
}

/** Read in the packages bird2 2.0.7 (Debian 11), 2.0.12 (12) and 2.17.6 (13). */
const apt: Bird = {
  package: "bird2",
  configuration: "/etc/bird/bird.conf",
  shipped: "/usr/share/bird2/bird.conf",
  group: "bird",
};

/** Of EPEL, and Fedora's own (bird.spec). */
const rpm: Bird = {
  package: "bird",
  configuration: "/etc/bird.conf",
  shipped: null,
  group: "bird",
};

/**
 * First release of a distribution that packages BIRD 2: Debian's and Ubuntu's package lists; EPEL 8 and 9. EPEL 7 has 1.4
 * under that name, and openEuler's and Anolis' repositories are unknown.
 */
const first: Readonly<Record<string, number>> = {
  debian: 11,
  raspbian: 11,
  ubuntu: 20.04,
  centos: 8,
  rocky: 8,
  almalinux: 8,
  rhel: 8,
  fedora: 36,
};

/** @returns null where the release packages no BIRD 2 */
export function birdOf(platform: Platform): Bird | null {
  const { distribution, release, mirror } = packagingOf(platform);
  const since = first[distribution.name];
  if (since === undefined || Number(release) < since) return null;
  return mirror.kind === "apt" ? apt : rpm;
}

/** Whether it is in EPEL, which a host then needs. */
export function isBirdOfEpel(platform: Platform): boolean {
  return platform.packageManager !== "apt" && packagingOf(platform).distribution.name !== "fedora";
}
