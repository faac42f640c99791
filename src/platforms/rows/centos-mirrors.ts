/** How mirrors of CentOS and of what is rebuilt from Red Hat Enterprise Linux are laid out. */

import type { RpmLayout } from "../mirror-layout.ts";

/** Where EPEL is for Red Hat Enterprise Linux and its rebuilds. It had no folder of that name up to 7. */
const epelFolders = {
  6: "6",
  7: "7",
  8: "8/Everything",
  9: "9/Everything",
  // EPEL 10 has packages of each minor release. 10 has those of the next one, for CentOS Stream (Fedora's documents,
  // "EPEL branches"); 10z has those of the newest that Red Hat has released: epel.repo of epel-release 10,
  // pub/epel/$releasever${releasever_minor:+z}/Everything; CentOS infrastructure issue 1764.
  10: "10z/Everything",
} as const;

type Release = keyof typeof epelFolders;

function epel(number: Release, folder: string = epelFolders[number]): RpmLayout["epel"] {
  return { folder: `${folder}/$basearch/`, key: `RPM-GPG-KEY-EPEL-${number}` };
}

/** Up to 7. Point releases are the last ones. */
export function classicMirror(release: string, number: 6 | 7): RpmLayout {
  return {
    kind: "rpm",
    main: {
      base: `${release}/os/$basearch/`,
      updates: `${release}/updates/$basearch/`,
      extras: `${release}/extras/$basearch/`,
    },
    keys: [`RPM-GPG-KEY-CentOS-${number}`],
    files: ["CentOS-Base.repo", "CentOS-Vault.repo", "CentOS-fasttrack.repo"],
    epel: epel(number),
  };
}

/** As all have them since 8. */
function streams(release: string) {
  return {
    baseos: `${release}/BaseOS/$basearch/os/`,
    appstream: `${release}/AppStream/$basearch/os/`,
  };
}

/** Of what is rebuilt, with its extras. */
export function streamsMirror(
  release: string,
  number: Release,
  own: Pick<RpmLayout, "keys" | "files">,
): RpmLayout {
  return {
    kind: "rpm",
    main: { ...streams(release), extras: `${release}/extras/$basearch/os/` },
    ...own,
    epel: epel(number),
  };
}

/** CentOS Stream. Its extras come from its interest groups, and are set aside with the file that names them. */
export function centosStreamMirror(number: 9 | 10, key: string): RpmLayout {
  return {
    kind: "rpm",
    main: streams(`${number}-stream`),
    keys: [key],
    files: ["centos.repo", "centos-addons.repo"],
    epel: epel(number, `${number}/Everything`),
  };
}

/** Its own packages come by subscription: a rule says so. */
export function bySubscription(number: Release): RpmLayout {
  return { kind: "rpm", main: {}, keys: [], files: [], epel: epel(number) };
}
