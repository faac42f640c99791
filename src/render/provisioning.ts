/**
 * A host's programs, files and services: one list behind setup.sh and the Ansible role, so that each knows what the
 * other has set up.
 */

import { unique } from "../base/unique.ts";
import type { HostPlan } from "../plan/host-plan.ts";
import { packageFor } from "../platforms/packages.ts";
import { keepalivedOf } from "./keepalived-view.ts";
import { programsOf } from "./programs.ts";
import { type FileKind, roleArtifacts } from "./role-artifacts.ts";
import { roles } from "./roles.ts";
import { usesTable } from "./script-parts.ts";

/** On the host: what was installed (files, packages), and what was there before (replaced/). */
export const recordFolder = "/var/lib/lvsgen";

export interface InstalledFile {
  /** Name in the host's folder. */
  readonly source: string;
  /** Octal, e.g. `0755`. */
  readonly mode: string;
  readonly destination: string;
  readonly kind: FileKind;
}

export interface Provisioning {
  /** Units that lvs_dr and keepalived start and stop: they do not start at boot by themselves. */
  readonly units: readonly string[];
  /** A package is installed only if its program is missing. */
  readonly programs: readonly { readonly program: string; readonly package: string }[];
  /** Units before scripts: removal follows this order, and stopping a unit needs its script. */
  readonly files: readonly InstalledFile[];
  /** In the order they start: real server before director, so that a director never sends to a host that is not ready. */
  readonly services: readonly string[];
  readonly timers: readonly string[];
  /** Whether lvs_dr, and nobody else, starts keepalived. */
  readonly keepalived: boolean;
  /** Booleans of SELinux's policy that are turned on, with the reason. */
  readonly selinux: readonly { readonly name: string; readonly reason: string }[];
}

export function provisioning(plan: HostPlan): Provisioning {
  const known = provisioningOf.get(plan) ?? findProvisioning(plan);
  provisioningOf.set(plan, known);
  return known;
}

/** The same list for setup.sh and the Ansible role. */
const provisioningOf = new WeakMap<HostPlan, Provisioning>();

function findProvisioning(plan: HostPlan): Provisioning {
  const { init, reassert } = plan.host;
  const scripts = plan.roles.map(({ role }) => roles[role].script);
  const keepalived = plan.roles.some((role) => keepalivedOf(role) !== null);
  return {
    programs: neededPrograms(plan),
    files: installedFiles(plan),
    services: scripts.toReversed(),
    keepalived,
    units: plan.roles.flatMap(({ resources }) =>
      resources.flatMap((resource) => (resource.kind === "unit" ? resource.name : [])),
    ),
    selinux: plan.roles.flatMap(({ resources }) =>
      resources.filter((resource) => resource.kind === "selinux-boolean"),
    ),
    timers: reassert > 0 && init === "systemd" ? scripts.map((script) => `${script}-reassert.timer`) : [],
  };
}

/** Whether the host needs more than packages from its usual sources: other sources, a web server, a build. */
export function providesMore({ roles: own, provision }: HostPlan): boolean {
  const builds =
    provision.ipvsadm.kind === "source" && own.some((role) => role.role === "director" && usesTable(role));
  return provision.repositories !== null || provision.webServer !== null || builds;
}

/** Each with its package; those that every system has, or that are built from source, are left out. */
function neededPrograms(plan: HostPlan): Provisioning["programs"] {
  const { platform, ipvsadm } = plan.host;
  const { webServer } = plan.provision;
  const ofRoles = unique(plan.roles.flatMap((role) => programsOf(plan, role))).flatMap((program) => {
    if (program === "ipvsadm") return ipvsadm.kind === "package" ? [{ program, package: ipvsadm.name }] : [];
    const name = packageFor(program, platform);
    return name === null ? [] : [{ program, package: name }];
  });
  return webServer === null
    ? ofRoles
    : [...ofRoles, { program: webServer.program, package: webServer.package }];
}

export function installedFiles(plan: HostPlan): InstalledFile[] {
  const files = plan.roles.flatMap((role) => {
    const { script } = roles[role.role];
    return roleArtifacts
      .filter((row) => row.when(plan, role))
      .map((row) => ({
        source: row.name(script),
        mode: `0${row.mode(role).toString(8)}`,
        destination: row.destination(script),
        kind: row.kind,
      }));
  });
  return files.toSorted((a, b) => Number(a.source.endsWith(".sh")) - Number(b.source.endsWith(".sh")));
}
