/** A cluster whose topology changes step by step: each step changes the difference, and nothing else. */

import { compareAll, type Lab, say } from "../../../src/lab/guest/lab.ts";
import type { LongReport } from "../../../src/lab/guest/long-connection.ts";
import type { Tally } from "../../../src/lab/guest/tally.ts";
import type { Scenario } from "../../../src/lab/scenarios/scenario.ts";
import type { LabSpec } from "../../../src/lab/spec.ts";
import { type Changes, steps } from "./steps.ts";

const roles: Readonly<Record<string, string>> = { dr1: "lvs_dr.sh", dr2: "lvs_dr.sh" };

export const changes: Scenario = {
  title: "a changed topology changes the difference only",
  async run(lab) {
    const { folders } = (lab.spec as LabSpec & { readonly changes: Changes }).changes;
    const client = lab.machine(lab.spec.services[0]?.client ?? "");
    const traffic = await lab.traffic(client);
    const peer = (address: string) => ({ address, port: 80, protocol: "tcp" });
    const before = await lab.snapshots();
    let opened: { key: number } | null = null;

    for (const { name, expected, answers, vip, silent } of steps) {
      for (const [host, lines] of Object.entries(expected)) {
        const script = `${folders[name]}/${host}/${roles[host] ?? "lvs_rs.sh"}`;
        const verb = lines === "stop" ? "stop" : "start";
        const machine = lab.machine(host);
        // A host that lost its role runs the script it has.
        const file = verb === "stop" ? `/run/installed-${roles[host] ?? "lvs_rs.sh"}` : script;
        if (verb === "start")
          await machine.run(["cp", script, `/run/installed-${roles[host] ?? "lvs_rs.sh"}`]);
        const result = await machine.run([...machine.host.interpreter, file, verb]);
        lab.check(host, `${name}: ${verb} exits 0`, result.code === 0, `exit ${result.code}`, say(result));
        if (lines === "stop") continue;
        const changed = result.stderr
          .split("\n")
          // A scheduler's module stays loaded, so whether it is loaded now depends on who came before.
          .filter((line) => line.startsWith("+ ") && !line.startsWith("+ modprobe"))
          // Habets's arping is told otherwise what iputils's does by itself.
          .map((line) => line.replace(/ -S \S+ -i /, " -I "));
        const same = JSON.stringify(changed) === JSON.stringify(lines);
        lab.check(host, `${name}: only the difference`, same, `${changed.length} changes`, say(result));
        const again = await machine.run([...machine.host.interpreter, file, "check"]);
        lab.check(host, `${name}: converged`, again.code === 0, `exit ${again.code}`, say(again));
      }
      const tally = await traffic.ask<Tally>({ op: "requests", peers: [peer(vip)], count: 12 });
      const figure = sortedJson(tally.servers);
      const fair = figure === sortedJson(answers) && Object.keys(tally.errors).length === 0;
      lab.check("client", `${name}: requests`, fair, figure, JSON.stringify({ tally, answers }));
      if (silent !== undefined) await checkSilent(lab, client.name, name, silent);
      opened ??= await traffic.ask<{ key: number }>({ op: "long-open", peer: peer(vip) });
      if (name === "removed") {
        const report = await traffic.ask<LongReport>({ op: "long-close", key: opened.key });
        lab.check(
          "client",
          "a connection lives through the changes",
          report.error === "",
          `${report.exchanges} exchanges`,
          report.error,
        );
      }
    }
    await checkMove(lab, folders);
    for (const host of ["dr2", "rs1", "rs2"]) {
      const machine = lab.machine(host);
      await machine.run([
        ...machine.host.interpreter,
        `/run/installed-${roles[host] ?? "lvs_rs.sh"}`,
        "stop",
      ]);
    }
    for (const [host, difference] of compareAll(before, await lab.snapshots())) {
      lab.check(
        host,
        "after all, stop restores",
        difference === "",
        difference === "" ? "identical" : "differs",
        difference,
      );
    }
  },
};

/** Nobody answers for a VIP that is gone. */
async function checkSilent(lab: Lab, client: string, step: string, vip: string): Promise<void> {
  const machine = lab.machine(client);
  await machine.run(["ip", "neigh", "flush", "all"]);
  const result = await machine.run([
    "arping",
    "-c",
    "2",
    "-w",
    "2",
    "-I",
    machine.host.interfaces[0]?.name ?? "",
    vip,
  ]);
  lab.check(
    client,
    `${step}: nobody answers for ${vip} any more`,
    result.code !== 0,
    `exit ${result.code}`,
    say(result),
  );
}

/** The VIP moves to another director: a client whose ARP cache is warm follows, before it would give up. */
async function checkMove(lab: Lab, folders: Changes["folders"]): Promise<void> {
  const service = lab.spec.services[0];
  if (!service) throw new Error("no service");
  const traffic = await lab.traffic(lab.clientOf(service));
  const peer = { address: "10.9.0.201", port: 80, protocol: "tcp" };
  await traffic.ask<Tally>({ op: "requests", peers: [peer], count: 4 });
  const [dr1, dr2] = [lab.machine("dr1"), lab.machine("dr2")];
  const stop = await dr1.run([...dr1.host.interpreter, "/run/installed-lvs_dr.sh", "stop"]);
  lab.check("dr1", "director moved: stop exits 0", stop.code === 0, `exit ${stop.code}`, say(stop));
  await dr2.run(["cp", `${folders["director moved"]}/dr2/lvs_dr.sh`, "/run/installed-lvs_dr.sh"]);
  const start = await dr2.run([...dr2.host.interpreter, "/run/installed-lvs_dr.sh", "start"]);
  lab.check("dr2", "director moved: start exits 0", start.code === 0, `exit ${start.code}`, say(start));
  const tally = await traffic.ask<Tally>({ op: "requests", peers: [peer], count: 10 });
  const failed = Object.keys(tally.errors).length > 0;
  lab.check(
    "client",
    "director moved: a warm ARP cache follows",
    !failed,
    "10 requests",
    JSON.stringify(tally),
  );
}

function sortedJson(counts: Readonly<Record<string, number>>): string {
  return JSON.stringify(Object.entries(counts).sort());
}
