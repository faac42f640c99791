/** Namespaces for an ordinary user: whether they can run a cluster's lab, and which promises they leave open. */

import { existsSync, readFileSync } from "node:fs";
import { release } from "node:os";
import { installCommand } from "../../distributions.ts";
import type { OmissionEvent } from "../../events.ts";
import type { ClusterSpec, LabSpec } from "../../spec.ts";
import { lackingModules } from "../own-kernel.ts";
import { findProgram } from "../programs.ts";
import { netlinkOnly, rootlessLibrary } from "./library.ts";
import { missingModules } from "./modules.ts";
import { machineSysctls, tryUserNamespace, type UserNamespace } from "./user-namespace.ts";

type Spec = Pick<ClusterSpec, "services" | "engine" | "hosts">;

let tried: UserNamespace | string | null = null;

/** What namespaces can do does not change while a command runs. */
function userNamespace(): UserNamespace | string {
  tried ??= tryUserNamespace();
  return tried;
}

/** Why an ordinary user cannot run a cluster's lab in namespaces, with the remedy; null when it can. */
export function rootlessObstacle(spec: Spec): string | null {
  if (!existsSync("/proc/net/ip_vs"))
    return "ip_vs is not loaded, which takes root: sudo modprobe ip_vs, or run the lab as root";
  const found = userNamespace();
  if (typeof found === "string") return found;
  if (!findProgram("cc"))
    return `a lab without root needs a small library that a C compiler makes: ${installCommand(["cc"])}`;
  return lackingModules(spec) ?? missingModules(spec) ?? lackOf(spec, found);
}

/** C that the lab's programs need before the C library. */
export function neededLibrary(): string {
  const found = userNamespace();
  return rootlessLibrary(typeof found !== "string" && found.hasNetlink);
}

/** What of a cluster this kernel leaves to root. */
export function lackOf(spec: Spec, { hasNetlink, sysctls }: UserNamespace): string | null {
  const scripts = directorScripts(spec);
  const needs = (what: string): string => `${what} this kernel leaves to root: run the lab as root`;
  // There the machine's root is nobody, and keepalived runs no program that is below folders of nobody.
  if (spec.hosts.some(({ applications }) => applications.length > 0))
    return "keepalived runs no tracks where the owner of /usr is not root: run the lab as root";
  // Without it the answers of masqueraded servers are lost: nothing would be proven.
  if (!sysctls.has("conntrack") && scripts.some((text) => /net\.ipv4\.vs\.conntrack 1\b/.test(text)))
    return needs("net.ipv4.vs.conntrack, on which this cluster's NAT depends,");
  if (hasNetlink) return null;
  if (spec.engine === "keepalived") return needs("IPVS's netlink messages, which keepalived uses,");
  if (spec.services.some(({ family }) => family === 6))
    return needs("IPVS's netlink messages, which services with IPv6 need,");
  const [option] = scripts.flatMap((text) => netlinkOnly(text) ?? []);
  return option === undefined ? null : needs(`IPVS's netlink messages, which ${option} need,`);
}

/** Settings of IPVS that the machine has and its user namespaces may not write, with the machine's values. */
export function withheldSysctls(): LabSpec["placeholders"] {
  const found = userNamespace();
  const allowed = typeof found === "string" ? new Set<string>() : found.sysctls;
  return [...machineSysctls()]
    .filter(([name]) => !allowed.has(name))
    .map(([name, value]) => ({ name, value }));
}

/** What a lab without root does not prove: settings whose placeholders take every value and do nothing. */
export function rootlessOmissions(spec: Spec): OmissionEvent[] {
  const withheld = withheldSysctls().map(({ name }) => name);
  return spec.hosts.flatMap((host) => {
    const text = host.scripts.map(({ source }) => readFileSync(source, "utf8")).join("\n");
    return withheld
      .filter((name) => text.includes(`net.ipv4.vs.${name} `))
      .map((name) => ({
        type: "not-tried" as const,
        scenario: "sysctls",
        host: host.name,
        name: `net.ipv4.vs.${name} takes effect`,
        reason: `Linux ${release()} lets only root set it: run the lab as root`,
      }));
  });
}

function directorScripts({ hosts }: Spec): string[] {
  const scripts = hosts.flatMap((host) => host.scripts).filter(({ role }) => role === "director");
  return scripts.map(({ source }) => readFileSync(source, "utf8"));
}
