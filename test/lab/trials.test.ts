/** How each kind of service is tried: whatever scheduler, protocol and option, equal weights never mean one server. */

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { compareShares } from "../../src/lab/scenarios/balance/shares.ts";
import { trialOf } from "../../src/lab/scenarios/balance/trials.ts";
import type { LabService } from "../../src/lab/spec.ts";

const schema = JSON.parse(
  readFileSync(new URL("../../schemas/topology.schema.json", import.meta.url), "utf8"),
) as { definitions: { virtualService: { properties: { scheduler: { enum: readonly string[] } } } } };
const schedulers = schema.definitions.virtualService.properties.scheduler.enum;

/** These go by an address or by the order of weights, and so to one server for one VIP, one client or one weight. */
const byAddress = new Set(["sh", "mh", "dh"]);
const oneByName = new Set(["fo"]);

const addresses = Array.from({ length: 8 }, (_, index) => `10.7.0.${50 + index}`);

function serviceOf(scheduler: string, more: Partial<LabService>): LabService {
  return {
    name: "web",
    vip: "10.7.0.100",
    family: 4,
    ports: [80],
    protocol: "tcp",
    mark: null,
    scheduler,
    schedulerFlags: [],
    persistence: null,
    onePacket: false,
    check: null,
    servers: ["rs1", "rs2"].map((host, index) => ({
      host,
      address: `10.7.0.1${index + 1}`,
      port: 80,
      weight: 1,
      upperThreshold: 0,
      forwarding: "dr",
    })),
    sorry: null,
    client: "client",
    directors: ["dr"],
    ...more,
  };
}

const kinds: Readonly<Record<string, Partial<LabService>>> = {
  tcp: {},
  udp: { protocol: "udp" },
  sctp: { protocol: "sctp" },
  "single packets": { protocol: "udp", onePacket: true },
};

describe.each(Object.entries(kinds))("%s", (_, kind) => {
  test.each(schedulers.filter((name) => !byAddress.has(name) && !oneByName.has(name)))(
    "%s: one of two equal servers alone is not enough",
    (scheduler) => {
      const service = serviceOf(scheduler, kind);
      const trial = trialOf(service, addresses);
      const groups = new Set(trial.senders.map(({ group }) => group)).size;
      const parts = trial.stays ? groups : trial.senders.length * trial.count;
      expect(compareShares(service, { rs1: parts }, trial.sharing)).not.toEqual([]);
      expect(compareShares(service, { rs2: parts }, trial.sharing)).not.toEqual([]);
    },
  );

  test.each(["rr", "wrr", "lc", "wlc", "sed", "nq"])("%s with persistence: nor for clients", (scheduler) => {
    const persistence = { timeout: 300, prefix: 32, engine: null };
    const service = serviceOf(scheduler, { ...kind, persistence });
    const trial = trialOf(service, addresses);
    expect(trial.stays).toBe(true);
    expect(compareShares(service, { rs1: addresses.length }, trial.sharing)).not.toEqual([]);
  });
});
