/** A setup.sh for a host whose topology is unknown: it only uninstalls, by the notes on the host. Pure. */

import { version } from "../../base/version.ts";
import type { InitSystem } from "../../platforms/platform.ts";
import { recordFolder } from "../../render/provisioning.ts";
import type { Renderer } from "../../render/renderer-core.ts";
import { roles } from "../../render/roles.ts";
import { setupParts } from "../../render/setup-parts.ts";
import { setupTemplate } from "../../render/setup-view.ts";

/** What decides how packages and services are removed. */
export interface HostKind {
  readonly init: InitSystem;
  readonly packages: "apt" | "rpm";
}

/** Of both roles, as `stop` takes those that are there. */
const services = Object.values(roles).map(({ script }) => script);

export function uninstaller(renderer: Renderer, host: string, { init, packages }: HostKind): string {
  const systemd = init === "systemd";
  const packageManager = packages === "apt" ? "apt" : "yum";
  // Every part that leaves a note; a build leaves only files.
  const { has } = setupParts({
    packageManager,
    systemd,
    timers: systemd,
    director: true,
    keepalived: true,
    selinux: packages === "rpm",
    repositories: true,
    epel: false,
    build: false,
    webServer: true,
    units: true,
  });
  const { template, language } = setupTemplate;
  return renderer.render(template, language, {
    host,
    cluster: "unknown",
    version,
    recordFolder,
    runFolder: "/var/run/lvsgen",
    has,
    lacks: { repositories: false, build: false, webServer: false, selinux: false, units: false },
    kept: [],
    earlier: [],
    services,
    timers: systemd ? services.map((service) => `${service}-reassert.timer`) : [],
    packageManager,
    systemdMayRun: true,
    // The rest is for installing, which this one refuses: no host has this address.
    addresses: ["0.0.0.0"],
    programs: [],
    files: [],
    selinux: [],
    booleans: ["none"],
    units: ["none"],
    repositories: [],
    setAside: [],
    buildPackages: [],
    tarball: null,
    leftMirrors: false,
    osTitle: "unknown",
    webServer: {
      service: "none",
      test: "true",
      configuration: "none",
      portList: "none",
      hasFiles: false,
      hasConfiguration: false,
      hasPage: false,
    },
  });
}
