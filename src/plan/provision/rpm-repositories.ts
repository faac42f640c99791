/** Mirrors -> files of yum and dnf (yum.conf(5)). Not tested on a real system. */

import type { RpmLayout } from "../../platforms/mirror-layout.ts";
import type { Host } from "../../topology/model.ts";
import type { Repositories, RepositoryFile } from "./repositories.ts";

const FOLDER = "/etc/yum.repos.d";
const KEYS = "file:///etc/pki/rpm-gpg";

/** Packages of CentOS 7 for 32-bit ARM are signed with a key of their own. */
const altarchKey = "RPM-GPG-KEY-CentOS-SIG-AltArch-Arm32";

/** Null where the topology names no mirror that the host has a use for. */
export function rpmRepositories({ mirrors }: Host, layout: RpmLayout): Repositories | null {
  const main = mirrors.main === null ? [] : mainFile(layout, mirrors.main);
  const extra = mirrors.epel === null ? [] : epelFile(layout, mirrors.epel);
  const files = [...main, ...extra];
  if (files.length === 0) return null;
  return {
    files,
    instead: [
      ...(main.length === 0 ? [] : layout.files),
      ...(extra.length === 0 ? [] : ["epel.repo", "epel-cisco-openh264.repo"]),
    ].map((name) => `${FOLDER}/${name}`),
  };
}

function mainFile(layout: RpmLayout, mirror: string): RepositoryFile[] {
  const keys = mirror.includes("altarch") ? [...layout.keys, altarchKey] : layout.keys;
  const repositories = Object.entries(layout.main).map(([name, folder]) =>
    section(`lvsgen-${name}`, `${mirror}/${folder}`, keys),
  );
  if (repositories.length === 0) return [];
  return [{ path: `${FOLDER}/lvsgen.repo`, lines: repositories.flat() }];
}

/** The key comes with the package epel-release, which is signed by the distribution. */
function epelFile({ epel }: RpmLayout, mirror: string): RepositoryFile[] {
  if (epel === null) return [];
  return [
    {
      path: `${FOLDER}/lvsgen-epel.repo`,
      lines: section("lvsgen-epel", `${mirror}/${epel.folder}`, [epel.key]),
    },
  ];
}

function section(name: string, url: string, keys: readonly string[]): string[] {
  return [
    `[${name}]`,
    `name=${name}`,
    `baseurl=${url}`,
    "enabled=1",
    "gpgcheck=1",
    `gpgkey=${keys.map((key) => `${KEYS}/${key}`).join(" ")}`,
  ];
}
