/** One mistake is one error: nothing that follows from it is reported beside it. */

import { expect, test } from "vitest";
import { parentOf, pointerOf } from "../../src/base/json-pointer.ts";
import { checkTopology } from "../../src/rules/check-topology.ts";
import { validateSchema } from "../../src/topology/validate-schema.ts";

/** All that is supported, so that it has no error by itself. */
const good = {
  version: 1,
  name: "good",
  defaults: { os: "debian-12", ssh: { user: "pi" } },
  hosts: {
    pi1: {
      os: "raspbian-12",
      interfaces: { eth0: "192.168.1.114/24" },
      reassert: 60,
      ssh: { user: "root", port: 22 },
    },
    pi2: { interfaces: { eth0: ["192.168.1.107/24", "fd00::107/64"] }, init: "sysv", kernel: "6.1" },
    pi3: { interfaces: { eth0: "192.168.1.108/24" }, reassert: 60, versions: { systemd: 252 } },
  },
  directors: { hosts: ["pi1"], engine: "ipvsadm" },
  virtualServices: [
    {
      name: "web",
      vip: "192.168.1.200",
      port: 80,
      protocol: "tcp",
      scheduler: "wrr",
      forwarding: "dr",
      interface: "eth0",
      realServers: [
        { host: "pi2", weight: 3, upperThreshold: 20, lowerThreshold: 10 },
        { host: "pi3", address: "192.168.1.108", port: 80, forwarding: "dr" },
        { address: "192.168.1.50" },
      ],
    },
    { name: "dns", vip: "192.168.1.200", port: 53, protocol: "udp", realServers: [{ host: "pi2" }] },
  ],
  timeouts: { tcp: 30, udp: 60 },
};

/** The same for directors that announce; what they announce is as above. */
const announcing = {
  version: 1,
  name: "announcing",
  defaults: { os: "debian-12" },
  hosts: {
    lb1: { interfaces: { eth0: "10.1.0.11/24" } },
    lb2: { interfaces: { eth0: "10.2.0.12/24" } },
    web1: { interfaces: { eth0: "10.9.0.21/24" } },
    web2: { interfaces: { eth0: "10.9.0.22/24" } },
  },
  directors: {
    hosts: ["lb1", "lb2"],
    engine: "keepalived",
    drained: ["lb2"],
    announce: {
      bgp: {
        asn: 65010,
        neighbors: [
          { address: "10.1.0.1", asn: 65001, password: "s3cr3t" },
          { address: "192.0.2.1", asn: 65002, multihop: true },
        ],
        holdTime: 9,
        med: 100,
        communities: ["65010:100"],
      },
      daemon: "bird",
      when: "all",
    },
  },
  virtualServices: [
    {
      name: "web",
      vip: "203.0.113.10",
      port: 80,
      scheduler: "mh",
      schedulerFlags: ["mh-fallback"],
      forwarding: "tun",
      healthCheck: { type: "tcp" },
      realServers: [{ host: "web1" }, { host: "web2" }],
    },
  ],
};

interface Place {
  readonly base: object;
  readonly keys: readonly string[];
  readonly pointer: string;
}

function places(base: object, value: unknown = base, keys: readonly string[] = []): Place[] {
  const own = keys.length === 0 ? [] : [{ base, keys, pointer: pointerOf(...keys) }];
  if (typeof value !== "object" || value === null) return own;
  return [...own, ...Object.entries(value).flatMap(([key, child]) => places(base, child, [...keys, key]))];
}

/** The containers of a copy down to the place's own. */
function edited(
  { base, keys }: Place,
  edit: (container: Record<string, unknown>, key: string) => void,
): unknown {
  const copy = structuredClone(base) as unknown as Record<string, unknown>;
  let container = copy;
  for (const key of keys.slice(0, -1)) container = container[key] as Record<string, unknown>;
  edit(container, keys.at(-1) ?? "");
  return copy;
}

function told(value: unknown): string[] {
  return checkTopology(JSON.stringify(value), "a.json").diagnostics.map(
    ({ code, pointer }) => `${code} ${pointer}`,
  );
}

const all = [
  ...places(good),
  // The other places are the same.
  ...places(announcing).filter(({ pointer }) =>
    /^.(directors|virtualServices.0.(scheduler|realServers|forwarding|healthCheck))/.test(pointer),
  ),
];

test("the topologies are good", () => {
  expect(told(good)).toEqual([]);
  expect(told(announcing)).toEqual([]);
});

test.each(all)("a wrong value at $pointer is one error", (place) => {
  const { pointer } = place;
  for (const wrong of [null, true, {}, [], "\n", -1, 1e9]) {
    const value = edited(place, (container, key) => {
      container[key] = wrong;
    });
    // Some of these are right in some places.
    if (validateSchema(value).length === 0) continue;
    const messages = told(value);
    // A list's or object's missing parts are told one by one.
    for (const message of messages) expect(message.split(" ")[1]).toMatch(new RegExp(`^${pointer}(/|$)`));
    expect(messages.length).toBeGreaterThan(0);
  }
});

test.each(all)("a mistyped key in the place of $pointer is one error", (place) => {
  const { pointer } = place;
  const value = edited(place, (container, key) => {
    if (Array.isArray(container)) return;
    container[`${key}_`] = container[key];
    delete container[key];
  });
  if (validateSchema(value).length === 0) return;
  const messages = told(value);
  expect(messages.map((message) => parentOf(message.split(" ")[1] ?? ""))).toContain(parentOf(pointer));
  expect(
    messages.filter((message) => !message.endsWith(`${pointer}_`)).filter(followsFromAbsence(pointer)),
  ).toEqual([]);
});

/** What is missing is told where the mistyped key is not near enough to the right one to know what it was. */
function followsFromAbsence(pointer: string): (message: string) => boolean {
  return (message) => !message.endsWith(` ${pointer}`);
}
