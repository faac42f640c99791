/** Requests to VIPs and floating addresses from this machine, and the servers that answer. */

import { inParallel } from "../base/in-parallel.ts";
import type { Cluster } from "../topology/model.ts";
import { type Asked, askedFloating, askedService } from "./asked.ts";
import { distribution } from "./distribution.ts";
import { type Reply, request } from "./request.ts";

export interface VerifyOptions {
  /** Requests to each port. */
  readonly requests: number;
  /** Seconds for one. */
  readonly timeout: number;
  readonly onProgress: (words: string) => void;
}

export interface ServiceVerdict {
  /** Name of the service, or of a floating address. */
  readonly service: string;
  readonly address: string;
  /** Null where the service takes any, or the floating address's is unknown. */
  readonly port: number | null;
  readonly state: "answers" | "partly" | "silent" | "not verifiable";
  readonly answered: number;
  readonly requests: number;
  /** Answers by the server's name. */
  readonly distribution: Readonly<Record<string, number>>;
  /** Distinct errors, or why the service cannot be verified. */
  readonly reasons: readonly string[];
}

/** One address and port after the other, one request after the other, like a client. */
export async function verifyCluster(
  cluster: Pick<Cluster, "services" | "floating">,
  options: VerifyOptions,
): Promise<ServiceVerdict[]> {
  const asked = [...cluster.services.map(askedService), ...cluster.floating.map(askedFloating)];
  const work = asked.flatMap((each) => {
    const ports: (number | null)[] = each.ports.length === 0 ? [null] : [...each.ports];
    return ports.map((port) => ({ asked: each, port }));
  });
  const verdicts = await inParallel(work, 1, async ({ asked: each, port }) => {
    options.onProgress(`${each.name} at ${each.address}${port === null ? "" : ` port ${port}`}`);
    return port === null ? notVerifiable(each) : verifyPort(each, port, options);
  });
  return verdicts.flatMap((verdict) => verdict ?? []);
}

async function verifyPort(
  { name, address, servers }: Asked,
  port: number,
  { requests, timeout }: VerifyOptions,
): Promise<ServiceVerdict> {
  const replies: Reply[] = [];
  while (replies.length < requests) {
    replies.push(await request(address, port, timeout));
    // A silent service stays silent: waiting for every request would take minutes.
    if (replies.length === 3 && replies.every(({ error }) => error !== null)) break;
  }
  const answered = replies.filter(({ error }) => error === null).length;
  return {
    service: name,
    address,
    port,
    state: answered === replies.length ? "answers" : answered > 0 ? "partly" : "silent",
    answered,
    requests: replies.length,
    distribution: Object.fromEntries(distribution(replies, servers)),
    reasons: [...new Set(replies.flatMap(({ error }) => error ?? []))],
  };
}

function notVerifiable({ name, address, why }: Asked): ServiceVerdict {
  return {
    service: name,
    address,
    port: null,
    state: "not verifiable",
    answered: 0,
    requests: 0,
    distribution: {},
    reasons: [why],
  };
}
