/** The order of a roll, what it needs to know of hosts, and how far it came. */

import { expect, test } from "vitest";
import { resumeLine } from "../../src/commands/roll.ts";
import { concludeRoll } from "../../src/commands/roll-end.ts";
import { HostLines } from "../../src/commands/roll-lines.ts";
import { RollState } from "../../src/commands/roll-state.ts";
import { drainTarget } from "../../src/deploy/drain-target.ts";
import { endpointsOf, endpointText } from "../../src/deploy/roll/endpoints.ts";
import { incompleteTable, missingServer, secondsToNotice } from "../../src/deploy/roll/health.ts";
import { lossesBy } from "../../src/deploy/roll/losses.ts";
import { planRoll, type RollHost } from "../../src/deploy/roll/plan-roll.ts";
import { lackOf, type Probe, probeOf } from "../../src/deploy/roll/probe.ts";
import type { HostStatus, ServerStatus } from "../../src/deploy/status.ts";
import { checkTopology } from "../../src/rules/check-topology.ts";
import type { Cluster } from "../../src/topology/model.ts";
import { temporaryFolder } from "../helpers/temporary.ts";

interface Shape {
  readonly directors?: readonly string[];
  readonly services?: readonly object[];
}

const web = { name: "web", vip: "10.5.0.200", port: 80, realServers: ["web1", "web2", "web3"] };

function clusterOf({ directors = ["lvs1", "lvs2", "lvs3"], services = [web] }: Shape = {}): Cluster {
  const names = ["lvs1", "lvs2", "lvs3", "web1", "web2", "web3"];
  const hosts = Object.fromEntries(
    names.map((name, at) => [name, { interfaces: { eth0: `10.5.0.${at + 1}/24` } }]),
  );
  const topology = {
    version: 1,
    name: "roll",
    defaults: { os: "debian-12" },
    hosts,
    directors: { hosts: directors, engine: directors.length > 1 ? "keepalived" : "ipvsadm" },
    virtualServices: services,
  };
  const { cluster, diagnostics } = checkTopology(JSON.stringify(topology), "roll.json");
  if (cluster === null) throw new Error(JSON.stringify(diagnostics));
  return cluster;
}

interface Known {
  readonly master?: string;
  /** By server, its weight in the tables; null: absent. */
  readonly weights?: Readonly<Record<string, number | null>>;
  readonly drained?: readonly string[];
}

/** What directors say; all of them have the same table. */
function statuses(
  cluster: Cluster,
  { master = "lvs1", weights = {}, drained = [] }: Known = {},
): HostStatus[] {
  const services = cluster.services.map(({ name, realServers }) => ({
    name,
    protocol: "tcp" as const,
    address: name,
    scheduler: "rr",
    state: "present" as const,
    servers: realServers.map(({ host, weight }): ServerStatus => {
      const label = host ?? "";
      const own = weights[label];
      const now = own === undefined ? weight : (own ?? 0);
      const state = own === null ? "absent" : "present";
      return { label, address: label, forwarding: "dr", state, weight: now, active: 0, inactive: 0 };
    }),
  }));
  return cluster.directors.hosts.map((host) => ({
    host,
    state: "running",
    words: "",
    remedy: "",
    roles: [
      {
        host,
        cluster: cluster.name,
        role: "lvs_dr",
        state: "running",
        code: 0,
        record: "started",
        addresses: [
          { address: "10.5.0.200/32", interface: "eth0", state: host === master ? "present" : "absent" },
        ],
        services,
        differences: [],
        drained: drained.includes(host),
      },
    ],
  }));
}

function planned(cluster: Cluster, parallel: number, known: Known = {}) {
  const now = statuses(cluster, known);
  const { directors } = cluster;
  const servers = [...cluster.hosts.keys()].filter((name) => !directors.hosts.includes(name));
  const hosts = [...servers, ...directors.hosts].map(
    (name): RollHost => ({
      name,
      target: drainTarget(cluster, name),
      isDirector: directors.hosts.includes(name),
      isMaster: directors.hosts.length > 1 && name === (known.master ?? "lvs1"),
    }),
  );
  const targets = new Map(
    hosts.flatMap(({ target }) => (target === null ? [] : [[target.label, target] as const])),
  );
  return planRoll(hosts, parallel, lossesBy(cluster, targets, now));
}

test("servers, then backups from the lowest priority up, and the master last, whoever it is", () => {
  const servers = [["web1"], ["web2"], ["web3"]];
  expect(planned(clusterOf(), 1)).toEqual({
    waves: [...servers, ["lvs3"], ["lvs2"], ["lvs1"]],
    obstacles: [],
  });
  expect(planned(clusterOf(), 1, { master: "lvs2" }).waves.slice(3)).toEqual([["lvs3"], ["lvs1"], ["lvs2"]]);
});

test("no more at once than leave capacity: a server, the quorum, and not those that are down", () => {
  const waves = (cluster: Cluster, parallel: number, known: Known = {}) =>
    planned(cluster, parallel, known).waves.slice(0, -3);
  expect(waves(clusterOf(), 9)).toEqual([["web1", "web2"], ["web3"]]);
  expect(waves(clusterOf(), 9, { weights: { web3: null } })).toEqual([["web1"], ["web2", "web3"]]);
  const quorum = { ...web, quorum: 2, healthCheck: { type: "tcp" } };
  expect(waves(clusterOf({ services: [quorum] }), 9)).toEqual([["web1"], ["web2"], ["web3"]]);
  // A service of others counts, too.
  const dns = { name: "dns", vip: "10.5.0.201", port: 53, realServers: ["web2", "web3"] };
  expect(waves(clusterOf({ services: [web, dns] }), 2)).toEqual([["web1", "web2"], ["web3"]]);
});

test("what nobody could replace is an obstacle: a last server, an only director, one whose heirs are drained", () => {
  const single = { ...web, realServers: ["web1"] };
  expect(
    planned(clusterOf({ services: [single], directors: ["lvs1"] }), 1).obstacles.map(({ words }) => words),
  ).toEqual([
    "without web1 nobody answers at web",
    "lvs1 is the only director: no other host could have its VIPs",
  ]);
  // It is down anyway: nothing is lost without it.
  expect(
    planned(clusterOf(), 1, { weights: { web1: null, web2: 0 } }).obstacles.map(({ words }) => words),
  ).toEqual(["without web3 nobody answers at web"]);
  expect(planned(clusterOf(), 1, { drained: ["lvs2", "lvs3"] }).obstacles.map(({ words }) => words)).toEqual([
    "without lvs1 nobody answers at 10.5.0.200/32",
  ]);
});

test("connections are tried where packets arrive: at the VIP with dr and tun, at the server with nat", () => {
  const at = (service: object, host = "web1") =>
    endpointsOf(clusterOf({ services: [{ ...web, ...service }] }), host).map(endpointText);
  expect(at({})).toEqual(["10.5.0.200:80"]);
  expect(at({}, "lvs1")).toEqual([]);
  expect(at({ forwarding: "nat", realServers: [{ host: "web1", port: 8080 }, "web2"] })).toEqual([
    "10.5.0.4:8080",
  ]);
  expect(at({ protocol: "udp" })).toEqual([]);
  expect(at({ port: undefined, fwmark: 1, ports: [80, "443-444"] })).toEqual(["10.5.0.200:80"]);
});

test("a server is well when its directors' checks say so, and had time to notice a failure", () => {
  const check = { type: "http", interval: 3, timeout: 2, retries: 2, delayBeforeRetry: 1 };
  const cluster = clusterOf({ services: [{ ...web, healthCheck: check }] });
  expect(secondsToNotice(cluster, "web1")).toBe(3 + 2 + 2 * (1 + 2));
  expect(secondsToNotice(clusterOf(), "web1")).toBe(0);
  expect(missingServer(cluster, "web1", statuses(cluster))).toBeNull();
  const down = statuses(cluster, { weights: { web1: null } });
  expect(missingServer(cluster, "web1", down)).toBe("the check of web on lvs1 fails");
  expect(missingServer(cluster, "web2", down)).toBeNull();
  // Without a check nobody knows.
  expect(missingServer(clusterOf(), "web1", down)).toBeNull();
  const [first, ...others] = statuses(cluster);
  expect(incompleteTable("lvs1", statuses(cluster))).toBeNull();
  const late = [...statuses(cluster, { weights: { web2: null } }).slice(0, 1), ...others];
  expect(incompleteTable("lvs1", late)).toBe("it does not have web: web2 in its table yet");
  expect(incompleteTable("lvs2", late)).toBeNull();
  expect(first?.host).toBe("lvs1");
});

const before: Probe = {
  boot: "b 1",
  isLeaving: false,
  running: new Set(["lvs_rs"]),
  accepting: new Set(["[fd00::1]:80"]),
};

test("a host is as before when what ran and accepted connections then does so now", () => {
  const running = '{"role":"lvs_rs","state":"running","addresses":[],"services":[],"differences":[]}';
  const said = (boot: string, state: string, accepting: string) =>
    probeOf(
      new Map([
        ["boot", `${boot} ${state}\n`],
        ["status.lvs_rs", `0\n${running}\n`],
        ["accepting", accepting],
      ]),
    );
  expect(said("b 1", "up", "fd00::1 80\n")).toEqual(before);
  expect(said("c 1", "leaving", "")).toMatchObject({ boot: "c 1", isLeaving: true });
  expect(lackOf(before, said("c 1", "up", "fd00::1 80\n10.0.0.1 22\n"))).toBeNull();
  expect(lackOf(before, said("b 1", "up", ""))).toBe("it does not accept connections at [fd00::1]:80");
  expect(lackOf(before, { ...before, running: new Set() })).toBe("lvs_rs.sh status is not 'running'");
});

test("how far a roll came outlives lvsgen, for the same topology and command only", () => {
  const environment = { XDG_STATE_HOME: temporaryFolder() };
  const state = (digest: string, command: string) => new RollState(digest, command, environment);
  const first = state("a", "true");
  for (const host of ["web1", "web2"]) first.begin(host, before);
  first.end("web1", true);
  const next = state("a", "true").read();
  expect([...next.done]).toEqual(["web1"]);
  expect(next.halfWay.get("web2")).toEqual(before);
  expect(state("b", "true").read().isEmpty).toBe(true);
  expect(state("a", "false").read().isEmpty).toBe(true);
  next.end("web2", false);
  expect([...state("a", "true").read().halfWay]).toEqual([]);
  next.remove();
  expect(state("a", "true").read().isEmpty).toBe(true);
});

test("what is left of a roll is kept until all of it is done, and the line to go on has its options", () => {
  const environment = { XDG_STATE_HOME: temporaryFolder() };
  const state = new RollState("a", "true", environment);
  state.end("web1", true);
  const done = [{ host: "web1", step: 1, outcome: "done" as const, drained: false, code: 0, words: "" }];
  const conclude = (isWhole: boolean) => {
    concludeRoll({ file: "c.yaml", again: "", isWhole }, done, state);
    return new RollState("a", "true", environment).read().isEmpty;
  };
  expect(conclude(false)).toBe(false);
  expect(conclude(true)).toBe(true);
  const usual = {
    ...{ file: "c.yaml", format: "text", parallel: 1, wait: 300, cut: false, healthy: 300 },
    ...{ askSudoPassword: false, connectTimeout: 15, yes: true },
  };
  const line = (more: object) => resumeLine({ ...usual, ...more } as never, "sudo reboot");
  expect(line({})).toBe("lvsgen roll c.yaml --each 'sudo reboot' --resume");
  expect(
    line({ limit: ["web1"], parallel: 2, wait: 0, cut: true, askSudoPassword: true, connectTimeout: 60 }),
  ).toBe(
    "lvsgen roll c.yaml --each 'sudo reboot' --resume --limit web1 --ask-sudo-password --connect-timeout 60 --parallel 2 --wait 0 --cut",
  );
});

test("lines of hosts that print at once are not mixed, and control no terminal", () => {
  const lines: string[] = [];
  const log = new HostLines((line) => lines.push(line));
  log.print("web1", "one\ntw");
  log.print("web2", "\u001B[2Jx\n");
  log.print("web1", "o\r\nthree");
  log.say("web1", "done");
  expect(lines).toEqual(["web1 | one", "web2 | \uFFFD[2Jx", "web1 | two", "web1 | three", "web1: done"]);
});
