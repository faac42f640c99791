/** What building ipvsadm from its source needs (the README of ipvsadm: libnl and popt), by package manager. */

import type { Platform } from "../platforms.ts";

const apt = [
  "gcc",
  "libc6-dev",
  "make",
  "pkg-config",
  "libnl-3-dev",
  "libnl-genl-3-dev",
  "libpopt-dev",
  "bzip2",
  "xz-utils",
];
const rpm = ["gcc", "make", "pkgconfig", "popt-devel", "tar", "bzip2", "xz"];

/** ipvsadm 1.26 knows the first libnl only, newer ones the third. CentOS 7 has both. */
const libnl: Readonly<Record<string, readonly string[]>> = {
  "centos-6": ["libnl-devel"],
  "centos-7": ["libnl-devel", "libnl3-devel"],
  "rhel-7": ["libnl-devel", "libnl3-devel"],
};

export function buildPackages({ id, packageManager }: Platform): readonly string[] {
  return packageManager === "apt" ? apt : [...rpm, ...(libnl[id] ?? ["libnl3-devel"])];
}
