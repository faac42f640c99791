/** A server whose service dies is taken out, and comes back when its service does. */

import { endpoint } from "../../../base/endpoint.ts";
import { weightOf } from "../../guest/director-state.ts";
import type { Lab } from "../../guest/lab.ts";
import { peerOf } from "../../guest/machine.ts";
import { sumOf, type Tally } from "../../guest/tally.ts";
import { waitFor } from "../../guest/wait.ts";
import type { LabServer, LabService } from "../../spec.ts";
import type { Scenario } from "../scenario.ts";

/** Longer than checks and their retries take by far. */
const PATIENCE_MS = 60_000;

const REQUESTS = 20;

export const healthCheck: Scenario = {
  title: "a server whose service dies gets no more requests, and some again when it is back",
  async run(lab) {
    const service = lab.spec.services.find(isTestable);
    if (!service) {
      lab.check("cluster", "a checked TCP service with two live servers", true, "skipped");
      return;
    }
    await lab.bringUp();
    const [victim] = liveServers(service);
    if (victim) await dieAndReturn(lab, service, victim);
    for (const other of lab.spec.services.filter(hasSorryOfItsOwn)) await sayingSorry(lab, other);
  },
};

/** Hashes, and clients that persist, may never ask the victim. */
function isTestable(service: LabService): boolean {
  return (
    service.isChecked &&
    service.protocol === "tcp" &&
    service.ports.length === 1 &&
    service.persistence === null &&
    ["rr", "wrr", "lc", "wlc", "sed", "nq"].includes(service.scheduler) &&
    liveServers(service).length > 1
  );
}

/** On a machine that goes on when the servers' services end. */
function hasSorryOfItsOwn(service: LabService): boolean {
  const { sorry, servers } = service;
  return isTestable(service) && sorry !== null && servers.every(({ host }) => host !== sorry.host);
}

function liveServers({ servers }: LabService): LabServer[] {
  return servers.filter(({ weight }) => weight > 0);
}

async function dieAndReturn(lab: Lab, service: LabService, victim: LabServer): Promise<void> {
  const machine = lab.machine(victim.host);
  await machine.silence();
  const gone = await until(lab, service, victim, false);
  lab.check(victim.host, `${service.name}: a dead server is taken out`, gone.ok, gone.figure);
  const without = await send(lab, service);
  const errors = sumOf(without.errors);
  const late = without.servers[victim.host] ?? 0;
  lab.check(
    lab.clientOf(service).name,
    `${service.name}: no request fails while a server is out`,
    errors === 0 && late === 0 && sumOf(without.servers) === REQUESTS,
    `${errors} errors in ${REQUESTS} requests`,
    JSON.stringify(without),
  );
  await reportStatus(lab, service, victim);
  await machine.revive();
  const back = await until(lab, service, victim, true);
  lab.check(victim.host, `${service.name}: a server that is back is taken in`, back.ok, back.figure);
  const again = await send(lab, service);
  const count = again.servers[victim.host] ?? 0;
  lab.check(
    victim.host,
    `${service.name}: a server that is back gets requests`,
    count > 0 && sumOf(again.errors) === 0,
    `${count} of ${REQUESTS}`,
    JSON.stringify(again),
  );
}

async function reportStatus(lab: Lab, service: LabService, { address, port }: LabServer): Promise<void> {
  for (const run of lab.directors) {
    const { stdout } = await run.run("status");
    const line = stdout.split("\n").find((shown) => shown.includes(` ${endpoint(address, port)} `)) ?? "";
    const tells = line.includes("did not pass its check");
    lab.check(run.label, `${service.name}: status tells why a server is out`, tells, line.trim(), stdout);
  }
}

async function sayingSorry(lab: Lab, service: LabService): Promise<void> {
  const { sorry, servers, name } = service;
  if (sorry === null) return;
  for (const { host } of servers) await lab.machine(host).silence();
  const gone = await until(lab, service, sorry, true);
  lab.check(sorry.host, `${name}: the sorry server stands in when all are gone`, gone.ok, gone.figure);
  await answeredBy(lab, service, "requests are answered by the sorry server alone", [sorry]);
  for (const { host } of servers) await lab.machine(host).revive();
  const back = await until(lab, service, sorry, false);
  lab.check(sorry.host, `${name}: the sorry server goes when others are back`, back.ok, back.figure);
  await answeredBy(lab, service, "requests are answered by the servers again", servers);
}

async function answeredBy(
  lab: Lab,
  service: LabService,
  what: string,
  by: readonly LabServer[],
): Promise<void> {
  const tally = await send(lab, service);
  const expected = by.reduce((sum, { host }) => sum + (tally.servers[host] ?? 0), 0);
  lab.check(
    lab.clientOf(service).name,
    `${service.name}: ${what}`,
    expected === REQUESTS,
    `${expected} of ${REQUESTS}`,
    JSON.stringify(tally),
  );
}

async function send(lab: Lab, service: LabService): Promise<Tally> {
  const traffic = await lab.traffic(lab.clientOf(service));
  return traffic.ask<Tally>({ op: "requests", peers: [peerOf(service)], count: REQUESTS });
}

/** Waits until all directors have the server, or none. */
async function until(
  lab: Lab,
  service: LabService,
  server: LabServer,
  wanted: boolean,
): Promise<{ ok: boolean; figure: string }> {
  const begin = Date.now();
  const agree = async (): Promise<boolean> => {
    for (const { machine } of lab.directors)
      if (((await weightOf(machine, service, server)) !== null) !== wanted) return false;
    return true;
  };
  const ok = await waitFor(agree, "the directors", PATIENCE_MS).then(
    () => true,
    () => false,
  );
  return { ok, figure: ok ? `after ${((Date.now() - begin) / 1000).toFixed(1)} s` : "never" };
}
