/**
 * Mirrors -> apt's configuration: sources.list(5), in the form of one line a source, which every release reads. apt
 * ignores options that it does not know.
 */

import { isOlder } from "../../base/versions.ts";
import type { AptLayout } from "../../platforms/mirror-layout.ts";
import type { Host, Mirrors } from "../../topology/model.ts";
import type { Repositories, RepositoryFile } from "./repositories.ts";

/** The releases' own files: the old form, and deb822's since Debian 12's images, Ubuntu 24.04 and Raspberry Pi OS 13. */
const mainFiles = [
  "/etc/apt/sources.list",
  "/etc/apt/sources.list.d/debian.sources",
  "/etc/apt/sources.list.d/raspbian.sources",
  "/etc/apt/sources.list.d/ubuntu.sources",
];
const piFiles = ["/etc/apt/sources.list.d/raspi.list", "/etc/apt/sources.list.d/raspi.sources"];

/** Null where the topology names no mirror that the host has a use for. */
export function aptRepositories({ platform, mirrors }: Host, layout: AptLayout): Repositories | null {
  const main = mainSources(layout, mirrors);
  const pi =
    platform.family === "raspbian" && mirrors.raspberrypi !== null
      ? [`${mirrors.raspberrypi} ${layout.suite} main`]
      : [];
  if (main.length + pi.length === 0) return null;
  // A release that is out of support gets no new date until which its lists are valid (Valid-Until of its security).
  const option = platform.archived ? "[check-valid-until=no] " : "";
  const sources: RepositoryFile = {
    path: "/etc/apt/sources.list.d/lvsgen.list",
    lines: [...main, ...pi].map((source) => `deb ${option}${source}`),
  };
  const forAll = platform.archived && isOlder(layout.apt, firstWithOption);
  return {
    files: forAll ? [sources, validUntilOfAll] : [sources],
    instead: [...(main.length > 0 ? mainFiles : []), ...(pi.length > 0 ? piFiles : [])],
  };
}

/** The first apt that knows the option of a single source (its changelog, 1.1~exp9). */
const firstWithOption = "1.1";

const validUntilOfAll: RepositoryFile = {
  path: "/etc/apt/apt.conf.d/99lvsgen",
  lines: ['Acquire::Check-Valid-Until "false";'],
};

function mainSources(layout: AptLayout, { main, security }: Mirrors): string[] {
  if (main === null) return [];
  const { suite, components, updates } = layout;
  const usual = layout.securityMirror === "main" ? main : layout.securityMirror;
  const from = security ?? usual;
  // Debian's security has no component rpi, which Raspbian has.
  const secured = components.replace(" rpi", "");
  return [
    `${main} ${suite} ${components}`,
    ...(updates === null ? [] : [`${main} ${updates} ${components}`]),
    ...(from === null || layout.security === null ? [] : [`${from} ${layout.security} ${secured}`]),
  ];
}
