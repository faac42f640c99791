/** Scripts are applied again and again under load: no request fails, an open connection stays open. */

import type { Tally } from "../guest/client.ts";
import { type Failure, type Lab, say } from "../guest/lab.ts";
import type { LongReport } from "../guest/long-connection.ts";
import { type Machine, targetOf } from "../guest/machine.ts";
import type { LabService } from "../spec.ts";
import type { Scenario } from "./scenario.ts";

const ROUNDS = 20;
const CONNECTIONS = 8;

export const reapplyUnderLoad: Scenario = {
  title: `${ROUNDS} re-applies under a load of ${CONNECTIONS} connections: no error`,
  async run(lab) {
    await lab.bringUp();
    const loads = new Map<Machine, LabService[]>();
    for (const service of trafficServices(lab)) {
      const client = lab.clientOf(service);
      loads.set(client, [...(loads.get(client) ?? []), service]);
    }
    for (const [client, services] of loads) {
      await client.channel.ask({
        op: "load-start",
        targets: services.map(targetOf),
        connections: CONNECTIONS,
      });
    }
    const failures = await applyAgain(lab);
    for (const client of loads.keys())
      reportLoad(lab, client, await client.channel.ask<Tally>({ op: "load-stop" }));
    reportFailures(lab, failures);
  },
};

export const longConnection: Scenario = {
  title: `one TCP connection stays usable across ${ROUNDS} re-applies`,
  async run(lab) {
    await lab.bringUp();
    const open: { service: LabService; client: Machine; key: number }[] = [];
    for (const service of trafficServices(lab).filter((candidate) => candidate.protocol === "tcp")) {
      const client = lab.clientOf(service);
      const { key } = await client.channel.ask<{ key: number }>({
        op: "long-open",
        target: targetOf(service),
      });
      open.push({ service, client, key });
    }
    const failures = await applyAgain(lab);
    for (const { service, client, key } of open) {
      const report = await client.channel.ask<LongReport>({ op: "long-close", key });
      const figure = `${report.exchanges} exchanges`;
      lab.check(
        client.name,
        `${service.name}: an open connection stays usable`,
        report.error === "",
        figure,
        `${report.error} on the connection to ${report.server}`,
      );
    }
    reportFailures(lab, failures);
  },
};

/** Services somebody answers for. */
function trafficServices(lab: Lab): LabService[] {
  return lab.spec.services.filter(
    (service) => service.protocol !== "sctp" && service.servers.some((server) => server.weight > 0),
  );
}

async function applyAgain(lab: Lab): Promise<Failure[]> {
  const failures: Failure[] = [];
  for (let round = 1; round <= ROUNDS; round++) {
    lab.progress(`re-apply ${round} of ${ROUNDS}`);
    failures.push(...(await lab.startAll()));
  }
  return failures;
}

function reportLoad(lab: Lab, client: Machine, tally: Tally): void {
  const errors = Object.values(tally.errors).reduce((sum, count) => sum + count, 0);
  const served = Object.values(tally.servers).reduce((sum, count) => sum + count, 0);
  const detail = Object.entries(tally.errors).map(([code, count]) => `${count} ${code}`);
  const ok = errors === 0 && served > 0;
  lab.check(
    client.name,
    "no request fails while scripts are applied again",
    ok,
    `${errors} errors in ${served + errors} requests`,
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
