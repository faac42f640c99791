/**
 * Mirrors -> apt's configuration, one row a release: sources.list(5), in the form of one line a source, which every
 * release reads. An option that an apt does not know it ignores.
 */

import type { Host, Mirrors } from "../../topology/model.ts";
import type { Repositories, RepositoryFile } from "./repositories.ts";

interface Release {
  readonly suite: string;
  readonly components: string;
  /** Suite of the updates between point releases, on the main mirror. */
  readonly updates: string | null;
  readonly security: string | null;
  /** Where security updates are when the topology does not say; null: nowhere. */
  readonly securityMirror: "main" | string | null;
}

const DEBIAN_SECURITY = "http://security.debian.org/debian-security";

/** The archive keeps no updates between point releases of a release; they are part of the last one. */
function archivedDebian(suite: string): Release {
  return {
    suite,
    components: "main contrib non-free",
    updates: null,
    security: `${suite}/updates`,
    securityMirror: null,
  };
}

function debian(suite: string, components: string): Release {
  return {
    suite,
    components,
    updates: `${suite}-updates`,
    security: `${suite}-security`,
    securityMirror: DEBIAN_SECURITY,
  };
}

/** Raspbian has its security updates in the release itself. Of the 64-bit system, which is Debian's, they are apart. */
function raspbian(suite: string, security: string, more = ""): Release {
  return {
    suite,
    components: `main contrib non-free${more} rpi`,
    updates: null,
    security,
    securityMirror: null,
  };
}

function ubuntu(suite: string): Release {
  return {
    suite,
    components: "main restricted universe multiverse",
    updates: `${suite}-updates`,
    security: `${suite}-security`,
    securityMirror: "main",
  };
}

const free = "main contrib non-free";
const firmware = `${free} non-free-firmware`;

const releases: Readonly<Record<string, Release>> = {
  "debian-8": archivedDebian("jessie"),
  "debian-9": archivedDebian("stretch"),
  "debian-10": archivedDebian("buster"),
  "debian-11": debian("bullseye", free),
  "debian-12": debian("bookworm", firmware),
  "debian-13": debian("trixie", firmware),
  "raspbian-9": raspbian("stretch", "stretch/updates"),
  "raspbian-10": raspbian("buster", "buster/updates"),
  "raspbian-11": raspbian("bullseye", "bullseye-security"),
  "raspbian-12": raspbian("bookworm", "bookworm-security", " non-free-firmware"),
  "raspbian-13": raspbian("trixie", "trixie-security", " non-free-firmware"),
  "ubuntu-18.04": ubuntu("bionic"),
  "ubuntu-20.04": ubuntu("focal"),
  "ubuntu-22.04": ubuntu("jammy"),
  "ubuntu-24.04": ubuntu("noble"),
};

/** The releases' own files: the old form, and deb822's since Debian 12's images, Ubuntu 24.04 and Raspberry Pi OS 13. */
const mainFiles = [
  "/etc/apt/sources.list",
  "/etc/apt/sources.list.d/debian.sources",
  "/etc/apt/sources.list.d/raspbian.sources",
  "/etc/apt/sources.list.d/ubuntu.sources",
];
const piFiles = ["/etc/apt/sources.list.d/raspi.list", "/etc/apt/sources.list.d/raspi.sources"];

/** Null where the topology names no mirror that the host has a use for. */
export function aptRepositories({ platform, mirrors }: Host): Repositories | null {
  const release = releases[platform.id];
  if (release === undefined) return null;
  const main = mainSources(release, mirrors);
  const pi =
    platform.family === "raspbian" && mirrors.raspberrypi !== null
      ? [`${mirrors.raspberrypi} ${release.suite} main`]
      : [];
  if (main.length + pi.length === 0) return null;
  // A release that is out of support gets no new date until which its lists are valid (Valid-Until of its security).
  const option = platform.archived ? "[check-valid-until=no] " : "";
  const sources: RepositoryFile = {
    path: "/etc/apt/sources.list.d/lvsgen.list",
    lines: [...main, ...pi].map((source) => `deb ${option}${source}`),
  };
  return {
    files: platform.id === "debian-8" ? [sources, validUntilOfJessie] : [sources],
    instead: [...(main.length > 0 ? mainFiles : []), ...(pi.length > 0 ? piFiles : [])],
  };
}

/** apt 1.0 does not know the option of a single source. */
const validUntilOfJessie: RepositoryFile = {
  path: "/etc/apt/apt.conf.d/99lvsgen",
  lines: ['Acquire::Check-Valid-Until "false";'],
};

function mainSources(release: Release, { main, security }: Mirrors): string[] {
  if (main === null) return [];
  const { suite, components, updates } = release;
  const usual = release.securityMirror === "main" ? main : release.securityMirror;
  const from = security ?? usual;
  // Of Raspbian's component rpi, Debian's security has nothing.
  const secured = components.replace(" rpi", "");
  return [
    `${main} ${suite} ${components}`,
    ...(updates === null ? [] : [`${main} ${updates} ${components}`]),
    ...(from === null || release.security === null ? [] : [`${from} ${release.security} ${secured}`]),
  ];
}
