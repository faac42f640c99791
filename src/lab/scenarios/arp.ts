/** Only the director ever claims a VIP, with a pause before and after every change; after stop nobody does. */

import { join } from "node:path";
import { ArpWatch } from "../guest/arp-watch.ts";
import { Gate } from "../guest/gate.ts";
import type { Lab } from "../guest/lab.ts";
import { type Machine, peerOf, type ScriptRun, type Verb } from "../guest/machine.ts";
import { waitFor } from "../guest/wait.ts";
import { pausing } from "../guest/wrappers.ts";
import type { LabService } from "../spec.ts";
import type { Scenario } from "./scenario.ts";

export const arp: Scenario = {
  title: "only the director answers ARP for a VIP, at every moment",
  async run(lab) {
    const clients = [...new Set(lab.spec.services.map((service) => lab.clientOf(service)))];
    const segments: Segment[] = [];
    const ask = async (): Promise<void> => {
      for (const { client, vips } of segments) await askFor(client, vips);
    };
    const gate = new Gate(join(lab.work, "gate"), ask);
    try {
      for (const client of clients) segments.push(await watch(lab, client));
      for (const run of lab.scripts) await runPaused(lab, gate, run, "start", ask);
      for (const segment of segments) await resolveClients(lab, segment.services);
      for (const segment of segments) await checkClaims(lab, segment, "start");
      for (const run of lab.scripts) await runPaused(lab, gate, run, "stop", ask);
      for (const segment of segments) await checkClaims(lab, segment, "stop");
      for (const segment of segments) await checkSilence(lab, segment);
    } finally {
      await gate.close();
      for (const { watch } of segments) await watch.stop();
    }
  },
};

/** Programs that change addresses, links and sysctls. */
const CHANGERS = ["ip", "ifconfig", "route", "ifup", "ifdown", "sysctl"];

/** A client's wire, and what it reaches over it. */
interface Segment {
  readonly client: Machine;
  readonly services: readonly LabService[];
  readonly vips: readonly string[];
  readonly watch: ArpWatch;
}

async function watch(lab: Lab, client: Machine): Promise<Segment> {
  const services = lab.spec.services.filter((service) => service.client === client.name);
  const vips = [...new Set(services.map(({ vip }) => vip))];
  await lab.traffic(client);
  return { client, services, vips, watch: await ArpWatch.start(client.namespace) };
}

async function runPaused(
  lab: Lab,
  gate: Gate,
  run: ScriptRun,
  verb: Verb,
  ask: () => Promise<void>,
): Promise<void> {
  lab.progress(`${run.label} ${verb}`);
  const { toolbox } = run.machine.namespace;
  for (const program of CHANGERS) toolbox.replace(program, pausing(program, gate.path));
  const running = run.run(verb);
  await running;
  toolbox.reset();
  await ask();
}

/** Makes the client's kernel ask for every VIP: its entry goes, a datagram needs it again. */
async function askFor(client: Machine, addresses: readonly string[]): Promise<void> {
  await client.run(["ip", "neigh", "flush", "all"]);
  await (await client.traffic()).ask({ op: "poke", addresses });
}

/** Real servers must resolve the client while they answer from the VIP: their requests must not name it. */
async function resolveClients(lab: Lab, services: readonly LabService[]): Promise<void> {
  for (const machine of lab.managed) await machine.run(["ip", "neigh", "flush", "all"]);
  for (const service of services) {
    await (await lab.clientOf(service).traffic()).ask({
      op: "requests",
      peers: [peerOf(service)],
      count: service.servers.length * 2,
    });
  }
}

/** Packets are seen in order: when a later question has been seen, so has everything before it. */
async function settle(client: Machine, watch: ArpWatch): Promise<void> {
  const sentinel = client.host.unused;
  const before = watch.asked.get(sentinel) ?? 0;
  await askFor(client, [sentinel]);
  await waitFor(() => (watch.asked.get(sentinel) ?? 0) > before, "the ARP listener");
}

async function checkClaims(lab: Lab, { client, services, vips, watch }: Segment, verb: Verb): Promise<void> {
  await settle(client, watch);
  const all = watch.takeClaims();
  const owners = new Map(
    lab.spec.hosts.flatMap((host) => host.interfaces.map((wired) => [wired.mac, host.name] as const)),
  );
  for (const vip of vips) {
    const directors = new Set(
      services.filter((service) => service.vip === vip).flatMap((service) => service.directors),
    );
    const claims = all.filter((claim) => claim.address === vip);
    const strangers = claims.filter((claim) => !directors.has(owners.get(claim.mac) ?? ""));
    const lines = strangers.map(
      (claim) => `ARP ${claim.kind} for ${vip} from ${owners.get(claim.mac) ?? claim.mac}`,
    );
    if (claims.length === 0) lines.push("nobody ever answered");
    const name = `only the director claims the VIP while scripts ${verb}`;
    lab.check(
      vip,
      name,
      lines.length === 0,
      `${strangers.length} of ${claims.length} claims from others`,
      countEqual(lines),
    );
  }
}

function countEqual(lines: readonly string[]): string {
  return [...new Set(lines)]
    .map((line) => `${lines.filter((other) => other === line).length} x ${line}`)
    .join("\n");
}

async function checkSilence(lab: Lab, { client, vips, watch }: Segment): Promise<void> {
  for (let times = 0; times < 3; times++) await askFor(client, vips);
  await settle(client, watch);
  const late = watch.takeClaims().filter((claim) => vips.includes(claim.address));
  const detail = late.map((claim) => `${claim.address} is at ${claim.mac}`).join("\n");
  lab.check(
    client.name,
    "nobody answers for a VIP after stop",
    late.length === 0,
    `${late.length} answers`,
    detail,
  );
}
