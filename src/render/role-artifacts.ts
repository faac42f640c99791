/** The files of a role, one row per file: when it is rendered, its template, and where it goes on the host. */

import { version } from "../base/version.ts";
import { gateScriptPath } from "../plan/announce.ts";
import type { HostPlan, RolePlan } from "../plan/host-plan.ts";
import type { Role } from "../plan/resources.ts";
import { trackScriptPath } from "../plan/track-script.ts";
import { isAskedByScript } from "../plan/tracks.ts";
import { unitsScriptPath } from "../plan/units.ts";
import type { InitSystem } from "../platforms/platform.ts";
import { birdFile, birdHoldsSecret, birdView, gateServiceView, gateView } from "./announce-view.ts";
import { announcementsOf, birdResourceOf } from "./announced.ts";
import { holdsSecret, keepalivedFile, keepalivedOf, keepalivedView } from "./keepalived-view.ts";
import type { Language } from "./languages.ts";
import { roles } from "./roles.ts";
import { scriptView } from "./script-view.ts";
import { serviceView } from "./service-view.ts";

/** What checks a file before it replaces another. */
export type FileKind = "script" | "unit" | "drop-in" | "keepalived" | "bird";

/** A file of one role. */
interface RoleArtifactRow {
  /** File name, from the role's script name. */
  readonly name: (script: string) => string;
  readonly template: (role: Role) => string;
  readonly language: Language;
  readonly mode: (role: RolePlan) => number;
  readonly kind: FileKind;
  readonly when: (plan: HostPlan, role: RolePlan) => boolean;
  /** `rendered`: the texts of the role's files of the rows above, by name. */
  readonly view: (plan: HostPlan, role: RolePlan, rendered: ReadonlyMap<string, string>) => object;
  /** Its place on the host, from the role's script name. */
  readonly destination: (script: string) => string;
}

/** Beside keepalived.conf. */
const trackScriptFile = "lvs_track.sh";
const unitsScriptFile = "lvs_units.sh";
const gateScriptFile = "lvs_gate.sh";

export const roleArtifacts: readonly RoleArtifactRow[] = [
  {
    name: () => keepalivedFile,
    template: () => "keepalived/keepalived.conf",
    language: "keepalived",
    mode: (role) => (holdsSecret(role) ? 0o600 : 0o644),
    kind: "keepalived",
    when: (_, role) => keepalivedOf(role) !== null,
    view: keepalivedView,
    // The script copies it to keepalived's own place, and removes it again.
    destination: () => `/etc/lvsgen/${keepalivedFile}`,
  },
  {
    name: () => trackScriptFile,
    template: () => `keepalived/${trackScriptFile}`,
    language: "sh",
    mode: () => 0o755,
    kind: "script",
    when: (_, role) => (keepalivedOf(role)?.tracks ?? []).some(({ track }) => isAskedByScript(track)),
    view: (plan) => ({ version, host: plan.host.name, cluster: plan.cluster }),
    destination: () => trackScriptPath,
  },
  {
    name: () => unitsScriptFile,
    template: () => `keepalived/${unitsScriptFile}`,
    language: "sh",
    mode: () => 0o755,
    kind: "script",
    when: (_, role) => unitsOf(role).length > 0,
    view: (plan, role) => ({
      version,
      host: plan.host.name,
      cluster: plan.cluster,
      stateDirectory: `${plan.host.platform.runDirectory}/lvsgen`,
      units: unitsOf(role),
    }),
    destination: () => unitsScriptPath,
  },
  {
    name: () => birdFile,
    template: () => "announce/bird.conf",
    language: "bird",
    mode: (role) => (birdHoldsSecret(role) ? 0o600 : 0o644),
    kind: "bird",
    when: (_, role) => birdResourceOf(role) !== null,
    view: birdView,
    // The script copies it to BIRD's own place, and removes it again.
    destination: () => `/etc/lvsgen/${birdFile}`,
  },
  {
    name: () => gateScriptFile,
    template: () => `announce/${gateScriptFile}`,
    language: "sh",
    mode: () => 0o755,
    kind: "script",
    when: (_, role) => announcementsOf(role).length > 0,
    view: gateView,
    destination: () => gateScriptPath,
  },
  {
    name: () => "lvs_gate.service",
    template: () => "service/gate.service",
    language: "systemd",
    mode: () => 0o644,
    kind: "unit",
    when: (plan, role) => plan.host.init === "systemd" && announcementsOf(role).length > 0,
    view: gateServiceView,
    destination: () => "/etc/systemd/system/lvs_gate.service",
  },
  {
    name: () => "keepalived-lvsgen.conf",
    template: () => "service/keepalived-drop-in.conf",
    language: "systemd",
    mode: () => 0o644,
    kind: "drop-in",
    when: (plan, role) =>
      plan.host.init === "systemd" && keepalivedOf(role) !== null && announcementsOf(role).length > 0,
    view: gateServiceView,
    destination: () => "/etc/systemd/system/keepalived.service.d/lvsgen.conf",
  },
  {
    name: (script) => `${script}.sh`,
    template: (role) => roles[role].template,
    language: "sh",
    mode: () => 0o755,
    kind: "script",
    when: () => true,
    view: scriptView,
    destination: (script) => `/usr/local/sbin/${script}.sh`,
  },
  {
    name: (script) => `${script}.service`,
    template: () => "service/unit.service",
    language: "systemd",
    mode: () => 0o644,
    kind: "unit",
    when: withInit("systemd"),
    view: serviceView,
    destination: (script) => `/etc/systemd/system/${script}.service`,
  },
  {
    name: (script) => `${script}.init`,
    template: () => "service/init.sh",
    language: "sh",
    mode: () => 0o755,
    kind: "script",
    when: withInit("sysv"),
    view: serviceView,
    destination: (script) => `/etc/init.d/${script}`,
  },
  {
    name: (script) => `${script}-reassert.service`,
    template: () => "service/reassert.service",
    language: "systemd",
    mode: () => 0o644,
    kind: "unit",
    when: reasserts,
    view: serviceView,
    destination: (script) => `/etc/systemd/system/${script}-reassert.service`,
  },
  {
    name: (script) => `${script}-reassert.timer`,
    template: () => "service/reassert.timer",
    language: "systemd",
    mode: () => 0o644,
    kind: "unit",
    when: reasserts,
    view: serviceView,
    destination: (script) => `/etc/systemd/system/${script}-reassert.timer`,
  },
];

function unitsOf({ resources }: RolePlan) {
  return resources.filter((resource) => resource.kind === "unit");
}

function withInit(init: InitSystem): (plan: HostPlan) => boolean {
  return (plan) => plan.host.init === init;
}

function reasserts({ host }: HostPlan): boolean {
  return host.init === "systemd" && host.reassert > 0;
}
