/** The client child: requests, steady load, long connections. Runs in a client's namespace. */

import { createSocket } from "node:dgram";
import { serve } from "./channel.ts";
import { choices } from "./choices.ts";
import { Crowd } from "./crowd.ts";
import { HeldConnections } from "./held-connections.ts";
import { requestLarge } from "./large.ts";
import { LongConnection } from "./long-connection.ts";
import type { Peer } from "./peer.ts";
import { type Exchange, onOneSocket, request } from "./requests.ts";
import { Sampler } from "./sampler.ts";
import type { Tally } from "./tally.ts";
import { Watch } from "./watch.ts";

/**
 * Rest of a loop after each request, in times of what the request took: eight loops then want at most a quarter of a
 * processor, however fast or busy it is, and leave the rest to the scripts.
 */
const REST = 32;
/** Milliseconds: on a slow machine the first request takes seconds, and a minute of rest looks like no answer. */
const LONGEST_REST = 15_000;

const ENOUGH_FAILURES = 5;

const TRY_MS = 400;
const GIVE_UP_MS = 60_000;

type Request = Record<string, unknown>;

export function runClient(): void {
  const load = new Load();
  const held = new HeldConnections();
  const connections = new Map<number, LongConnection>();
  const crowd = new Crowd();
  let sampler: Sampler | null = null;
  let watches: readonly Watch[] = [];
  const operations: Record<string, (ask: Request) => Promise<unknown>> = {
    requests: (ask) => many(ask, request),
    large: (ask) => many(ask, requestLarge),
    datagrams: (ask) => onOneSocket((exchange) => many(ask, exchange)),
    hold: (ask) => many(ask, (peer) => held.open(peer)),
    release: (ask) => held.release(ask.server as string | undefined),
    "load-start": async (ask) => load.start(ask.peers as Peer[], ask.connections as number),
    "load-once": () => load.once(),
    "load-tally": async () => load.tally,
    "load-stop": () => load.stop(),
    "until-answered": (ask) => untilAnswered(ask.peer as Peer),
    "watch-start": async (ask) => {
      watches = (ask.peers as Peer[]).map((peer) => new Watch(peer));
    },
    "watch-stop": () => Promise.all(watches.map((watch) => watch.stop())),
    poke: (ask) => poke(ask.addresses as string[]),
    "long-open": async (ask) => {
      const connection = await LongConnection.open(ask.peer as Peer);
      connections.set(connections.size, connection);
      return { key: connections.size - 1, server: connection.server };
    },
    "long-report": async (ask) => connections.get(ask.key as number)?.report(),
    "long-close": async (ask) => connections.get(ask.key as number)?.close(),
    "crowd-open": (ask) => crowd.open(ask.peer as Peer, ask.count as number),
    "crowd-report": async () => crowd.report(),
    "crowd-ask": () => crowd.ask(),
    "crowd-close": async () => crowd.close(),
    "sample-start": async (ask) => {
      sampler = new Sampler(ask.peer as Peer);
    },
    "sample-mark": async () => sampler?.mark(),
    "sample-stop": () => sampler?.stop() ?? Promise.resolve(),
    choices: (ask) => choices(ask.peer as Peer, ask.first as number, ask.count as number),
  };
  serve((ask) => {
    const operation = operations[ask.op as string];
    if (!operation) throw new Error(`unknown operation ${String(ask.op)}`);
    return operation(ask);
  });
}

/** To each peer in turn, one after the other: schedulers that count connections see one at a time. */
async function many(ask: Request, exchange: Exchange): Promise<Tally> {
  const peers = ask.peers as Peer[];
  const tally: Growing = { servers: {}, errors: {} };
  for (let sent = 0; sent < (ask.count as number); sent++) {
    await tallyOne(exchange, peers[sent % peers.length] as Peer, tally);
    if (isDead(tally, sent + 1)) break;
  }
  return tally;
}

/** Whether nobody has ever answered: each further request would take seconds to fail as well. */
function isDead({ servers }: Tally, sent: number): boolean {
  return sent >= ENOUGH_FAILURES && Object.keys(servers).length === 0;
}

/** A tally that still grows. */
interface Growing {
  readonly servers: Record<string, number>;
  readonly errors: Record<string, number>;
}

async function tallyOne(exchange: Exchange, peer: Peer, { servers, errors }: Growing): Promise<void> {
  try {
    const server = await exchange(peer);
    servers[server] = (servers[server] ?? 0) + 1;
  } catch (error) {
    const code = error instanceof Error ? error.message : String(error);
    const key = peer.label === undefined ? code : `${code} of ${peer.label}`;
    errors[key] = (errors[key] ?? 0) + 1;
  }
}

/** Milliseconds until a request is answered; short tries, as a lost one is not sent again for a second. */
async function untilAnswered(peer: Peer): Promise<number> {
  const begin = performance.now();
  for (;;) {
    try {
      await request({ ...peer, patienceMs: TRY_MS });
      return performance.now() - begin;
    } catch {
      if (performance.now() - begin > GIVE_UP_MS) throw new Error("nobody answers");
      // A refusal comes at once.
      await new Promise((resolve) => setTimeout(resolve, TRY_MS / 10));
    }
  }
}

/** Sends a datagram to the discard port, so that the kernel must resolve each address. */
async function poke(addresses: readonly string[]): Promise<void> {
  for (const address of addresses) {
    const socket = createSocket(address.includes(":") ? "udp6" : "udp4");
    socket.on("error", () => {});
    await new Promise<void>((resolve) => socket.send("?", 9, address, () => resolve()));
    socket.close();
  }
}

/** Loops of requests until they are stopped. */
class Load {
  #running = false;
  #peers: readonly Peer[] = [];
  #loops: Promise<void>[] = [];
  #tally: Growing = { servers: {}, errors: {} };

  start(peers: readonly Peer[], connections: number): void {
    this.#running = true;
    this.#peers = peers;
    this.#tally = { servers: {}, errors: {} };
    this.#loops = Array.from({ length: connections }, (_, index) => {
      const peer = peers[index % peers.length];
      return peer ? this.#loop(peer) : Promise.resolve();
    });
  }

  /** A request to each peer now, beside the loops. */
  async once(): Promise<void> {
    for (const peer of this.#peers) await tallyOne(request, peer, this.#tally);
  }

  /** What was answered so far. */
  get tally(): Tally {
    return this.#tally;
  }

  async stop(): Promise<Tally> {
    this.#running = false;
    await Promise.all(this.#loops);
    return this.#tally;
  }

  async #loop(peer: Peer): Promise<void> {
    while (this.#running) {
      const begin = performance.now();
      await tallyOne(request, peer, this.#tally);
      const took = performance.now() - begin;
      await new Promise((resolve) => setTimeout(resolve, Math.min(took * REST, LONGEST_REST)));
    }
  }
}
