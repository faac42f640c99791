/** A host's own word on how it is: before a command, and after it until it is as before. */

import { say } from "../../languages/say.ts";
import { statusPart } from "../answer.ts";
import type { RemoteHost } from "../remote-host.ts";
import { parseStatus } from "../status.ts";
import type { Endpoint } from "./endpoints.ts";
import { endpointText } from "./endpoints.ts";

export interface Probe {
  /** Another one after each boot. */
  readonly boot: string;
  /** Whether a shutdown or reboot has begun. */
  readonly isLeaving: boolean;
  /** Its scripts whose state is running. */
  readonly running: ReadonlySet<string>;
  /** Where it accepts connections, as `ADDRESS:PORT`. */
  readonly accepting: ReadonlySet<string>;
}

/** @throws HostFailed if the host cannot be asked */
export async function probe(
  remote: RemoteHost,
  endpoints: readonly Endpoint[],
  options: { readonly fresh?: boolean } = {},
): Promise<Probe> {
  const request = { verb: "probe", token: "probe", trySeconds: 0, endpoints } as const;
  return probeOf((await remote.ask(request, options)).parts);
}

export function probeOf(parts: ReadonlyMap<string, string>): Probe {
  const [boot = "", began = "", state = ""] = (parts.get("boot") ?? "").trim().split(" ");
  const roles = [...parts]
    .filter(([name]) => name.startsWith("status."))
    .flatMap(([, text]) => parseStatus(statusPart(text).said) ?? []);
  const lines = (parts.get("accepting") ?? "").split("\n").filter((line) => line !== "");
  return {
    boot: `${boot} ${began}`,
    isLeaving: state === "leaving",
    running: new Set(roles.filter((role) => role.state === "running").map(({ role }) => role)),
    accepting: new Set(
      lines.map((line) => {
        const [address = "", port = ""] = line.split(" ");
        return endpointText({ address, port: Number(port) });
      }),
    ),
  };
}

/** What it had before and lacks now, as a sentence; null: nothing. Pure. */
export function lackOf(before: Probe, now: Probe): string | null {
  const stopped = [...before.running].find((role) => !now.running.has(role));
  if (stopped !== undefined) return say`${stopped}.sh status is not 'running'`;
  const deaf = [...before.accepting].find((endpoint) => !now.accepting.has(endpoint));
  return deaf === undefined ? null : say`it does not accept connections at ${deaf}`;
}
