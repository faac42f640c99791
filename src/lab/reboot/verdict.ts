/** What a machine's reports say about the host: one check a line. Pure. */

import type { HostPlan } from "../../plan/host-plan.ts";
import type { KeepalivedResource, Resource } from "../../plan/resources.ts";
import { iptablesRules } from "../../render/firewall-rules.ts";
import { destinationRule, serviceRule } from "../../render/ipvs-rules.ts";
import type { CheckEvent } from "../events.ts";
import type { MachineResult } from "./machine.ts";
import { NFT_TABLES } from "./machine-files.ts";
import { servicesOf, timersOf } from "./phases.ts";
import { comingInstances } from "./without-programs.ts";

/** Console text shown where nothing else tells what happened. */
const CONSOLE_SHOWN = 2000;

type Check = Omit<CheckEvent, "type" | "scenario" | "host">;

/** All checks of one host. */
export function verdict(plan: HostPlan, result: MachineResult): CheckEvent[] {
  const reports = new Reports(result);
  const checks = [...setUpChecks(reports), ...(cameBack(plan, reports) ?? [])];
  return checks.map((check) => ({ type: "check", scenario: "reboot", host: plan.host.name, ...check }));
}

function setUpChecks(reports: Reports): Check[] {
  const left = reports.text("left").trim();
  return [
    reports.ended("setup", "setup.sh puts the host into service"),
    reports.ended("again", "setup.sh again changes nothing", (said) => said.includes("nothing changed")),
    reports.ended("uninstall", "setup.sh --uninstall succeeds"),
    {
      name: "setup.sh --uninstall leaves no file",
      ok: reports.has("left") && left === "",
      figure: reports.has("left") ? `${lines(left).length} left` : "not reached",
      detail: left,
    },
    reports.same("1.up", "gone", "setup.sh --uninstall restores the host's state"),
    reports.ended("afterwards", "setup.sh after that puts the host into service"),
    reports.same("1.up", "1.down", "at the reboot, stop restores the host's state before the network goes"),
  ];
}

function cameBack(plan: HostPlan, reports: Reports): Check[] {
  const reached = reports.has("2.up");
  const comes: Check = {
    name: "the host comes back",
    ok: reached,
    figure: reached ? "2 boots" : "1 boot",
    detail: reached ? "" : reports.console,
  };
  if (!reached) return [comes];
  const services = servicesOf(plan);
  return [
    comes,
    ...[...services, ...timersOf(plan)].map((unit) =>
      reports.ended(`active-${unit}`, `${unit} is in service after the reboot`),
    ),
    ...expected(plan, reports.has("firewall")).map(({ what, wanted }) =>
      reports.holds("values", `${what} after the reboot`, wanted),
    ),
    ...services.map((service) =>
      reports.ended(`check-${service}`, `${service}.sh check finds nothing missing`),
    ),
    ...services.map((service) => reports.ended(`reload-${service}`, `${service} reloads`)),
    ...(timersOf(plan).length > 0 ? timerChecks(services, reports) : []),
    reports.same("2.up", "2.down", "at power-off, stop restores the host's state before the network goes"),
  ];
}

function timerChecks(services: readonly string[], reports: Reports): Check[] {
  return [
    reports.same("back", "healed", "the timer brings back VIPs that were taken away"),
    reports.same("2.up", "stopped", "the timer leaves alone what was stopped by hand"),
    ...services.map((service) =>
      reports.ended(`calm-${service}`, `${service}-reassert.service did not fail`),
    ),
    ...services.map((service) => reports.ended(`start-${service}`, `${service} starts again`)),
  ];
}

interface Expectation {
  readonly what: string;
  /** Lines of the state. */
  readonly wanted: readonly string[];
}

/**
 * From the plan, not from the scripts: what the state must hold. Kinds that are not here (links, routes) are left
 * to the scripts' own check.
 */
function expected({ roles }: HostPlan, hasNft: boolean): Expectation[] {
  const resources = roles.flatMap((role) => role.resources);
  const table: Partial<Record<Resource["kind"], string>> = {
    keepalived: "what keepalived has to set up is there",
    address: "the VIPs are there",
    sysctl: "the sysctls are set",
    "virtual-service": "the IPVS table is there",
    timeouts: "the IPVS timeouts are set",
    "firewall-rule": "the firewall rules are there",
  };
  return Object.entries(table)
    .map(([kind, what]) => ({
      what,
      wanted: resources
        .filter((resource) => resource.kind === kind)
        .flatMap((each) => stateLines(each, hasNft)),
    }))
    .filter(({ wanted }) => wanted.length > 0);
}

/** A resource as machine-files.ts notes it. */
function stateLines(resource: Resource, hasNft: boolean): string[] {
  switch (resource.kind) {
    case "address":
      return [`address ${resource.interface} ${resource.address}`];
    case "sysctl": {
      // Dots separate, and a slash stands for a dot of an interface's name.
      const path = resource.name.replace(/[./]/g, (sign) => (sign === "." ? "/" : "."));
      return [`sysctl /proc/sys/${path}:${resource.value}`];
    }
    case "timeouts":
      return [`timeouts Timeout (tcp tcpfin udp): ${resource.tcp} ${resource.tcpFin} ${resource.udp}`];
    case "firewall-rule":
      // User-Mode Linux has no tables of nft. Where they are, the scripts' own check knows what is in them.
      if (hasNft) return [NFT_TABLES];
      return iptablesRules(resource).map(
        (rule) => `${rule.startsWith("6") ? "ip6tables" : "iptables"} ${rule.replace(/^\d \S+ /, "")}`,
      );
    case "keepalived":
      return keepalivedLines(resource);
    case "virtual-service": {
      const service = { ...resource, ...PLAIN_SERVICE };
      return [
        `ipvs ${serviceRule(service)}`,
        ...resource.destinations.map((to) => `ipvs ${destinationRule(service, { ...to, ...PLAIN_SERVER })}`),
      ];
    }
    default:
      return [];
  }
}

/** No server answers checks in the machine, so that services have none. */
function keepalivedLines(keepalived: KeepalivedResource): string[] {
  const { services } = keepalived;
  return [
    ...comingInstances(keepalived).flatMap(({ addresses, carriers }) =>
      addresses.map((address, at) => `address ${carriers[at] ?? ""} ${address}`),
    ),
    ...services.map((service) => `ipvs ${serviceRule({ ...service, ...PLAIN_SERVICE })}`),
  ];
}

/** ipvsadm -S leaves thresholds out, and has its own order for other options: lines are compared up to these. */
const PLAIN_SERVICE = { schedulerFlags: [], persistence: null, onePacket: false } as const;
const PLAIN_SERVER = {
  upperThreshold: 0,
  lowerThreshold: 0,
  tunnel: { type: "ipip", port: 0 },
} as const;

class Reports {
  readonly console: string;
  readonly #reports: ReadonlyMap<string, string>;

  constructor(result: MachineResult) {
    this.#reports = result.reports;
    this.console = result.console.slice(-CONSOLE_SHOWN);
  }

  has(name: string): boolean {
    return this.#reports.has(name);
  }

  text(name: string): string {
    return this.#reports.get(name) ?? "";
  }

  /** A command that must exit 0, and say the right thing. */
  ended(name: string, sentence: string, saysIt: (said: string) => boolean = () => true): Check {
    const status = this.text(`${name}.status`).trim();
    const said = this.text(name);
    const service = name.replace(/^[a-z]+-/, "").replace(/-reassert\.timer$/, "");
    const look = this.text(`look-${service}`);
    return {
      name: sentence,
      ok: status === "0" && saysIt(said),
      figure: status === "" ? "not reached" : `exit ${status}`,
      detail: status === "" ? this.console : `${said}${look}`,
    };
  }

  /** Two looks at the state that must show the same. */
  same(before: string, after: string, sentence: string): Check {
    if (!this.has(before) || !this.has(after)) {
      return { name: sentence, ok: false, figure: "not reached", detail: this.console };
    }
    const old = lines(this.text(before));
    const now = lines(this.text(after));
    const difference = [
      ...old.filter((line) => !now.includes(line)).map((line) => `- ${line}`),
      ...now.filter((line) => !old.includes(line)).map((line) => `+ ${line}`),
    ];
    return {
      name: sentence,
      ok: difference.length === 0,
      figure: difference.length === 0 ? "identical" : `${difference.length} lines differ`,
      detail: difference.join("\n"),
    };
  }

  /** A look at the state that must hold these lines. */
  holds(name: string, sentence: string, wanted: readonly string[]): Check {
    const state = lines(this.text(name));
    const absent = wanted.filter(
      (line) => !state.some((seen) => seen === line || seen.startsWith(`${line} `)),
    );
    return {
      name: sentence,
      ok: absent.length === 0,
      figure: `${wanted.length - absent.length}/${wanted.length}`,
      detail: absent.map((line) => `- ${line}`).join("\n"),
    };
  }
}

function lines(text: string): string[] {
  return text.split("\n").filter((line) => line !== "");
}
