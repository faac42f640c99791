/** Resources as lines of a script's `resources` function: one call each. */

import type { Resource } from "../plan/resources.ts";

export interface ShellCall {
  /** Name of the shell functions behind it, after `record_`, `ensure_`, `check_`, `show_`. */
  readonly call: string;
  readonly words: readonly (string | number)[];
  /** A comment above the line; empty for none. */
  readonly reason: string;
}

/** Consecutive virtual services are one call: IPVS is changed by one batch. */
export function shellCalls(resources: readonly Resource[]): ShellCall[] {
  const calls = resources.map((resource) => shellCall(resource));
  return calls.filter((call, index) => call.call !== "services" || calls[index - 1]?.call !== "services");
}

function shellCall(resource: Resource): ShellCall {
  switch (resource.kind) {
    case "module":
      return { call: "module", words: [resource.name], reason: "" };
    case "sysctl":
      return { call: "sysctl", words: [resource.name, resource.value], reason: resource.reason };
    case "address": {
      const words = [resource.address, resource.interface];
      return { call: "address", words: resource.announce ? [...words, "announce"] : words, reason: "" };
    }
    case "timeouts":
      return { call: "timeouts", words: [resource.tcp, resource.tcpFin, resource.udp], reason: "" };
    case "virtual-service":
      return { call: "services", words: [], reason: "" };
  }
}
