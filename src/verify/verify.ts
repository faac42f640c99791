/** Requests to the VIPs from this machine, and the servers that answer. */

import { inParallel } from "../base/in-parallel.ts";
import type { Cluster, VirtualService } from "../topology/model.ts";
import { distribution, portsOf, serverNames } from "./distribution.ts";
import { type Reply, request } from "./request.ts";

export interface VerifyOptions {
  /** Requests to each port. */
  readonly requests: number;
  /** Seconds for one. */
  readonly timeout: number;
  readonly onProgress: (words: string) => void;
}

export interface ServiceVerdict {
  readonly service: string;
  readonly address: string;
  /** Null where the service takes any. */
  readonly port: number | null;
  readonly state: "answers" | "partly" | "silent" | "not verifiable";
  readonly answered: number;
  readonly requests: number;
  /** Answers by the server's name. */
  readonly distribution: Readonly<Record<string, number>>;
  /** Distinct errors, or why the service cannot be verified. */
  readonly reasons: readonly string[];
}

/** One service after the other, one request after the other, like a client. */
export async function verifyCluster(
  { services }: Pick<Cluster, "services">,
  options: VerifyOptions,
): Promise<ServiceVerdict[]> {
  const work = services.flatMap((service): { service: VirtualService; port: number | null }[] => {
    const ports = service.protocol === "tcp" ? portsOf(service) : [];
    return ports.length === 0 ? [{ service, port: null }] : ports.map((port) => ({ service, port }));
  });
  const verdicts = await inParallel(work, 1, async ({ service, port }) => {
    options.onProgress(`${service.name} at ${service.vip}${port === null ? "" : ` port ${port}`}`);
    return port === null ? notVerifiable(service) : verifyPort(service, port, options);
  });
  return verdicts.flatMap((verdict) => verdict ?? []);
}

async function verifyPort(
  service: VirtualService,
  port: number,
  { requests, timeout }: VerifyOptions,
): Promise<ServiceVerdict> {
  const replies: Reply[] = [];
  while (replies.length < requests) {
    replies.push(await request(service.vip, port, timeout));
    // A silent service stays silent: waiting for every request would take minutes.
    if (replies.length === 3 && replies.every(({ error }) => error !== null)) break;
  }
  const answered = replies.filter(({ error }) => error === null).length;
  return {
    service: service.name,
    address: service.vip,
    port,
    state: answered === replies.length ? "answers" : answered > 0 ? "partly" : "silent",
    answered,
    requests: replies.length,
    distribution: Object.fromEntries(distribution(replies, serverNames(service))),
    reasons: [...new Set(replies.flatMap(({ error }) => error ?? []))],
  };
}

function notVerifiable(service: VirtualService): ServiceVerdict {
  const why =
    service.protocol === "tcp"
      ? "it takes any port, and the one that is served is unknown"
      : `no ${service.protocol} request is answered by all applications`;
  return {
    service: service.name,
    address: service.vip,
    port: null,
    state: "not verifiable",
    answered: 0,
    requests: 0,
    distribution: {},
    reasons: [why],
  };
}
