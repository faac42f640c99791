/** What scenarios of announcing directors have in common: the service they try, and clients that notice what happens. */

import { expectedAnnouncers, waitForAnnouncers } from "../../guest/announced.ts";
import type { Channel } from "../../guest/channel.ts";
import type { Lab } from "../../guest/lab.ts";
import type { LongReport } from "../../guest/long-connection.ts";
import { type Machine, peerOf } from "../../guest/machine.ts";
import type { Sampled } from "../../guest/sampler.ts";
import { sumOf } from "../../guest/tally.ts";
import { TimedOut } from "../../guest/wait.ts";
import type { LabAnnounce, LabService } from "../../spec.ts";

/** Seconds beside what BGP and checks take: routers that learn, a look of the gate, a machine that is busy with other things. */
export const ALLOWANCE = 6;

export interface Trial {
  readonly lab: Lab;
  readonly announce: LabAnnounce;
  readonly service: LabService;
  readonly client: Machine;
  readonly traffic: Channel;
  /** Those that announce when all is well. */
  readonly directors: readonly Machine[];
}

/** Connections that are held: more before a release, as each costs a slow machine time. */
export const heldCount = ({ spec }: Lab): number => (spec.thorough ? 60 : 24);

/** The cluster is up, and its first TCP service is to be tried; null (and said) where nothing can be. */
export async function begin(lab: Lab, title: string): Promise<Trial | null> {
  const trial = subjectOf(lab, title);
  if (trial === null || !(await lab.bringUp())) return null;
  const client = lab.clientOf(trial.service);
  return { ...trial, lab, client, traffic: await lab.traffic(client) };
}

export function subjectOf(lab: Lab, title: string): Pick<Trial, "announce" | "service" | "directors"> | null {
  const { announce, services } = lab.spec;
  const reason = reasonNot(announce);
  const service = services.find(
    ({ protocol, ports, persistence, family }) =>
      protocol === "tcp" && ports.length === 1 && persistence === null && family === 4,
  );
  if (announce === null || reason !== "") lab.omit("cluster", title, reason);
  else if (service === undefined) lab.omit("cluster", title, "there is no IPv4 service at one TCP port");
  else
    return {
      announce,
      service,
      directors: expectedAnnouncers(announce).map((name) => lab.machine(name)),
    };
  return null;
}

function reasonNot(announce: LabAnnounce | null): string {
  if (announce === null) return "its directors announce nothing";
  if (announce.daemon === "none") return "daemon is none: who announces is not lvsgen's to prove";
  return "";
}

/** Opens connections that go on until {@link endCrowd}. */
export async function openCrowd({ traffic, service, lab }: Trial): Promise<void> {
  await traffic.ask({ op: "crowd-open", peer: peerOf(service), count: heldCount(lab) });
}

/** Each of them has to have one more answer. @param except servers whose connections may be lost */
export async function checkCrowd(
  { traffic, lab, client }: Trial,
  name: string,
  except: readonly string[] = [],
): Promise<void> {
  const all = await traffic.ask<LongReport[]>({ op: "crowd-ask" });
  const counted = all.filter(({ server }) => !except.includes(server));
  const lost = counted.filter(({ error }) => error !== "");
  lab.check(
    client.name,
    name,
    lost.length === 0 && counted.length > 0,
    `${lost.length} of ${counted.length} lost`,
    lost.map(({ server, error }) => `${error} on a connection to ${server}`).join("\n"),
  );
}

export async function endCrowd({ traffic }: Trial): Promise<void> {
  await traffic.ask({ op: "crowd-close" });
}

/** New connections, all the time while something happens; it has happened when `during` ends. */
export async function sample({ traffic, service }: Trial, during: () => Promise<void>): Promise<Sampled> {
  await traffic.ask({ op: "sample-start", peer: peerOf(service) });
  await traffic.ask({ op: "sample-mark" });
  await during();
  return traffic.ask<Sampled>({ op: "sample-stop" });
}

/** @param within seconds in which new connections may fail; 0: none may */
export function checkSample(
  { lab, client }: Pick<Trial, "lab" | "client">,
  name: string,
  { answered, errors, until }: Sampled,
  within: number,
): void {
  const failed = sumOf(errors);
  const figure =
    failed === 0
      ? `0 of ${answered} failed`
      : `${failed} of ${answered + failed} failed, the last after ${until.toFixed(1)} s, at most ${within} s`;
  lab.check(
    client.name,
    name,
    answered > 0 && until <= within && (within > 0 || failed === 0),
    figure,
    JSON.stringify(errors),
  );
}

/** Seconds beyond what is stated after which nothing is waited for any more. */
const LATE = 15;

/** Seconds until routers know of these directors and of no other; null: much later than they should. */
export async function secondsUntil(
  { lab, announce }: Pick<Trial, "lab" | "announce">,
  announcers: readonly string[],
  within: number,
): Promise<number | null> {
  const begin = performance.now();
  try {
    await waitForAnnouncers(lab, announce, announcers, (within + LATE) * 1000);
  } catch (error) {
    if (error instanceof TimedOut) return null;
    throw error;
  }
  return (performance.now() - begin) / 1000;
}

/** @param seconds of {@link secondsUntil} */
export function checkSeconds(
  lab: Lab,
  host: string,
  name: string,
  seconds: number | null,
  within: number,
): void {
  const figure = seconds === null ? "never" : `after ${seconds.toFixed(1)} s`;
  lab.check(host, name, seconds !== null && seconds <= within, `${figure}, at most ${within} s`);
}
