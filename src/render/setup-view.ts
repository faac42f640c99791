/** The view model of setup.sh. */

import type { HostPlan } from "../plan/host-plan.ts";
import { packageFor } from "../plan/packages.ts";
import { unique } from "../plan/unique.ts";
import { version } from "../version.ts";
import { keepalivedOf } from "./keepalived-view.ts";
import { programsOf } from "./programs.ts";
import { repositoryText, webServerView } from "./provision-text.ts";
import { roleArtifacts } from "./role-artifacts.ts";
import { roles } from "./roles.ts";

export function setupView(plan: HostPlan) {
  const { platform, init, name, reassert } = plan.host;
  const rows = plan.roles.map(({ role }) => roles[role]);
  const hasKeepalived = plan.roles.some((role) => keepalivedOf(role) !== null);
  const { repositories, ipvsadm, buildPackages, epelRelease } = plan.provision;
  const director = plan.roles.some(({ role }) => role === "director");
  const tarball = director && ipvsadm.kind === "source" ? ipvsadm.tarball : null;
  const webServer = webServerView(plan);
  return {
    host: name,
    cluster: plan.cluster,
    version,
    addresses: plan.addresses,
    osTitle: platform.title,
    leftMirrors: platform.archived && plan.host.mirrors.main === null,
    packageManager: platform.packageManager,
    apt: platform.packageManager === "apt",
    systemd: init === "systemd",
    files: installedFiles(plan),
    programs: neededPrograms(plan),
    tarball,
    buildPackages,
    repositories: (repositories?.files ?? []).map((file) => ({
      path: file.path,
      content: repositoryText(file),
    })),
    setAside: repositories?.instead ?? [],
    epelRelease,
    webServer,
    putsTexts: repositories !== null || webServer !== null,
    // Services that are not lvsgen's are started and stopped.
    controls: true,
    director,
    // Real server before director, so that a director never sends to a host that is not ready.
    services: rows.map((row) => row.script).reverse(),
    keepalived: hasKeepalived,
    // Its lvs_dr.sh takes the place of one that may have started keepalived.
    replacesKeepalived: !hasKeepalived && director,
    timers: reassert > 0 && init === "systemd" ? rows.map((row) => `${row.script}-reassert.timer`) : [],
  };
}

/** Each with its package; those that every system has, or that are built from source, are left out. */
function neededPrograms(plan: HostPlan) {
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

/** Units before scripts: what is removed goes in this order, and a unit is stopped while its script is there. */
function installedFiles(plan: HostPlan) {
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
