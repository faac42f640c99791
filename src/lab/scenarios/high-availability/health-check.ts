/** A server that fails its check is taken out, and comes back when it passes: each type of check, each way to fail that it sees. */

import { endpoint } from "../../../base/endpoint.ts";
import { weightOf } from "../../guest/director-state.ts";
import type { Lab } from "../../guest/lab.ts";
import { peerOf } from "../../guest/machine.ts";
import { sumOf, type Tally } from "../../guest/tally.ts";
import { waitFor } from "../../guest/wait.ts";
import type { LabCheck, LabServer, LabService } from "../../spec.ts";
import type { Scenario } from "../scenario.ts";
import {
  afflict,
  heal,
  IN_WORDS,
  knowsServer,
  SEEN_BY,
  type ServerFault,
  untriable,
} from "./server-faults.ts";

/** Longer than checks and their retries take by far. */
const PATIENCE_MS = 60_000;

const REQUESTS = 20;

export const healthCheck: Scenario = {
  title: "a server that fails its check gets no more requests, and some again when it passes",
  async run(lab) {
    const chosen = chooseServices(lab);
    if (chosen.length === 0) return;
    await lab.bringUp();
    for (const service of chosen) await tryCheck(lab, service);
    for (const service of lab.spec.services.filter((each) => hasSorryOfItsOwn(lab, each)))
      await sayingSorry(lab, service);
  },
};

type Checked = LabService & { readonly check: LabCheck };

function isChecked(service: LabService): service is Checked {
  return service.check !== null;
}

/** One service for each kind of check; one that shows how requests are spread, where there is any. */
function chooseServices(lab: Lab): Checked[] {
  const checked = lab.spec.services.filter(isChecked).filter((service) => liveServers(service).length > 0);
  if (checked.length === 0)
    lab.omit("cluster", healthCheck.title, "no service with a live server has a check");
  const chosen = new Map<string, Checked>();
  for (const service of checked) {
    const { check, name, servers } = service;
    const reason = untriable(check, servers);
    if (reason !== null)
      lab.omit("cluster", `${name}: a server that fails its ${check.type} check is taken out`, reason);
    if (reason !== null) continue;
    const kind = JSON.stringify(check);
    const known = chosen.get(kind);
    if (known === undefined || (!isSpread(known) && isSpread(service))) chosen.set(kind, service);
  }
  return [...chosen.values()];
}

/** Hashes, and clients that persist, may never ask the victim. */
function isSpread(service: LabService): boolean {
  return (
    service.protocol !== "sctp" &&
    service.ports.length === 1 &&
    service.persistence === null &&
    ["rr", "wrr", "lc", "wlc", "sed", "nq"].includes(service.scheduler) &&
    liveServers(service).length > 1
  );
}

function liveServers({ servers }: LabService): LabServer[] {
  return servers.filter(({ weight }) => weight > 0);
}

async function tryCheck(lab: Lab, service: Checked): Promise<void> {
  const [victim] = liveServers(service);
  if (victim === undefined) return;
  const [first, ...others] = SEEN_BY[service.check.type];
  if (first !== undefined) await failAndReturn(lab, service, victim, first, isSpread(service));
  for (const fault of others) await failAndReturn(lab, service, victim, fault, false);
}

/** All go together, where a program does not know which server it is asked about. */
function victimsOf(service: Checked, victim: LabServer): readonly LabServer[] {
  const { check } = service;
  return check.type === "script" && !knowsServer(check) ? liveServers(service) : [victim];
}

async function failAndReturn(
  lab: Lab,
  service: Checked,
  victim: LabServer,
  fault: ServerFault,
  isWatched: boolean,
): Promise<void> {
  const { name, check } = service;
  const victims = victimsOf(service, victim);
  const hosts = victims.map(({ host }) => host).join(" and ");
  lab.progress(`${name}: ${IN_WORDS[fault]}, ${check.type} check`);
  await afflict(lab, service, [victim], fault);
  const gone = await until(lab, service, victims, false);
  lab.check(hosts, `${name}: ${IN_WORDS[fault]} is taken out`, gone.ok, `${check.type}, ${gone.figure}`);
  const isShared = isWatched && victims.length < liveServers(service).length;
  if (isShared) await reportRequests(lab, service, victim);
  if (isWatched) await reportStatus(lab, service, victim);
  await heal(lab, service, victim);
  const back = await until(lab, service, victims, true);
  const returned = fault === "dead" ? "a server that is back" : `${IN_WORDS[fault]}, and then rightly,`;
  lab.check(hosts, `${name}: ${returned} is taken in`, back.ok, `${check.type}, ${back.figure}`);
  if (isShared) await reportReturn(lab, service, victim);
}

async function reportRequests(lab: Lab, service: LabService, victim: LabServer): Promise<void> {
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
}

async function reportReturn(lab: Lab, service: LabService, victim: LabServer): Promise<void> {
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

/** On a machine that goes on when the servers' services end. */
function hasSorryOfItsOwn(lab: Lab, service: LabService): service is Checked {
  const { sorry, servers } = service;
  if (!isChecked(service) || !isSpread(service) || untriable(service.check, servers) !== null) return false;
  return sorry !== null && servers.every(({ host }) => host !== sorry.host) && lab.machines.has(sorry.host);
}

async function sayingSorry(lab: Lab, service: Checked): Promise<void> {
  const { sorry, servers, name, check } = service;
  const [fault] = SEEN_BY[check.type];
  if (sorry === null || fault === undefined) return;
  await afflict(lab, service, servers, fault);
  const gone = await until(lab, service, [sorry], true);
  lab.check(sorry.host, `${name}: the sorry server answers when all are gone`, gone.ok, gone.figure);
  await answeredBy(lab, service, "requests are answered by the sorry server alone", [sorry]);
  for (const server of servers) await heal(lab, service, server);
  const back = await until(lab, service, [sorry], false);
  lab.check(sorry.host, `${name}: the sorry server goes when others are back`, back.ok, back.figure);
  // It goes when the first of them is back.
  await until(lab, service, servers, true);
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

/** Waits until all directors have all of the servers, or none of them. Where several announce, one that is out has weight 0. */
async function until(
  lab: Lab,
  service: LabService,
  servers: readonly LabServer[],
  wanted: boolean,
): Promise<{ ok: boolean; figure: string }> {
  const begin = Date.now();
  const agree = async (): Promise<boolean> => {
    for (const { machine } of lab.directors)
      for (const server of servers) {
        const weight = await weightOf(machine, service, server);
        if ((weight !== null && (weight > 0 || server.weight === 0)) !== wanted) return false;
      }
    return true;
  };
  const ok = await waitFor(agree, "the directors", PATIENCE_MS).then(
    () => true,
    () => false,
  );
  return { ok, figure: ok ? `after ${((Date.now() - begin) / 1000).toFixed(1)} s` : "never" };
}
