/** What hosts show of who has a VIP, and directors of which servers are in. */

import { endpoint } from "../../base/endpoint.ts";
import type { LabMoving, LabServer, LabService } from "../spec.ts";
import type { Lab } from "./lab.ts";
import type { Machine, ScriptRun } from "./machine.ts";

/** Directors that have the service's VIP, and answer for it: on lo nobody does. */
export function holdersOf(lab: Lab, { vip }: LabService): Promise<Machine[]> {
  return holdersAmong(lab.directors, vip);
}

/** Members that have the address. */
export function holdersOfMoving(lab: Lab, moving: LabMoving): Promise<Machine[]> {
  return holdersAmong(lab.carriersOf(moving), moving.vip);
}

async function holdersAmong(runs: readonly ScriptRun[], vip: string): Promise<Machine[]> {
  const holders: Machine[] = [];
  for (const { machine } of runs) {
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
