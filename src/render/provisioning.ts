/**
 * How a host comes by its programs, files and services: the one list that setup.sh and the Ansible role are views of,
 * so that a host set up by one is known to the other.
 */

import { unique } from "../base/unique.ts";
import type { HostPlan } from "../plan/host-plan.ts";
import { packageFor } from "../platforms/packages.ts";
import { keepalivedOf } from "./keepalived-view.ts";
import { programsOf } from "./programs.ts";
import { type FileKind, roleArtifacts } from "./role-artifacts.ts";
import { roles } from "./roles.ts";

/** On the host: what was brought (files, packages), and what was there before (replaced/). */
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
  /** Only for a program that is missing is its package installed. */
  readonly programs: readonly { readonly program: string; readonly package: string }[];
  /** Units before scripts: what is removed goes in this order, and a unit is stopped while its script is there. */
  readonly files: readonly InstalledFile[];
  /** In the order they start: real server before director, so that a director never sends to a host that is not ready. */
  readonly services: readonly string[];
  readonly timers: readonly string[];
  /** Whether lvs_dr starts keepalived: nobody else may. */
  readonly keepalived: boolean;
  /** Booleans of SELinux's policy that are turned on, with the reason. */
  readonly selinux: readonly { readonly name: string; readonly reason: string }[];
}

export function provisioning(plan: HostPlan): Provisioning {
  const known = provisioningOf.get(plan) ?? findProvisioning(plan);
  provisioningOf.set(plan, known);
  return known;
}

/** setup.sh and the Ansible role ask for the same. */
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
    selinux: plan.roles.flatMap(({ resources }) =>
      resources.filter((resource) => resource.kind === "selinux-boolean"),
    ),
    timers: reassert > 0 && init === "systemd" ? scripts.map((script) => `${script}-reassert.timer`) : [],
  };
}

/** Whether the host asks for more than packages from where it gets them: its own sources, a web server, a build. */
export function providesMore({ roles: own, provision }: HostPlan): boolean {
  const builds = provision.ipvsadm.kind === "source" && own.some(({ role }) => role === "director");
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
