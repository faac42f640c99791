/** What directors show of who has a VIP and which servers are in. */

import { endpoint } from "../../base/endpoint.ts";
import type { LabServer, LabService } from "../spec.ts";
import type { Lab } from "./lab.ts";
import type { Machine } from "./machine.ts";

/** Directors that have the service's VIP, and answer for it: on lo nobody does. */
export async function holdersOf(lab: Lab, { vip }: LabService): Promise<Machine[]> {
  const holders: Machine[] = [];
  for (const { machine } of lab.directors) {
    const { stdout } = await machine.namespace.look(`ip -o address show to ${vip}`);
    if (isHeld(stdout)) holders.push(machine);
  }
  return holders;
}

/** Whether an address that `ip -o address` shows is on an interface that others reach. */
export function isHeld(shown: string): boolean {
  return shown.split("\n").some((line) => line !== "" && !/^\d+: lo /.test(line));
}

/** The server's weight in a director's table, or null where it is not in. */
export async function weightOf(
  director: Machine,
  { vip, ports, mark, family }: LabService,
  { address, port }: LabServer,
): Promise<number | null> {
  const { stdout } = await director.namespace.look("ipvsadm -Sn");
  const of = mark === null ? endpoint(vip, ports[0] ?? 0) : `${mark}${family === 6 ? " -6" : ""}`;
  const line = ` ${of} -r ${endpoint(address, port)} `;
  const found = stdout.split("\n").find((shown) => shown.startsWith("-a ") && shown.includes(line));
  const [, weight = null] = / -w (\d+)/.exec(found ?? "") ?? [];
  return weight === null ? null : Number(weight);
}
