/** The view model of setup.sh. */

import { version } from "../base/version.ts";
import type { HostPlan } from "../plan/host-plan.ts";
import { repositoryText, webServerView } from "./provision-text.ts";
import { provisioning, recordFolder } from "./provisioning.ts";
import { usesTable } from "./script-parts.ts";
import { setupParts } from "./setup-parts.ts";

export const setupTemplate = { template: "setup/setup.sh", language: "sh" } as const;

export function setupView(plan: HostPlan) {
  const { platform, init, name } = plan.host;
  const { repositories, ipvsadm, buildPackages, epelRelease } = plan.provision;
  const director = plan.roles.some((role) => role.role === "director" && usesTable(role));
  const tarball = director && ipvsadm.kind === "source" ? ipvsadm.tarball : null;
  const webServer = webServerView(plan);
  const { programs, files, services, timers, keepalived, selinux, units } = provisioning(plan);
  const { packageManager } = platform;
  const systemd = init === "systemd";
  const { has, lacks, kept, earlier } = setupParts({
    packageManager,
    systemd,
    timers: timers.length > 0,
    director,
    keepalived,
    selinux: selinux.length > 0,
    units: units.length > 0,
    repositories: repositories !== null,
    epel: epelRelease,
    build: tarball !== null,
    webServer: webServer !== null,
  });
  // One literal, no spread: V8 makes a new hidden class for every object that is spread into a larger one.
  return {
    programs,
    files,
    services,
    timers,
    has,
    lacks,
    kept,
    earlier,
    selinux,
    booleans: selinux.map(({ name }) => name),
    units,
    recordFolder,
    runFolder: `${platform.runDirectory}/lvsgen`,
    host: name,
    cluster: plan.cluster,
    version,
    addresses: plan.addresses,
    osTitle: platform.title,
    leftMirrors: platform.archived && plan.host.mirrors.main === null,
    packageManager,
    // Also on a host with init scripts.
    systemdMayRun: platform.inits.includes("systemd"),
    tarball,
    buildPackages,
    repositories: (repositories?.files ?? []).map((file) => ({
      path: file.path,
      content: repositoryText(file),
    })),
    setAside: repositories?.instead ?? [],
    webServer,
  };
}
