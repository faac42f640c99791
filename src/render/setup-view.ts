/** The view model of setup.sh. */

import type { HostPlan } from "../plan/host-plan.ts";
import { packageFor } from "../plan/packages.ts";
import { unique } from "../plan/unique.ts";
import { version } from "../version.ts";
import { keepalivedOf } from "./keepalived-view.ts";
import { programsOf } from "./programs.ts";
import { roleArtifacts } from "./role-artifacts.ts";
import { roles } from "./roles.ts";

export function setupView(plan: HostPlan) {
  const { platform, init, name, reassert } = plan.host;
  const rows = plan.roles.map(({ role }) => roles[role]);
  const hasKeepalived = plan.roles.some((role) => keepalivedOf(role) !== null);
  const programs = unique(plan.roles.flatMap((role) => programsOf(plan, role)));
  return {
    host: name,
    cluster: plan.cluster,
    version,
    addresses: plan.addresses,
    osTitle: platform.title,
    archived: platform.archived,
    packageManager: platform.packageManager,
    apt: platform.packageManager === "apt",
    systemd: init === "systemd",
    files: installedFiles(plan),
    programs: programs.flatMap((program) => {
      const name = packageFor(program, platform);
      return name === null ? [] : [{ program, package: name }];
    }),
    // Real server before director, so that a director never sends to a host that is not ready.
    services: rows.map((row) => row.script).reverse(),
    keepalived: hasKeepalived,
    // Its lvs_dr.sh takes the place of one that may have started keepalived.
    replacesKeepalived: !hasKeepalived && plan.roles.some(({ role }) => role === "director"),
    timers: reassert > 0 && init === "systemd" ? rows.map((row) => `${row.script}-reassert.timer`) : [],
  };
}

export interface InstalledFile {
  /** Name in the host's folder. */
  readonly source: string;
  /** In octal with a leading 0. */
  readonly mode: string;
  /** Absolute path on the host. */
  readonly destination: string;
}

/** Units before scripts: what is removed goes in this order, and a unit is stopped while its script is there. */
export function installedFiles(plan: HostPlan): InstalledFile[] {
  const files = plan.roles.flatMap((role) => {
    const { script } = roles[role.role];
    return roleArtifacts
      .filter((row) => row.when(plan, role))
      .map((row) => ({
        source: row.name(script),
        mode: `0${row.mode(role).toString(8)}`,
        destination: row.destination(script),
      }));
  });
  return files.toSorted((a, b) => Number(a.source.endsWith(".sh")) - Number(b.source.endsWith(".sh")));
}
