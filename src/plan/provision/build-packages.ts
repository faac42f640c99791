/** What building ipvsadm from its source needs (the README of ipvsadm: libnl and popt), by package manager. */

import { type Platform, packagingOf } from "../../platforms/platforms.ts";

const needed = {
  apt: (libnl: readonly string[]) => ["gcc", "libc6-dev", "make", "pkg-config", ...libnl, "libpopt-dev"],
  rpm: (libnl: readonly string[]) => ["gcc", "make", "pkgconfig", "popt-devel", "tar", ...libnl],
} as const;

/** What tar calls for a compression that a minimal system may lack, by the end of the tarball's name. */
const compressions: readonly { readonly end: string; readonly apt: string; readonly rpm: string }[] = [
  { end: ".bz2", apt: "bzip2", rpm: "bzip2" },
  { end: ".xz", apt: "xz-utils", rpm: "xz" },
];

export function buildPackages(platform: Platform, tarball: string): readonly string[] {
  const { mirror, libnl } = packagingOf(platform);
  const unpacking = compressions.filter(({ end }) => tarball.endsWith(end)).map((row) => row[mirror.kind]);
  return [...needed[mirror.kind](libnl), ...unpacking];
}
