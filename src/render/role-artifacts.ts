/** The files of a role, one row a file: when it is there, what it is made from, where it goes on the host. */

import type { HostPlan, RolePlan } from "../plan/host-plan.ts";
import type { InitSystem } from "../topology/model.ts";
import { roles } from "./roles.ts";
import { scriptView } from "./script-view.ts";
import { serviceView } from "./service-view.ts";
import type { Target } from "./targets.ts";

/** What checks a file before it replaces another. */
export type FileKind = "script" | "unit";

/** A file of one role. */
interface RoleArtifactRow {
  /** File name after the role's script name, e.g. `.service`. */
  readonly suffix: string;
  readonly template: (role: RolePlan) => string;
  readonly target: Target;
  readonly mode: number;
  readonly kind: FileKind;
  readonly when: (plan: HostPlan) => boolean;
  readonly view: (plan: HostPlan, role: RolePlan) => object;
  /** Its place on the host, from the role's script name. */
  readonly destination: (script: string) => string;
}

export const roleArtifacts: readonly RoleArtifactRow[] = [
  {
    suffix: ".sh",
    template: ({ role }) => roles[role].template,
    target: "sh",
    mode: 0o755,
    kind: "script",
    when: () => true,
    view: scriptView,
    destination: (script) => `/usr/local/sbin/${script}.sh`,
  },
  {
    suffix: ".service",
    template: () => "service/unit.service",
    target: "systemd",
    mode: 0o644,
    kind: "unit",
    when: withInit("systemd"),
    view: serviceView,
    destination: (script) => `/etc/systemd/system/${script}.service`,
  },
  {
    suffix: ".init",
    template: () => "service/init.sh",
    target: "sh",
    mode: 0o755,
    kind: "script",
    when: withInit("sysv"),
    view: serviceView,
    destination: (script) => `/etc/init.d/${script}`,
  },
  {
    suffix: "-reassert.service",
    template: () => "service/reassert.service",
    target: "systemd",
    mode: 0o644,
    kind: "unit",
    when: reasserts,
    view: serviceView,
    destination: (script) => `/etc/systemd/system/${script}-reassert.service`,
  },
  {
    suffix: "-reassert.timer",
    template: () => "service/reassert.timer",
    target: "systemd",
    mode: 0o644,
    kind: "unit",
    when: reasserts,
    view: serviceView,
    destination: (script) => `/etc/systemd/system/${script}-reassert.timer`,
  },
];

function withInit(init: InitSystem): (plan: HostPlan) => boolean {
  return (plan) => plan.host.init === init;
}

function reasserts({ host }: HostPlan): boolean {
  return host.init === "systemd" && host.reassert > 0;
}
