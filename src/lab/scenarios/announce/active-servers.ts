/** A server dies, is drained, and is added while several directors are active: only its own connections notice. */

import { weightOf } from "../../guest/director-state.ts";
import { peerOf } from "../../guest/machine.ts";
import { sumOf, type Tally } from "../../guest/tally.ts";
import { waitFor } from "../../guest/wait.ts";
import type { LabServer } from "../../spec.ts";
import { afflict, heal, untriable } from "../high-availability/server-faults.ts";
import type { Scenario } from "../scenario.ts";
import { applyAll, drained, unchanged, without } from "./changed-servers.ts";
import { chosenBy, movedBetween, PORTS } from "./choices.ts";
import {
  ALLOWANCE,
  begin,
  checkCrowd,
  checkSample,
  endCrowd,
  openCrowd,
  sample,
  type Trial,
} from "./trial.ts";

const PATIENCE_MS = 60_000;
const REQUESTS = 60;

export const activeServers: Scenario = {
  title: "when a server dies, is drained or is added, connections to the others go on, and few new ones move",
  async run(lab) {
    const trial = await begin(lab, activeServers.title);
    if (trial === null) return;
    const [victim] = live(trial);
    if (victim === undefined || live(trial).length < 2) {
      lab.omit("cluster", activeServers.title, "it has less than two live servers");
      return;
    }
    await dies(trial, victim);
    await isDrained(trial, victim);
    await isAdded(trial);
  },
};

function live({ service }: Trial): LabServer[] {
  return service.servers.filter(({ weight }) => weight > 0);
}

async function weightIs(trial: Trial, server: LabServer, wanted: number | null): Promise<void> {
  const { directors, service } = trial;
  for (const director of directors)
    await waitFor(
      async () => (await weightOf(director, service, server)) === wanted,
      `${server.host} to have ${wanted === null ? "left" : `the weight ${wanted} at`} ${director.name}`,
      PATIENCE_MS,
    );
}

/** As long as its check takes new connections fail; then it has weight 0, and no director sends it any. */
async function dies(trial: Trial, victim: LabServer): Promise<void> {
  const { lab, service } = trial;
  const { check } = service;
  const reason = check === null ? "its servers have no check" : untriable(check, service.servers);
  if (reason !== null || check === null) {
    lab.omit("cluster", "connections to other servers go on when a server dies", reason ?? "");
    return;
  }
  await openCrowd(trial);
  await afflict(lab, service, [victim], "dead");
  await weightIs(trial, victim, 0);
  const during = await sample(trial, async () =>
    checkCrowd(trial, "connections to other servers go on when a server dies", [victim.host]),
  );
  checkSample(trial, "new connections when a dead server is out", during, 0);
  const back = await sample(trial, async () => {
    await heal(lab, service, victim);
    await weightIs(trial, victim, victim.weight);
    await checkCrowd(trial, "connections to other servers go on when it returns", [victim.host]);
  });
  checkSample(trial, "new connections when a dead server returns", back, ALLOWANCE);
  await endCrowd(trial);
}

/** Its connections finish, and new ones go to the others. */
async function isDrained(trial: Trial, victim: LabServer): Promise<void> {
  const { lab, service } = trial;
  await openCrowd(trial);
  const during = await sample(trial, async () => {
    await applyAll(lab, drained(lab, service, victim), "drains a server");
    await weightIs(trial, victim, 0);
  });
  checkSample(trial, "new connections when a server is drained", during, 0);
  await checkCrowd(trial, "held connections go on when a server is drained");
  await getsNone(trial, victim);
  await applyAll(lab, unchanged, "ends its drain");
  await weightIs(trial, victim, victim.weight);
  await checkCrowd(trial, "held connections go on when it is not drained any more");
  await endCrowd(trial);
}

/** By the routers' own choice: held connections stay at their directors, which alone know them while the server is drained. */
async function getsNone({ lab, client, traffic, service }: Trial, { host }: LabServer): Promise<void> {
  const tally = await traffic.ask<Tally>({ op: "requests", peers: [peerOf(service)], count: REQUESTS });
  const count = tally.servers[host] ?? 0;
  const errors = sumOf(tally.errors);
  const name = "a drained server gets no new connections";
  lab.check(client.name, name, count === 0 && errors === 0, `${count} of ${REQUESTS}, ${errors} errors`);
}

/** mh moves hardly more connections than the new server gets: twice its share is the limit. */
async function isAdded(trial: Trial): Promise<void> {
  const { lab, service, client, directors } = trial;
  const servers = live(trial);
  const added = servers[Math.floor(servers.length / 2)];
  if (added === undefined || servers.length < 3) {
    lab.omit("cluster", "held connections go on when a server is added", "it has less than three servers");
    return;
  }
  await applyAll(lab, without(lab, service, added), "removes a server");
  await weightIs(trial, added, null);
  const [name = ""] = directors.map((director) => director.name);
  const before = await chosenBy(trial, [name]);
  await openCrowd(trial);
  const during = await sample(trial, async () => {
    await applyAll(lab, unchanged, "adds a server");
    await lab.settle();
  });
  checkSample(trial, "new connections when a server is added", during, 0);
  await checkCrowd(trial, "held connections go on when a server is added");
  await endCrowd(trial);
  const moved = movedBetween(before, await chosenBy(trial, [name]));
  const most = Math.floor((2 * PORTS) / servers.length);
  const isMaglev = service.scheduler === "mh";
  if (isMaglev)
    lab.check(
      client.name,
      "a server that is added moves few new connections",
      moved <= most,
      `${moved} of ${PORTS}, at most ${most}`,
    );
  else
    lab.omit(
      "cluster",
      "a server that is added moves few new connections",
      `${service.scheduler} moves most of them`,
    );
}
