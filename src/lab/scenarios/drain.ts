/** A server of weight 0 finishes its connections and gets no new ones; weight 1 brings it back. */

import { endpoint } from "../../base/endpoint.ts";
import type { Channel } from "../guest/channel.ts";
import { type Lab, say } from "../guest/lab.ts";
import type { LongReport } from "../guest/long-connection.ts";
import { peerOf, type ScriptRun } from "../guest/machine.ts";
import { sumOf, type Tally } from "../guest/tally.ts";
import type { LabServer, LabService } from "../spec.ts";
import { drainedScript } from "./drained-script.ts";
import type { Scenario } from "./scenario.ts";

export const drain: Scenario = {
  title: "weight 0 finishes old connections and takes no new ones",
  async run(lab) {
    await lab.bringUp();
    const service = lab.spec.services.find(
      (candidate) => candidate.protocol === "tcp" && liveServers(candidate).length > 1,
    );
    if (!service) {
      lab.omit("cluster", drain.title, "no TCP service has two live servers");
      return;
    }
    await drainOne(lab, service);
  },
};

async function drainOne(lab: Lab, service: LabService): Promise<void> {
  const client = lab.clientOf(service);
  const peer = peerOf(service);
  const traffic = await lab.traffic(client);
  const { key, server } = await traffic.ask<{ key: number; server: string }>({
    op: "long-open",
    peer,
  });
  const drained = service.servers.find((candidate) => candidate.host === server);
  if (!drained) throw new Error(`${server} answered and is no server of ${service.name}`);

  for (const run of directorsOf(lab, service)) await drainServer(lab, run, service, drained);
  const without = await traffic.ask<Tally>({ op: "requests", peers: [peer], count: 20 });
  const late = without.servers[server] ?? 0;
  const errors = sumOf(without.errors);
  lab.check(
    server,
    "a drained server gets no new connection",
    late === 0 && errors === 0,
    `${late} of 20, ${errors} errors`,
    JSON.stringify(without),
  );
  const report = await traffic.ask<LongReport>({ op: "long-close", key });
  lab.check(
    server,
    "a drained server finishes its connection",
    report.error === "",
    `${report.exchanges} exchanges`,
    report.error,
  );

  await reapply(lab, service);
  await checkReturn(lab, service, traffic, server);
}

/** Installs the script of the topology in which the server has weight 0, and reloads. */
async function drainServer(lab: Lab, run: ScriptRun, service: LabService, server: LabServer): Promise<void> {
  const text = drainedScript(run.text, service, server);
  if (text === null) return drainByHand(run, service, server);
  run.machine.namespace.installText(text, run.script.name);
  const result = await run.run("reload");
  lab.check(run.label, "reload drains the server", result.code === 0, `exit ${result.code}`, say(result));
}

/** Somebody's own script. */
async function drainByHand(run: ScriptRun, service: LabService, server: LabServer): Promise<void> {
  const method = { dr: "-g", nat: "-m", tun: "-i" }[server.forwarding];
  const virtual = endpoint(service.vip, service.ports[0] ?? 0);
  const real = endpoint(server.address, server.port);
  const change = ["ipvsadm", "-e", "-t", virtual, "-r", real, method, "-w", "0"];
  const result = await run.machine.run(change);
  if (result.code !== 0) throw new Error(`${run.label}: ${say(result)}`);
}

/** The script of the topology as it is notices the weight, and puts it back. */
async function reapply(lab: Lab, service: LabService): Promise<void> {
  for (const run of directorsOf(lab, service)) {
    run.machine.namespace.install(run.script.source, run.script.name);
    const check = await run.run("check");
    lab.check(
      run.label,
      "check notices a weight that is not the topology's",
      check.code === 1,
      `exit ${check.code}`,
      say(check),
    );
    const start = await run.run("start");
    lab.check(run.label, "start puts the weight back", start.code === 0, `exit ${start.code}`, say(start));
  }
}

async function checkReturn(lab: Lab, service: LabService, traffic: Channel, server: string): Promise<void> {
  const back = await traffic.ask<Tally>({ op: "requests", peers: [peerOf(service)], count: 20 });
  const hash = ["sh", "dh", "mh", "lblc", "lblcr"].includes(service.scheduler);
  const count = back.servers[server] ?? 0;
  lab.check(
    server,
    "a server of weight 1 gets connections again",
    hash || count > 0,
    `${count} of 20`,
    JSON.stringify(back),
  );
}

function directorsOf(lab: Lab, service: LabService): ScriptRun[] {
  return lab.directors.filter((run) => service.directors.includes(run.machine.name));
}

function liveServers(service: LabService): LabServer[] {
  return service.servers.filter((server) => server.weight > 0);
}
