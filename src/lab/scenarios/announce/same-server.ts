/** Routers move a connection to another director at any time: every director sends it to the same server, whatever happened before. */

import { waitForWeights } from "../../guest/announced.ts";
import { weightOf } from "../../guest/director-state.ts";
import { type Lab, say } from "../../guest/lab.ts";
import { waitFor } from "../../guest/wait.ts";
import type { LabServer } from "../../spec.ts";
import { afflict, heal, untriable } from "../high-availability/server-faults.ts";
import type { Scenario } from "../scenario.ts";
import { applyAll, unchanged, without } from "./changed-servers.ts";
import { type Choices, checkSame, chosenBy, movedBetween, PORTS } from "./choices.ts";
import { subjectOf, type Trial } from "./trial.ts";

const PATIENCE_MS = 60_000;

export const sameServer: Scenario = {
  title: "each director sends a connection to the same server, after whatever failed, came or was restarted",
  async run(lab) {
    const subject = subjectOf(lab, sameServer.title);
    if (subject === null) return;
    const { scheduler } = subject.service;
    if (scheduler !== "mh" && scheduler !== "sh") {
      lab.omit(
        "cluster",
        sameServer.title,
        `the scheduler ${scheduler} keeps a state of its own in each director`,
      );
      return;
    }
    if (!(await startInDifferingOrder(lab, subject))) return;
    const client = lab.clientOf(subject.service);
    const trial: Trial = { ...subject, lab, client, traffic: await lab.traffic(client) };
    const first = await chosenBy(trial);
    checkSame(trial, "all directors choose the same when first checks pass in differing order", first);
    await downAndUp(trial, first);
    await cameInTheMiddle(trial, first);
    await restarted(trial, first);
  },
};

/** Live servers: those of weight 0 get nothing in any case. */
function live({ service }: Pick<Trial, "service">): LabServer[] {
  return service.servers.filter(({ weight }) => weight > 0);
}

/** Each director reaches another one of the servers last. */
async function startInDifferingOrder(
  lab: Lab,
  subject: Pick<Trial, "service" | "directors">,
): Promise<boolean> {
  const { service, directors } = subject;
  const servers = live(subject);
  if (service.check === null || servers.length < 2) return lab.bringUp();
  const late = new Map(directors.map((director, index) => [director, servers[index % servers.length]]));
  const rule = (verb: "-I" | "-D", { address }: LabServer): string[] => [
    "iptables",
    verb,
    "OUTPUT",
    "-d",
    address,
    "-j",
    "DROP",
  ];
  for (const [director, server] of late) if (server) await director.run(rule("-I", server));
  let isUp = true;
  for (const run of lab.scripts) {
    const result = await run.run("start");
    isUp =
      lab.check(run.label, "start succeeds", result.code === 0, `exit ${result.code}`, say(result)) && isUp;
  }
  await lab.answerers();
  for (const [director, server] of late)
    for (const other of servers.filter((each) => each !== server))
      await waitFor(
        async () => (await weightOf(director, service, other)) === other.weight,
        `${other.host} to pass its first check at ${director.name}`,
        PATIENCE_MS,
      );
  for (const [director, server] of late) if (server) await director.run(rule("-D", server));
  await lab.settle();
  return isUp;
}

async function downAndUp(trial: Trial, first: Choices): Promise<void> {
  const { lab, service, directors } = trial;
  const server = live(trial)[0];
  const name = "all directors choose the same while a server is down, and as before when it is up again";
  const reason =
    service.check === null ? "its servers have no check" : untriable(service.check, service.servers);
  if (server === undefined || live(trial).length < 2 || reason !== null) {
    lab.omit("cluster", name, reason ?? "it has one server");
    return;
  }
  await afflict(lab, service, [server], "dead");
  for (const director of directors)
    await waitFor(
      async () => ((await weightOf(director, service, server)) ?? 0) === 0,
      `${server.host} to be out at ${director.name}`,
      PATIENCE_MS,
    );
  checkSame(trial, "all directors choose the same while a server is down", await chosenBy(trial), [
    server.host,
  ]);
  await heal(lab, service, server);
  await waitForWeights(lab);
  const after = await chosenBy(trial);
  checkSame(trial, "all directors choose the same when it is up again", after);
  checkUnmoved(trial, "they choose as before it was down", first, after);
}

/** It comes to each director in the middle of its list, as a deploy brings it. */
async function cameInTheMiddle(trial: Trial, first: Choices): Promise<void> {
  const { lab, service } = trial;
  const servers = live(trial);
  const added = servers[Math.floor(servers.length / 2)];
  if (added === undefined || servers.length < 3) {
    lab.omit(
      "cluster",
      "all directors choose the same when a server was added",
      "it has less than three servers",
    );
    return;
  }
  await applyAll(lab, without(lab, service, added), "removes a server");
  await applyAll(lab, unchanged, "adds a server in the middle");
  await lab.settle();
  const after = await chosenBy(trial);
  checkSame(trial, "all directors choose the same when a server was added in the middle", after);
  checkUnmoved(trial, "they choose as if it had always been there", first, after);
}

async function restarted(trial: Trial, first: Choices): Promise<void> {
  const { lab, directors } = trial;
  const run = lab.directors.find(({ machine }) => machine === directors[0]);
  if (run === undefined) return;
  const result = await run.run("restart");
  lab.check(run.label, "restart succeeds", result.code === 0, `exit ${result.code}`, say(result));
  await lab.settle();
  const after = await chosenBy(trial);
  checkSame(trial, "all directors choose the same when one of them was restarted", after);
  checkUnmoved(trial, "they choose as before the restart", first, after);
}

function checkUnmoved({ lab, client }: Trial, name: string, before: Choices, after: Choices): void {
  const moved = movedBetween(before, after);
  lab.check(client.name, name, moved === 0, `${moved} of ${PORTS} ports have another server`);
}
