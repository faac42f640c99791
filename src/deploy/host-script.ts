/** The script that one host runs for one verb: its new files, and the code that installs them. Pure. */

import { canonicalJson, sha256Hex } from "../base/digest.ts";
import type { HostPlan } from "../plan/host-plan.ts";
import type { ServiceSettings } from "../plan/resources.ts";
import type { Artifact } from "../render/artifact.ts";
import { keepalivedOf } from "../render/keepalived-view.ts";
import type { Renderer } from "../render/renderer-core.ts";
import { hostScriptTemplate } from "../render/root-templates.ts";
import { setupView } from "../render/setup-view.ts";
import { type HostVerb, hostParts, verbMeans } from "./host-parts.ts";
import type { Endpoint } from "./roll/endpoints.ts";

export interface HostRequest {
  readonly verb: HostVerb;
  /** Names a deployment, so that undo and confirmation belong to the same one. */
  readonly token: string;
  /** Seconds after which a host undoes an unconfirmed change; 0: never. */
  readonly trySeconds: number;
  /** What drain and undrain are about. */
  readonly drain?: DrainRequest;
  /** Where a probe connects to. */
  readonly endpoints?: readonly Endpoint[];
}

export interface DrainRequest {
  /** A server by its label: a host's name, or an address. The name of the host itself: it gives up its addresses. */
  readonly server: string;
  /** Whether it stays drained after a reboot of the director. */
  readonly keep: boolean;
}

const nothingToDrain: DrainRequest = { server: "", keep: false };

/** @param files the host's rendered files */
export function hostScript(
  renderer: Renderer,
  plan: HostPlan,
  files: readonly Artifact[],
  { verb, token, trySeconds, drain = nothingToDrain, endpoints = [] }: HostRequest,
): string {
  const { host, version, files: installed, programs, services, timers, has, systemdMayRun } = setupView(plan);
  const { template, language } = hostScriptTemplate;
  return renderer.render(template, language, {
    host,
    version,
    digest: filesDigest(files),
    verb,
    means: verbMeans[verb],
    has: hostParts(verb),
    runDirectory: plan.host.platform.runDirectory,
    systemdMayRun,
    token,
    try: trySeconds,
    ...drain,
    knows: givesUpItself(plan, drain.server) ? "is_drained" : "read_drained",
    moving: movingAddresses(plan, drain.server),
    drainable: drainable(plan),
    endpoints: endpoints.flatMap(({ address, port }) => [address, `${port}`]),
    installed,
    programs,
    services,
    units: has.systemd ? [...services.map((service) => `${service}.service`), ...timers] : [],
    files: files.map(({ path, text, mode }) => ({
      name: nameOf(path),
      mode: `0${mode.toString(8)}`,
      content: text,
    })),
  });
}

/** Whose drains a director notes: its servers', and its own. */
function drainable({ host, roles }: HostPlan): string[] {
  const services = roles
    .flatMap(({ resources }) => resources)
    .flatMap((resource): readonly ServiceSettings[] =>
      resource.kind === "virtual-service"
        ? [resource]
        : resource.kind === "keepalived"
          ? resource.services
          : [],
    );
  const labels = services.flatMap(({ destinations }) => destinations.map(({ label }) => label));
  return [...new Set([...labels, host.name])];
}

/** Whether a host that is drained itself gives up addresses, or their announcements. An lvs_dr.sh of an earlier lvsgen has no function `is_drained` for it. */
function givesUpItself(plan: HostPlan, drained: string): boolean {
  const announces = plan.roles.some(({ resources }) => resources.some(({ kind }) => kind === "announcement"));
  return drained === plan.host.name && (announces || movingAddresses(plan, drained).length > 0);
}

function movingAddresses({ host, roles }: HostPlan, drained: string): string[] {
  if (drained !== host.name) return [];
  return roles.flatMap((role) => keepalivedOf(role)?.instances.flatMap(({ addresses }) => addresses) ?? []);
}

/** The version of a host's files; the host keeps it beside them. */
export function filesDigest(files: readonly Artifact[]): string {
  return sha256Hex(canonicalJson(files.map(({ path, text, mode }) => [nameOf(path), mode, text])));
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
