/** Requests are spread the way the scheduler and the weights promise. */

import type { Tally } from "../guest/client.ts";
import type { Lab } from "../guest/lab.ts";
import { targetOf } from "../guest/machine.ts";
import type { LabService } from "../spec.ts";
import { expectedShares, requestCount } from "./expectation.ts";
import type { Scenario } from "./scenario.ts";

export const balance: Scenario = {
  title: "requests are spread as scheduler and weights promise",
  async run(lab) {
    await lab.bringUp();
    for (const service of lab.spec.services) await checkService(lab, service);
  },
};

async function checkService(lab: Lab, service: LabService): Promise<void> {
  const name = `${service.name} is balanced as ${service.scheduler} promises`;
  if (service.protocol === "sctp") {
    lab.check(service.client, `${service.name}: SCTP traffic is not sent by this lab`, true, "skipped");
    return;
  }
  const count = requestCount(service);
  const traffic = await lab.traffic(lab.clientOf(service));
  const tally = await traffic.ask<Tally>({ op: "requests", target: targetOf(service), count });
  const problems = compare(service, tally, count);
  const detail = problems.length === 0 ? "" : `${problems.join("\n")}\n${await tableOf(lab, service)}`;
  lab.check(service.client, name, problems.length === 0, figure(service, tally), detail);
}

/** Counts in the servers' order: `10/10`, with errors behind. */
function figure(service: LabService, tally: Tally): string {
  const counts = service.servers.map((server) => tally.servers[server.host] ?? 0).join("/");
  const errors = Object.entries(tally.errors).map(([code, times]) => `${times} ${code}`);
  return errors.length === 0 ? counts : `${counts}, ${errors.join(", ")}`;
}

function compare(service: LabService, tally: Tally, count: number): string[] {
  const problems = Object.entries(tally.errors).map(
    ([code, times]) => `${times} of ${count} requests failed: ${code}`,
  );
  const shares = expectedShares(service, count);
  for (const server of service.servers) {
    const got = tally.servers[server.host] ?? 0;
    const share = shares.get(server.host);
    if (share && (got < share.least || got > share.most)) {
      problems.push(
        `${server.host} answered ${got} of ${count} requests, expected ${share.least} to ${share.most}`,
      );
    }
  }
  const known = new Set(service.servers.map((server) => server.host));
  for (const stranger of Object.keys(tally.servers))
    if (!known.has(stranger)) problems.push(`${stranger} answered and is no server of it`);
  return problems;
}

/** The directors' IPVS tables, for the reader of a failure. */
async function tableOf(lab: Lab, service: LabService): Promise<string> {
  const tables = await Promise.all(
    service.directors.map((name) => lab.machine(name).run(["ipvsadm", "-Ln"])),
  );
  return tables.map((table, index) => `${service.directors[index]}:\n${table.stdout}`).join("");
}
