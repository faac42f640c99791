/** Scripts are applied again and again under load: no request fails, an open connection stays open. */

import { join } from "node:path";
import { Gate } from "../guest/gate.ts";
import { type Failure, type Lab, say } from "../guest/lab.ts";
import type { LongReport } from "../guest/long-connection.ts";
import { type Machine, peerOf, type ScriptRun } from "../guest/machine.ts";
import { requestsOf, sumOf, type Tally } from "../guest/tally.ts";
import { waitFor } from "../guest/wait.ts";
import { pausing } from "../guest/wrappers.ts";
import type { LabService } from "../spec.ts";
import type { Scenario } from "./scenario.ts";

const ROUNDS = 20;
const CONNECTIONS = 8;
/** Longer than a request may take: it has failed by then. */
const PATIENCE_MS = 60_000;

export const reapplyUnderLoad: Scenario = {
  title: `${ROUNDS} re-applies under a load of ${CONNECTIONS} connections: no error`,
  async run(lab) {
    const { tallies, failures } = await reapply(lab);
    for (const [client, tally] of tallies) reportLoad(lab, client, tally);
    reportFailures(lab, failures);
  },
};

export const longConnection: Scenario = {
  title: `one TCP connection stays usable across ${ROUNDS} re-applies`,
  async run(lab) {
    const { connections } = await reapply(lab);
    for (const { service, client, report } of connections) {
      const name = `${service.name}: an open connection stays usable`;
      const detail = `${report.error} on the connection to ${report.server}`;
      lab.check(client.name, name, report.error === "", `${report.exchanges} exchanges`, detail);
    }
  },
};

interface Outcome {
  readonly failures: readonly Failure[];
  readonly tallies: ReadonlyMap<Machine, Tally>;
  readonly connections: readonly { service: LabService; client: Machine; report: LongReport }[];
}

/** The re-applies serve both scenarios: one watches new connections, the other an old one. */
const outcomes = new WeakMap<Lab, Promise<Outcome>>();

function reapply(lab: Lab): Promise<Outcome> {
  const outcome = outcomes.get(lab) ?? reapplyWatched(lab);
  outcomes.set(lab, outcome);
  return outcome;
}

async function reapplyWatched(lab: Lab): Promise<Outcome> {
  await lab.bringUp();
  const open: { service: LabService; client: Machine; key: number }[] = [];
  const loads = new Map<Machine, LabService[]>();
  for (const service of trafficServices(lab)) {
    const client = lab.clientOf(service);
    loads.set(client, [...(loads.get(client) ?? []), service]);
    if (service.protocol !== "tcp") continue;
    const { key } = await (await lab.traffic(client)).ask<{ key: number }>({
      op: "long-open",
      peer: peerOf(service),
    });
    open.push({ service, client, key });
  }
  for (const [client, services] of loads) {
    const request = {
      op: "load-start",
      peers: services.map((service) => ({ ...peerOf(service), label: service.name })),
      connections: CONNECTIONS,
    };
    await (await lab.traffic(client)).ask(request);
  }
  const failures = await applyAgain(lab, [...loads.keys()]);
  const tallies = new Map<Machine, Tally>();
  for (const client of loads.keys())
    tallies.set(client, await (await client.traffic()).ask<Tally>({ op: "load-stop" }));
  const connections: { service: LabService; client: Machine; report: LongReport }[] = [];
  for (const { service, client, key } of open) {
    const report = await (await client.traffic()).ask<LongReport>({ op: "long-close", key });
    connections.push({ service, client, report });
  }
  return { failures, tallies, connections };
}

/** Services somebody answers for. */
function trafficServices(lab: Lab): LabService[] {
  const isServed = (service: LabService): boolean => service.servers.some((server) => server.weight > 0);
  return lab.spec.services.filter((service) => service.protocol !== "sctp" && isServed(service));
}

async function applyAgain(lab: Lab, clients: readonly Machine[]): Promise<Failure[]> {
  const failures: Failure[] = [];
  for (let round = 1; round <= ROUNDS; round++) {
    lab.progress(`re-apply ${round} of ${ROUNDS}`);
    const before = new Map<Machine, number>();
    for (const client of clients) before.set(client, requestsOf(await loadOf(client)));
    // The first round is watched at every change.
    failures.push(...(round === 1 ? await startWatched(lab, clients) : await lab.startAll()));
    for (const client of clients) await loadGoesOn(client, before.get(client) ?? 0);
  }
  return failures;
}

/** Programs that change what a request meets. */
const CHANGERS = ["ipvsadm", "ip", "nft", "iptables", "ip6tables"];

/** Each client sends a request to each of its services before and after every command that may change something. */
async function startWatched(lab: Lab, clients: readonly Machine[]): Promise<Failure[]> {
  const gate = new Gate(join(lab.work, "gate"), async () => {
    for (const client of clients) await (await client.traffic()).ask({ op: "load-once" });
  });
  const replace = ({ machine, programs }: ScriptRun): void => {
    const { toolbox } = machine.namespace;
    for (const program of programs.filter((name) => CHANGERS.includes(name)))
      toolbox.replace(program, pausing(program, gate.path));
  };
  try {
    for (const run of lab.scripts) replace(run);
    return await lab.startAll();
  } finally {
    for (const { machine } of lab.scripts) machine.namespace.toolbox.reset();
    await gate.close();
  }
}

async function loadOf(client: Machine): Promise<Tally> {
  return (await client.traffic()).ask<Tally>({ op: "load-tally" });
}

/** The load is counted, not timed: a round lasts until as many requests were answered as there are connections. */
async function loadGoesOn(client: Machine, before: number): Promise<void> {
  await waitFor(
    async () => {
      const load = await loadOf(client);
      return sumOf(load.errors) > 0 || requestsOf(load) >= before + CONNECTIONS;
    },
    "requests that are answered",
    PATIENCE_MS,
  );
}

function reportLoad(lab: Lab, client: Machine, tally: Tally): void {
  const all = requestsOf(tally);
  const errors = sumOf(tally.errors);
  const detail = Object.entries(tally.errors).map(([code, count]) => `${count} ${code}`);
  const ok = errors === 0 && all >= ROUNDS * CONNECTIONS;
  lab.check(
    client.name,
    "no request fails while scripts are applied again",
    ok,
    `${errors} errors in ${all} requests`,
    detail.join("\n"),
  );
}

function reportFailures(lab: Lab, failures: readonly Failure[]): void {
  const runs = ROUNDS * lab.scripts.length;
  const detail = failures.map(({ label, result }) => `${label}: ${say(result)}`).slice(0, 3);
  lab.check(
    "scripts",
    "every re-apply exits 0",
    failures.length === 0,
    `${runs - failures.length} of ${runs}`,
    detail.join("\n"),
  );
}
