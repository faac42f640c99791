/** Hosts with addresses that move are lost, stop, or lose sight of each other. */

import type { Lab } from "../../guest/lab.ts";
import type { Machine } from "../../guest/machine.ts";
import { sumOf, type Tally } from "../../guest/tally.ts";
import { waitFor } from "../../guest/wait.ts";
import type { LabMoving } from "../../spec.ts";
import { dropAdverts, passAdverts } from "./adverts.ts";
import { reportNeighbour } from "./neighbour.ts";
import { ALLOWANCE, electionSeconds, holderNames } from "./observe.ts";
import { checkMove, checkReturn, moveName } from "./report.ts";

interface HostFault {
  readonly name: string;
  readonly over: string;
  /** Seconds until the others know of it, and have taken over. */
  readonly seconds: (moving: LabMoving) => number;
  readonly begin: (lab: Lab, machine: Machine) => Promise<void>;
  readonly end: (lab: Lab, machine: Machine) => Promise<void>;
}

const FAULTS: readonly HostFault[] = [
  {
    name: "the cable of its host is cut",
    over: "the cable of the host is back",
    seconds: electionSeconds,
    begin: (_, machine) => machine.unplug(),
    end: (_, machine) => machine.plugIn(),
  },
  {
    name: "its host stops keepalived",
    over: "the host starts keepalived again",
    // A master that stops says so: the others do not wait for adverts (RFC 9568, 6.4.3).
    seconds: ({ advertInterval }) => advertInterval + ALLOWANCE,
    begin: (lab, machine) => runOn(lab, machine, "stop"),
    end: (lab, machine) => runOn(lab, machine, "start"),
  },
];

const PATIENCE_MS = 60_000;
const REQUESTS = 20;

/** Each fault on the host of the first address; all addresses are looked at. */
export async function failHosts(lab: Lab): Promise<void> {
  const addresses = lab.spec.moving;
  const [first] = addresses.filter(({ members }) => members.length > 1);
  if (first === undefined) {
    lab.omit("cluster", "addresses move when their host fails", "each address has one host");
    return;
  }
  for (const { name, over, seconds, begin, end } of FAULTS) {
    const [holder = ""] = await holderNames(lab, first);
    const victim = lab.machines.get(holder);
    if (victim === undefined) {
      lab.check(first.client, `${first.name} is at a host`, false, "at none");
      return;
    }
    lab.progress(`${victim.name}: ${name}`);
    await checkMove(
      lab,
      { victim, addresses, failures: new Map([[victim.name, "host" as const]]) },
      {
        name: (moving) => moveName(moving, name),
        begin: () => begin(lab, victim),
        seconds,
      },
    );
    await checkReturn(
      lab,
      { victim, addresses, failures: new Map() },
      {
        over,
        begin: () => end(lab, victim),
        seconds: electionSeconds,
      },
    );
  }
  await split(lab, addresses);
}

async function runOn(lab: Lab, machine: Machine, verb: "start" | "stop"): Promise<void> {
  const run = lab.scripts.find((each) => each.machine === machine && each.script.startsKeepalived);
  await run?.run(verb);
}

/** Every host is master then: that is what VRRP does, and it ends when they hear each other again. */
async function split(lab: Lab, addresses: readonly LabMoving[]): Promise<void> {
  const machines = lab.scripts.filter(({ script }) => script.startsKeepalived).map(({ machine }) => machine);
  const families = addresses.map(({ family }) => family);
  const held = (count: (moving: LabMoving) => number, what: string): Promise<void> =>
    waitFor(
      async () => {
        for (const moving of addresses)
          if ((await holderNames(lab, moving)).length !== count(moving)) return false;
        return true;
      },
      what,
      PATIENCE_MS,
    );
  await dropAdverts(machines, families);
  await held(({ members }) => members.length, "each host to have its addresses");
  await passAdverts(machines, families);
  await held(() => 1, "one host to have each address");
  await lab.settle();
  for (const moving of addresses) await reportHealed(lab, moving);
}

async function reportHealed(lab: Lab, moving: LabMoving): Promise<void> {
  const [holder = ""] = await holderNames(lab, moving);
  lab.check(holder, `${moving.name}: a split that heals ends with one master`, true, `one has ${moving.vip}`);
  await reportNeighbour(lab, moving, lab.machine(holder));
  const traffic = await lab.traffic(lab.clientOf(moving));
  const peer = { address: moving.vip, port: moving.port, protocol: "tcp" };
  const tally = await traffic.ask<Tally>({ op: "requests", peers: [peer], count: REQUESTS });
  const errors = sumOf(tally.errors);
  lab.check(
    moving.client,
    `${moving.name}: no request fails after a split`,
    errors === 0 && sumOf(tally.servers) > 0,
    `${errors} errors in ${sumOf(tally.servers) + errors} requests`,
    JSON.stringify(tally.errors),
  );
}
