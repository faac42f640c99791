/** What building ipvsadm from its source needs (the README of ipvsadm: libnl and popt), by package manager. */

import type { Platform } from "../../platforms/platforms.ts";

const apt = ["gcc", "libc6-dev", "make", "pkg-config", "libnl-3-dev", "libnl-genl-3-dev", "libpopt-dev"];
const rpm = ["gcc", "make", "pkgconfig", "popt-devel", "tar"];

/** What tar calls for a compression that a minimal system may lack, by the end of the tarball's name. */
const compressions: readonly { readonly end: string; readonly apt: string; readonly rpm: string }[] = [
  { end: ".bz2", apt: "bzip2", rpm: "bzip2" },
  { end: ".xz", apt: "xz-utils", rpm: "xz" },
];

/** ipvsadm 1.26 knows the first libnl only, newer ones the third. CentOS 7 has both. */
const libnl: Readonly<Record<string, readonly string[]>> = {
  "centos-6": ["libnl-devel"],
  "centos-7": ["libnl-devel", "libnl3-devel"],
  "rhel-7": ["libnl-devel", "libnl3-devel"],
};

export function buildPackages({ id, packageManager }: Platform, tarball: string): readonly string[] {
  const family = packageManager === "apt" ? "apt" : "rpm";
  const unpacking = compressions.filter(({ end }) => tarball.endsWith(end)).map((row) => row[family]);
  return family === "apt"
    ? [...apt, ...unpacking]
    : [...rpm, ...(libnl[id] ?? ["libnl3-devel"]), ...unpacking];
}
