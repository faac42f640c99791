/** How mirrors of CentOS and of what is rebuilt from Red Hat Enterprise Linux are laid out. */

import type { RpmLayout } from "../mirror-layout.ts";

/** EPEL's folders had no name of their own up to 7. */
function epel(number: number, folder = "/Everything"): RpmLayout["epel"] {
  return { folder: `${number}${folder}/$basearch/`, key: `RPM-GPG-KEY-EPEL-${number}` };
}

/** Up to 7. Point releases are the last ones. */
export function classicMirror(release: string, number: number): RpmLayout {
  return {
    kind: "rpm",
    main: {
      base: `${release}/os/$basearch/`,
      updates: `${release}/updates/$basearch/`,
      extras: `${release}/extras/$basearch/`,
    },
    keys: [`RPM-GPG-KEY-CentOS-${number}`],
    files: ["CentOS-Base.repo", "CentOS-Vault.repo", "CentOS-fasttrack.repo"],
    epel: epel(number, ""),
  };
}

/** With BaseOS and AppStream, as all since 8. */
export function streamsMirror(
  release: string,
  number: number,
  own: Pick<RpmLayout, "keys" | "files">,
  extras = true,
): RpmLayout {
  return {
    kind: "rpm",
    main: {
      baseos: `${release}/BaseOS/$basearch/os/`,
      appstream: `${release}/AppStream/$basearch/os/`,
      ...(extras ? { extras: `${release}/extras/$basearch/os/` } : {}),
    },
    ...own,
    epel: epel(number),
  };
}

/** Its own packages come by subscription: a rule says so. */
export function bySubscription(number: number, folder?: string): RpmLayout {
  return { kind: "rpm", main: {}, keys: [], files: [], epel: epel(number, folder) };
}
