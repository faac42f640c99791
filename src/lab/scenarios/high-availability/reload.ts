/** A changed configuration is reloaded under load, and the old one again: no request fails. */

import { readFileSync } from "node:fs";
import { weightOf } from "../../guest/director-state.ts";
import { type Lab, say } from "../../guest/lab.ts";
import { peerOf, type ScriptRun } from "../../guest/machine.ts";
import { requestsOf, sumOf, type Tally } from "../../guest/tally.ts";
import { waitFor } from "../../guest/wait.ts";
import type { LabServer, LabService } from "../../spec.ts";
import type { Scenario } from "../scenario.ts";
import { drainedConfig, type Files } from "./drained-config.ts";

const CONNECTIONS = 8;
const PATIENCE_MS = 60_000;

export const reload: Scenario = {
  title: "a changed configuration is reloaded under load: no request fails",
  async run(lab) {
    const service = lab.spec.services.find(
      ({ protocol, servers, ports }) =>
        protocol === "tcp" && ports.length === 1 && servers.filter(({ weight }) => weight > 0).length > 1,
    );
    const drained = service?.servers.find(({ weight }) => weight > 0);
    if (!service || !drained) {
      lab.omit("cluster", reload.title, "no TCP service has two live servers");
      return;
    }
    await lab.bringUp();
    const before = lab.directors.map(keepalivedOf);
    const traffic = await lab.traffic(lab.clientOf(service));
    await traffic.ask({ op: "load-start", peers: [peerOf(service)], connections: CONNECTIONS });
    for (const [weight, change] of [
      [0, (files: Files) => drainedConfig(files, service, drained)],
      [drained.weight, (files: Files) => files],
    ] as const) {
      for (const run of lab.directors) await reloadWith(lab, run, change(filesOf(run)));
      await waitForWeight(lab, service, drained, weight);
      await goesOn(traffic);
    }
    const tally = await traffic.ask<Tally>({ op: "load-stop" });
    const errors = sumOf(tally.errors);
    lab.check(
      lab.clientOf(service).name,
      "no request fails while configurations are reloaded",
      errors === 0,
      `${errors} errors in ${requestsOf(tally)} requests`,
      JSON.stringify(tally.errors),
    );
    for (const [index, run] of lab.directors.entries()) {
      const same = keepalivedOf(run) === before[index];
      lab.check(
        run.machine.name,
        "keepalived is reloaded, not restarted",
        same,
        same ? "the same process" : "another",
      );
    }
  },
};

/** Its process, by number. */
function keepalivedOf({ machine }: ScriptRun): string {
  return machine.namespace.readFiles("/run").get("keepalived.pid") ?? "";
}

/** The files as they were shipped. */
function filesOf({ machine, text }: ScriptRun): Files {
  const [file] = machine.host.files;
  return { config: file === undefined ? "" : readFileSync(file.source, "utf8"), script: text };
}

async function reloadWith(lab: Lab, run: ScriptRun, { config, script }: Files): Promise<void> {
  const { namespace, host } = run.machine;
  // keepalived.conf is the first.
  for (const file of host.files.slice(0, 1)) namespace.bring(file, config);
  namespace.installText(script, run.script.name);
  const result = await run.run("reload");
  lab.check(
    run.label,
    "reload takes the changed configuration",
    result.code === 0,
    `exit ${result.code}`,
    say(result),
  );
}

async function waitForWeight(
  lab: Lab,
  service: LabService,
  server: LabServer,
  wanted: number,
): Promise<void> {
  const agree = async (): Promise<boolean> => {
    for (const { machine } of lab.directors)
      if ((await weightOf(machine, service, server)) !== wanted) return false;
    return true;
  };
  await waitFor(agree, `${server.host} to have the weight ${wanted} at every director`, PATIENCE_MS);
}

/** Until as many requests were answered as there are connections, or one has failed. */
async function goesOn(traffic: Awaited<ReturnType<Lab["traffic"]>>): Promise<void> {
  const load = (): Promise<Tally> => traffic.ask<Tally>({ op: "load-tally" });
  const before = requestsOf(await load());
  await waitFor(
    async () => {
      const now = await load();
      return sumOf(now.errors) > 0 || requestsOf(now) >= before + CONNECTIONS;
    },
    "requests that are answered",
    PATIENCE_MS,
  );
}
