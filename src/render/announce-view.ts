/** The view models of bird.conf and lvs_gate.sh, and their part of that of lvs_dr.sh. */

import { sha256Hex } from "../base/digest.ts";
import { endpoint } from "../base/endpoint.ts";
import { version } from "../base/version.ts";
import { forgetSeconds, gateScriptPath, preferSeconds, withdrawSeconds } from "../plan/announce.ts";
import type { HostPlan, RolePlan } from "../plan/host-plan.ts";
import type { BgpSession } from "../plan/resources.ts";
import { birdOf } from "../platforms/bird.ts";
import { announcementsOf, birdResourceOf } from "./announced.ts";
import { drawing } from "./drawing.ts";
import { serviceKey } from "./ipvs-rules.ts";
import { keepalivedOf } from "./keepalived-view.ts";
import { planDigest } from "./plan-digest.ts";
import { roleWords } from "./roles.ts";

/** Its name in a host's folder and below /etc/lvsgen. */
export const birdFile = "bird.conf";

/** Users of BIRD read it, and BIRD's own user does. */
function routesOf({ host }: HostPlan): string {
  return `${host.platform.runDirectory}/lvsgen-announced.conf`;
}

export function birdHoldsSecret(role: RolePlan): boolean {
  return birdResourceOf(role)?.sessions.some(({ password }) => password !== null) ?? false;
}

export function birdView(plan: HostPlan, role: RolePlan) {
  const bird = birdResourceOf(role);
  if (bird === null) throw new Error("this role has no BIRD");
  const routes = routesOf(plan);
  return {
    version,
    planDigest: planDigest(plan, role),
    host: plan.host.name,
    roleTitle: roleWords(role).title,
    cluster: plan.cluster,
    drawing: drawing(plan, role),
    destination: birdOf(plan.host.platform)?.configuration ?? "bird.conf",
    announced: routes,
    // A pattern that matches nothing is no error as long as its folder is there.
    include: routes.replace(/f$/, "[f]"),
    routerId: bird.routerId,
    asn: bird.asn,
    hasMed: bird.med !== null,
    med: bird.med ?? 0,
    communities: bird.communities.map(communityView),
    holdTime: bird.holdTime,
    keepaliveTime: Math.floor(bird.holdTime / 3),
    sessions: bird.sessions.map(sessionView),
  };
}

function communityView(community: string) {
  const parts = community.split(":");
  return { attribute: parts.length === 2 ? "bgp_community" : "bgp_large_community", parts };
}

function sessionView({ password, ...session }: BgpSession) {
  return { ...session, name: sessionName(session.address), password: password?.reveal() ?? null };
}

/** A symbol of BIRD, which lvs_dr.sh finds the session by. */
function sessionName(address: string): string {
  return `router_${address.replaceAll(/[.:]/g, "_")}`;
}

export function gateView(plan: HostPlan, role: RolePlan) {
  const { runDirectory } = plan.host.platform;
  return {
    version,
    host: plan.host.name,
    cluster: plan.cluster,
    stateDirectory: `${runDirectory}/lvsgen`,
    routes: routesOf(plan),
    keepalivedPid: keepalivedOf(role) === null ? null : `${runDirectory}/keepalived.pid`,
    bird: birdResourceOf(role) !== null,
    preferSeconds,
    forgetSeconds,
    withdrawSeconds,
    vips: announcementsOf(role).map(({ vip, when, services }) => ({
      vip,
      when,
      services: services.map(({ selector, quorum, servers }) => ({
        key: serviceKey(selector),
        quorum,
        servers: servers.map(({ address, port }) => `-r ${endpoint(address, port)}`),
      })),
    })),
  };
}

/** Of the watcher's unit, and of keepalived's drop-in. */
export function gateServiceView(plan: HostPlan) {
  return {
    unit: "lvs_gate.service",
    version,
    host: plan.host.name,
    cluster: plan.cluster,
    script: gateScriptPath,
  };
}

export interface BirdScriptView {
  /** SHA-256 of bird.conf, which belongs to the script. */
  readonly digest: string;
  readonly configuration: string;
  readonly shipped: string | null;
  readonly group: string;
  /** Of its control socket. */
  readonly runDirectory: string;
  readonly sessions: readonly { readonly name: string; readonly address: string }[];
}

export function birdScriptView(
  plan: HostPlan,
  role: RolePlan,
  rendered: ReadonlyMap<string, string>,
): BirdScriptView | null {
  const bird = birdResourceOf(role);
  const packaged = birdOf(plan.host.platform);
  if (bird === null || packaged === null) return null;
  return {
    ...packaged,
    digest: sha256Hex(rendered.get(birdFile) ?? ""),
    runDirectory: `${plan.host.platform.runDirectory}/bird`,
    sessions: bird.sessions.map(({ address }) => ({ name: sessionName(address), address })),
  };
}

export interface GateScriptView {
  readonly script: string;
  readonly routes: string;
}

export function gateScriptView(plan: HostPlan): GateScriptView {
  return { script: gateScriptPath, routes: routesOf(plan) };
}
