/** Mirrors -> files of yum and dnf (yum.conf(5)), one row a release. No system of these was at hand. */

import type { Host } from "../../topology/model.ts";
import type { Repositories, RepositoryFile } from "./repositories.ts";

interface Release {
  /** Repositories by name: their folders below the mirror. */
  readonly main: Readonly<Record<string, string>>;
  /** Keys that the distribution's packages are signed with, in /etc/pki/rpm-gpg. */
  readonly keys: readonly string[];
  /** The distribution's own files in /etc/yum.repos.d, of all its minor releases. */
  readonly files: readonly string[];
  /** Of EPEL, below its mirror. */
  readonly epel: string;
  readonly epelKey: string;
}

function epel(number: number, folder = "/Everything"): Pick<Release, "epel" | "epelKey"> {
  return { epel: `${number}${folder}/$basearch/`, epelKey: `RPM-GPG-KEY-EPEL-${number}` };
}

/** With BaseOS and AppStream, as all since 8. */
function streams(release: string): Release["main"] {
  return {
    baseos: `${release}/BaseOS/$basearch/os/`,
    appstream: `${release}/AppStream/$basearch/os/`,
    extras: `${release}/extras/$basearch/os/`,
  };
}

function centos(release: string, number: number): Release {
  return {
    main: {
      base: `${release}/os/$basearch/`,
      updates: `${release}/updates/$basearch/`,
      extras: `${release}/extras/$basearch/`,
    },
    keys: [`RPM-GPG-KEY-CentOS-${number}`],
    files: ["CentOS-Base.repo", "CentOS-Vault.repo", "CentOS-fasttrack.repo"],
    ...epel(number, ""),
  };
}

/** Point releases are the last ones. */
const releases: Readonly<Record<string, Release>> = {
  "centos-6": centos("6.10", 6),
  "centos-7": centos("7.9.2009", 7),
  "centos-8": {
    main: streams("8.5.2111"),
    keys: ["RPM-GPG-KEY-centosofficial"],
    files: [
      "CentOS-Base.repo",
      "CentOS-AppStream.repo",
      "CentOS-Extras.repo",
      "CentOS-Linux-BaseOS.repo",
      "CentOS-Linux-AppStream.repo",
      "CentOS-Linux-Extras.repo",
    ],
    ...epel(8),
  },
  "centos-9": {
    main: {
      baseos: "9-stream/BaseOS/$basearch/os/",
      appstream: "9-stream/AppStream/$basearch/os/",
    },
    keys: ["RPM-GPG-KEY-centosofficial"],
    files: ["centos.repo"],
    ...epel(9),
  },
  "rocky-8": {
    main: streams("8"),
    keys: ["RPM-GPG-KEY-rockyofficial"],
    files: ["Rocky-BaseOS.repo", "Rocky-AppStream.repo", "Rocky-Extras.repo"],
    ...epel(8),
  },
  "rocky-9": {
    main: streams("9"),
    keys: ["RPM-GPG-KEY-Rocky-9"],
    files: ["rocky.repo", "rocky-extras.repo"],
    ...epel(9),
  },
  "almalinux-8": {
    main: streams("8"),
    keys: ["RPM-GPG-KEY-AlmaLinux"],
    files: ["almalinux.repo"],
    ...epel(8),
  },
  "almalinux-9": {
    main: streams("9"),
    keys: ["RPM-GPG-KEY-AlmaLinux-9"],
    files: ["almalinux-baseos.repo", "almalinux-appstream.repo", "almalinux-extras.repo"],
    ...epel(9),
  },
  // Its own packages come by subscription: a rule says so.
  "rhel-7": { main: {}, keys: [], files: [], ...epel(7, "") },
  "rhel-8": { main: {}, keys: [], files: [], ...epel(8) },
  "rhel-9": { main: {}, keys: [], files: [], ...epel(9) },
};

const FOLDER = "/etc/yum.repos.d";
const KEYS = "file:///etc/pki/rpm-gpg";

/** Packages of CentOS 7 for 32-bit ARM are signed with a key of their own. */
const altarchKey = "RPM-GPG-KEY-CentOS-SIG-AltArch-Arm32";

/** Null where the topology names no mirror that the host has a use for. */
export function rpmRepositories({ platform, mirrors }: Host): Repositories | null {
  const release = releases[platform.id];
  if (release === undefined) return null;
  const main = mirrors.main === null ? [] : mainFile(release, mirrors.main);
  const extra = mirrors.epel === null ? [] : [epelFile(release, mirrors.epel)];
  const files = [...main, ...extra];
  if (files.length === 0) return null;
  return {
    files,
    instead: [
      ...(main.length === 0 ? [] : release.files),
      ...(extra.length === 0 ? [] : ["epel.repo", "epel-cisco-openh264.repo"]),
    ].map((name) => `${FOLDER}/${name}`),
  };
}

function mainFile(release: Release, mirror: string): RepositoryFile[] {
  const keys = mirror.includes("altarch") ? [...release.keys, altarchKey] : release.keys;
  const repositories = Object.entries(release.main).map(([name, folder]) =>
    section(`lvsgen-${name}`, `${mirror}/${folder}`, keys),
  );
  if (repositories.length === 0) return [];
  return [{ path: `${FOLDER}/lvsgen.repo`, lines: repositories.flat() }];
}

/** The key comes with the package epel-release, which is signed by the distribution. */
function epelFile(release: Release, mirror: string): RepositoryFile {
  return {
    path: `${FOLDER}/lvsgen-epel.repo`,
    lines: section("lvsgen-epel", `${mirror}/${release.epel}`, [release.epelKey]),
  };
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
