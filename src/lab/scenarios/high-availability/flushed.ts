/**
 * Somebody clears the IPVS table, as kube-proxy's clean-up does: keepalived does not notice, and keeps the VIP. The
 * scripts do notice, on the backup as on the master.
 */

import { holdersOf } from "../../guest/director-state.ts";
import { type Lab, say } from "../../guest/lab.ts";
import { peerOf, type ScriptRun, type Verb } from "../../guest/machine.ts";
import { sumOf, type Tally } from "../../guest/tally.ts";
import type { LabService } from "../../spec.ts";
import type { Scenario } from "../scenario.ts";

const REQUESTS = 10;

export const flushed: Scenario = {
  title: "a cleared IPVS table is found on master and backup, and reload brings its services back",
  async run(lab) {
    const service = lab.spec.services.find(({ protocol, ports }) => protocol === "tcp" && ports.length === 1);
    if (!service) {
      lab.omit("cluster", flushed.title, "there is no TCP service");
      return;
    }
    if (!(await lab.bringUp())) return;
    const holders = await holdersOf(lab, service);
    // The backup first: on the master it ends in an election.
    const [backup] = lab.directors.filter(({ machine }) => !holders.includes(machine));
    const [master] = lab.directors.filter(({ machine }) => holders.includes(machine));
    const repaired = [
      backup === undefined || (await clear(lab, backup, "backup", findByCheck)),
      master === undefined || (await clear(lab, master, "master", findByStatus)),
    ];
    if (repaired.includes(false)) return;
    await lab.settle();
    await reportService(lab, service);
  },
};

interface Look {
  readonly verb: Verb;
  readonly code: number;
  readonly words: RegExp;
}

const findByCheck: Look = {
  verb: "check",
  code: 1,
  words: /would restart keepalived: its service .+ is not in the IPVS table/,
};
const findByStatus: Look = { verb: "status", code: 150, words: /partly running/ };
const repair: Look = { verb: "reload", code: 0, words: /started, changes/ };
const content: Look = { verb: "check", code: 0, words: /as it should be/ };

/** @returns whether the services are there again */
async function clear(lab: Lab, run: ScriptRun, state: string, find: Look): Promise<boolean> {
  const says = async ({ verb, code, words }: Look, name: string): Promise<boolean> => {
    const result = await run.run(verb);
    const ok = result.code === code && words.test(result.stdout);
    return lab.check(run.label, `${state}: ${name}`, ok, `exit ${result.code}`, say(result));
  };
  await run.machine.run(["ipvsadm", "-C"]);
  const found = await says(find, `${find.verb} finds a cleared table`);
  const repaired = await says(repair, "reload repairs a cleared table");
  return (await says(content, "check is content when reload has ended")) && found && repaired;
}

async function reportService(lab: Lab, service: LabService): Promise<void> {
  const client = lab.clientOf(service);
  const traffic = await lab.traffic(client);
  const tally = await traffic.ask<Tally>({ op: "requests", peers: [peerOf(service)], count: REQUESTS });
  const errors = sumOf(tally.errors);
  const served = sumOf(tally.servers);
  lab.check(
    client.name,
    "clients are served when a table was cleared and repaired",
    errors === 0 && served > 0,
    `${errors} errors in ${served + errors} requests`,
    JSON.stringify(tally.errors),
  );
}
