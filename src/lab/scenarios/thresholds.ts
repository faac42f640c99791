/** A server at its upper threshold gets no new connection; below the lower one it gets some again. */

import type { Lab } from "../guest/lab.ts";
import { peerOf } from "../guest/machine.ts";
import { mergeTallies, NOTHING, requestsOf, sumOf, type Tally } from "../guest/tally.ts";
import { waitFor } from "../guest/wait.ts";
import type { LabServer, LabService } from "../spec.ts";
import type { Scenario } from "./scenario.ts";

/** Connections the lab holds at once, at most. */
const HELD_MOST = 200;
/** What a director remembers of connections that were reset goes within seconds (CLOSE: 10 s). */
const PATIENCE_MS = 60_000;

export const thresholds: Scenario = {
  title: "a server takes as many connections as its threshold says, and others when they have ended",
  async run(lab) {
    const limits = lab.spec.services.flatMap((service) =>
      service.servers.filter((server) => isInReach(service, server)).map((server) => ({ service, server })),
    );
    if (limits.length === 0) {
      lab.omit(
        "cluster",
        thresholds.title,
        `no TCP server has a threshold of at most ${HELD_MOST} that requests can fill`,
      );
      return;
    }
    // Connections of earlier scenarios count for minutes, closed or not: these directors never saw any.
    for (const { machine } of lab.directors) await lab.rebuild(machine);
    await lab.bringUp();
    for (const { service, server } of limits) await fill(lab, service, server);
  },
};

/** Hashes, and clients that persist, ask one server only, full or not. */
function isInReach(service: LabService, { upperThreshold, weight }: LabServer): boolean {
  return (
    service.protocol === "tcp" &&
    service.persistence === null &&
    ["rr", "wrr", "lc", "wlc", "sed", "nq"].includes(service.scheduler) &&
    weight > 0 &&
    upperThreshold > 0 &&
    upperThreshold <= HELD_MOST
  );
}

async function fill(lab: Lab, service: LabService, { host, upperThreshold }: LabServer): Promise<void> {
  const traffic = await lab.traffic(lab.clientOf(service));
  const peers = [peerOf(service)];
  const others = service.servers.filter((server) => server.host !== host && server.weight > 0);
  const hasRoom = others.some((server) => server.upperThreshold === 0);
  const hold = (count: number): Promise<Tally> => traffic.ask<Tally>({ op: "hold", peers, count });
  let held = NOTHING;
  // Weights are not looked at: as many as it takes, and then some that must go elsewhere.
  while (mayGoOn(held, service) && countAt(held, host) < upperThreshold)
    held = mergeTallies([held, await hold(service.servers.length)]);
  const before = countAt(held, host);
  const more = await hold(2 * service.servers.length);
  const over = countAt(more, host);
  const refused = sumOf(more.errors);
  const all = mergeTallies([held, more]);
  lab.check(
    host,
    `${service.name}: a full server gets no new connection`,
    before === upperThreshold && over === 0 && (refused === 0 || !hasRoom),
    `${before + over} of ${upperThreshold} held, ${requestsOf(all)} in all`,
    JSON.stringify(all),
  );
  await traffic.ask({ op: "release" });
  const problem = await waitFor(
    async () => {
      const count = 2 * service.servers.length;
      return countAt(await traffic.ask<Tally>({ op: "requests", peers, count }), host) > 0;
    },
    `${host} to get connections again`,
    PATIENCE_MS,
  ).then(
    () => "",
    (error: Error) => error.message,
  );
  const name = `${service.name}: a server that has emptied gets connections again`;
  lab.check(host, name, problem === "", problem === "" ? "yes" : "never", problem);
}

function countAt({ servers }: Tally, host: string): number {
  return servers[host] ?? 0;
}

/** Where connections fail, more of them say nothing new and take seconds each. */
function mayGoOn(held: Tally, { servers }: LabService): boolean {
  return sumOf(held.errors) === 0 && requestsOf(held) < HELD_MOST * servers.length;
}
