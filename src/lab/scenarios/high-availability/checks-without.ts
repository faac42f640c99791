/** A director that takes over has to know which servers work: its checks must not depend on the master that it replaces. */

import { setTimeout as sleep } from "node:timers/promises";
import { weightOf } from "../../guest/director-state.ts";
import type { Lab } from "../../guest/lab.ts";
import type { Machine } from "../../guest/machine.ts";
import type { LabServer, LabService, LabVrrp } from "../../spec.ts";

interface Checked {
  readonly director: Machine;
  readonly service: LabService;
  readonly server: LabServer;
}

const BETWEEN_LOOKS_MS = 200;

/**
 * While the master forwards nothing, the others' servers stay in. Answers that come back by way of the master (NAT) would be lost
 * with it, and the director that takes over would begin with no server at all.
 */
export async function reportChecksWithout(
  lab: Lab,
  { checkPeriod }: LabVrrp,
  master: Machine,
): Promise<void> {
  const checked = behindNat(lab, master);
  if (checked.length === 0) return;
  await forward(master, "-I");
  const out = new Set<string>();
  const end = Date.now() + (checkPeriod + 1) * 1000;
  while (Date.now() < end) {
    for (const { director, service, server } of checked)
      if ((await weightOf(director, service, server)) === null)
        out.add(`${director.name} took ${server.host} out of ${service.name}`);
    await sleep(BETWEEN_LOOKS_MS);
  }
  await forward(master, "-D");
  lab.check(
    master.name,
    "checks of the other directors do without the master",
    out.size === 0,
    `${checked.length - out.size} of ${checked.length} stay in`,
    [...out].join("\n"),
  );
}

function behindNat({ directors, spec }: Lab, master: Machine): Checked[] {
  const others = directors.map(({ machine }) => machine).filter((machine) => machine !== master);
  const services = spec.services.filter(({ check }) => check !== null);
  return others.flatMap((director) =>
    services.flatMap((service) =>
      service.servers
        .filter(({ forwarding, weight, host }) => forwarding === "nat" && weight > 0 && host !== master.name)
        .map((server) => ({ director, service, server })),
    ),
  );
}

async function forward(master: Machine, action: "-I" | "-D"): Promise<void> {
  for (const filter of ["iptables", "ip6tables"]) await master.run([filter, action, "FORWARD", "-j", "DROP"]);
}
