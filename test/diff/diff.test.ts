import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { templates } from "#templates";
import { canonicalJson } from "../../src/base/digest.ts";
import { compareClusters } from "../../src/diff/compare-clusters.ts";
import { comparisonText } from "../../src/diff/diff-text.ts";
import { renderCluster } from "../../src/render/render-cluster.ts";
import { checkTopology } from "../../src/rules/check-topology.ts";
import type { Cluster } from "../../src/topology/model.ts";
import type { WholeTopology as Topology } from "../../src/topology/whole.ts";
import { lvsgen, repository } from "../helpers/lvsgen.ts";
import { timesBeforeRelease } from "../helpers/release.ts";
import { temporaryFolder } from "../helpers/temporary.ts";
import { clusterArbitrary, topologyArbitrary } from "../helpers/topology-arbitrary.ts";

type Edit = (topology: Topology) => void;

const example = (name: string) =>
  JSON.parse(readFileSync(join(repository, "examples", name, "topology.json"), "utf8")) as Topology;

function clusterIn(topology: unknown): Cluster {
  const { cluster, diagnostics } = checkTopology(JSON.stringify(topology), "topology.json");
  if (cluster === null) throw new Error(JSON.stringify(diagnostics));
  return cluster;
}

const side = (topology: unknown) => sideOf(clusterIn(topology));

/** For what is said alone, as rendering takes most of the time. */
const unrendered = (topology: unknown) => ({ cluster: clusterIn(topology), artifacts: [] });

const sideOf = (cluster: Cluster) => ({ cluster, artifacts: renderCluster(cluster, templates) });

function compare(name: string, edit: Edit) {
  const later = example(name);
  edit(later);
  return compareClusters(side(example(name)), side(later));
}

const lines = (name: string, edit: Edit) =>
  compare(name, edit).changes.map(
    ({ subject, what, connections }) => `${subject} | ${what} | ${connections}`,
  );

// biome-ignore lint/suspicious/noExplicitAny: edits reach into a topology that the test knows.
const web = (topology: Topology): any => topology.virtualServices[0];

test("a range that grows by one is a host that came", () => {
  const ranged = (last: number) => ({
    version: 1,
    name: "shop",
    defaults: { os: "debian-12" },
    hosts: {
      lb: { interfaces: { eth0: "10.0.0.1/24" } },
      [`web[01:${last}]`]: { interfaces: { eth0: `10.0.0.[11:${last + 10}]/24` } },
    },
    directors: { hosts: ["lb"] },
    virtualServices: [{ name: "web", vip: "10.0.0.100", port: 80, realServers: [`web[01:${last}]`] }],
  });
  const { changes } = compareClusters(side(ranged(40)), side(ranged(41)));
  const subjects = changes.map(({ subject, what }) => `${subject} | ${what}`);
  expect(subjects.filter((text) => !text.includes("web41"))).toEqual([]);
  expect(subjects.length).toBeGreaterThan(0);
});

// biome-ignore lint/suspicious/noExplicitAny: edits reach into a topology that the test knows.
const directors = (topology: Topology): any => topology.directors;

/** Where flows move to. Effects are said here, too, as they are what an operator reads. */
test.each<[string, Edit, string[]]>([
  [
    "a drained director",
    (t) => (directors(t).drained = ["lb3"]),
    ["directors | lb3 drained | kept | flows move to lb1, lb2: every director chooses the same server"],
  ],
  [
    "a director less, of a service that counts",
    (t) => {
      directors(t).hosts.pop();
      directors(t).announce.bgp.neighbors.pop();
      web(t).scheduler = "wlc";
    },
    [
      "service web | scheduler mh -> wlc | kept | open connections stay where they are; new ones use the new setting",
      "service web | scheduler flags mh-fallback,mh-port -> none | kept | open connections stay where they are; new ones use the new setting",
      "neighbor 10.2.0.1 | removed | at risk | flows that come by it leave lb3 for directors of other routers; those of web may get another server there",
      "directors | lb3 leaves | at risk | flows move to lb1, lb2; those of web may get another server there",
    ],
  ],
  [
    "a director more",
    (t) => {
      t.hosts.lb4 = { interfaces: { eth0: "10.1.0.14/24", eth1: "10.9.0.14/24" } };
      directors(t).hosts.unshift("lb4");
    },
    [
      "directors | lb4 joins | kept | about one flow in 4 moves to lb4: every director chooses the same server",
      "host lb4 | joins | none | run its setup.sh before the directors send it anything",
    ],
  ],
  [
    "a director in the place of others, of which one stays without announcing",
    (t) => {
      t.hosts.lb4 = { interfaces: { eth0: "10.1.0.14/24", eth1: "10.9.0.14/24" } };
      directors(t).hosts = ["lb4", "lb3"];
      directors(t).drained = ["lb3"];
    },
    [
      "directors | lb1 leaves | kept | flows move to lb4: every director chooses the same server",
      "directors | lb2 leaves | kept | flows move to lb4: every director chooses the same server",
      "directors | lb3 drained | kept | flows move to lb4: every director chooses the same server",
      "directors | lb4 joins | kept | all flows move to lb4: every director chooses the same server",
      "host lb4 | joins | none | run its setup.sh before the directors send it anything",
    ],
  ],
  [
    "directors in another order, and all drained",
    (t) => {
      directors(t).hosts.reverse();
      directors(t).drained = ["lb1", "lb2", "lb3"];
    },
    ["lb1", "lb2", "lb3"].map(
      (name) =>
        `directors | ${name} drained | ended | no director announces the VIPs: routers have no route, and no client is answered`,
    ),
  ],
  [
    "routers in another order",
    (t) => directors(t).announce.bgp.neighbors.reverse(),
    ["directors | order of directors or neighbors | none | only the order in files changes"],
  ],
  [
    "a router more, and a password of another",
    (t) => {
      const { neighbors } = directors(t).announce.bgp;
      neighbors[0].password = "s3cr3t";
      neighbors.push({ address: "192.0.2.1", asn: 65009, multihop: true });
    },
    [
      "neighbor 10.1.0.1 | password changes | at risk | sessions come up again when the routers have it, too: change one director and its routers at a time",
      "neighbor 192.0.2.1 | added, AS 65009 | kept | flows that come by it move to lb1, lb2, lb3: every director chooses the same server",
    ],
  ],
  [
    "a second service on the VIP",
    (t) => t.virtualServices.push({ ...web(t), name: "tls", port: 443 }),
    [
      "service tls | added: tcp 203.0.113.10:443 | at risk | no director announces 203.0.113.10 until it has its quorum of servers: set them up first",
    ],
  ],
])("of directors that announce: %s", (_, edit, expected) => {
  const later = example("anycast");
  edit(later);
  const { changes } = compareClusters(unrendered(example("anycast")), unrendered(later));
  expect(
    changes.map(({ subject, what, connections, effect }) => [subject, what, connections, effect].join(" | ")),
  ).toEqual(expected);
});

test("from one director at a time to all of them, and back", () => {
  const before = example("anycast");
  delete directors(before).announce;
  web(before).interface = "eth0";
  const [one, all] = [unrendered(before), unrendered(example("anycast"))];
  const told = (from: typeof one, to: typeof one) =>
    compareClusters(from, to).changes.filter(({ what }) => what.startsWith("announcement"));
  const text = "BGP AS 65010 to 10.1.0.1 AS 65001, 10.2.0.1 AS 65002, hold time 9 s, daemon bird, when all";
  expect(told(one, all)).toMatchObject([{ what: `announcement off -> ${text}`, connections: "at risk" }]);
  expect(told(all, one)).toMatchObject([{ what: `announcement ${text} -> off`, connections: "at risk" }]);
});

describe("one edit, and what is said of it", () => {
  test.each<[string, Edit, string[]]>([
    ["nothing", () => {}, []],
    ["a scheduler", (t) => (web(t).scheduler = "wlc"), ["service web | scheduler rr -> wlc | kept"]],
    [
      "a weight of 0",
      (t) => (web(t).realServers[0].weight = 0),
      ["service web | pi2 192.168.1.107:80 weight 1 -> 0 | draining"],
    ],
    [
      "a weight",
      (t) => (web(t).realServers[0].weight = 3),
      ["service web | pi2 192.168.1.107:80 weight 1 -> 3 | kept"],
    ],
    [
      "a server less",
      (t) => web(t).realServers.pop(),
      ["service web | pi3 192.168.1.108:80 removed | ended"],
    ],
    [
      "a server more",
      (t) => web(t).realServers.push({ address: "192.168.1.9" }),
      ["service web | 192.168.1.9:80 added, dr, weight 1 | kept"],
    ],
    [
      "a port: nothing of the old one is left",
      (t) => (web(t).port = 81),
      [
        "service web | moves from tcp 192.168.1.200:80 to tcp 192.168.1.200:81 | none",
        "service web | removed: tcp 192.168.1.200:80 | ended",
      ],
    ],
    ["a name", (t) => (web(t).name = "shop"), ["service shop | name web -> shop | none"]],
    [
      "a threshold",
      (t) => (web(t).realServers[0].upperThreshold = 9),
      ["service web, pi2 192.168.1.107:80 | upper threshold 0 -> 9 | kept"],
    ],
    [
      "a method",
      (t) => (web(t).realServers[0].forwarding = "tun"),
      ["service web, pi2 192.168.1.107:80 | forwarding dr -> tun | at risk"],
    ],
    [
      "persistence",
      (t) => (web(t).persistence = { timeout: 60 }),
      ["service web | persistence none -> 60 s by /32 | kept"],
    ],
    [
      "timeouts",
      (t) => delete t.timeouts,
      ["cluster | timeouts tcp 30 s, tcpFin 120 s, udp 300 s -> the kernel's | kept"],
    ],
    [
      "an ssh user",
      (t) => (t.defaults = { os: "debian-9" }),
      expect.arrayContaining([expect.stringMatching(/ssh pi@.* none$/)]),
    ],
    [
      "a host",
      (t) => delete t.hosts.pi3 && web(t).realServers.pop(),
      expect.arrayContaining(["host pi3 | leaves | none"]),
    ],
    [
      "a sysctl",
      (t) => (t.sysctls = { conntrack: true }),
      expect.arrayContaining(["host pi1 | IPVS sysctls defaults -> conntrack true | kept"]),
    ],
    [
      "a name of the cluster",
      (t) => (t.name = "other"),
      ["cluster | name of the cluster pi-lab -> other | none"],
    ],
  ])("%s", (_, edit, expected) => {
    expect(lines("pi-lab", edit)).toEqual(expected);
  });

  test.each<[string, Edit, string[]]>([
    [
      "the order of directors",
      (t) => t.directors.hosts.reverse(),
      ["directors | hosts in order of priority pi1, pi2 -> pi2, pi1 | at risk"],
    ],
    [
      "no sync",
      (t) => delete t.directors.connectionSync,
      ["directors | connection sync interface eth0, syncId 1 -> off | kept"],
    ],
    [
      "a router id",
      (t) => (t.directors.vrrp = { virtualRouterId: 7 }),
      ["directors | virtual router id 51 -> 7 | at risk"],
    ],
    ["preempt", (t) => (t.directors.vrrp = { preempt: true }), ["directors | preempt off -> on | kept"]],
    [
      "a password, which is not told",
      (t) => (t.directors.vrrp = { authPassword: "s3cr3t" }),
      ["directors | password changes | at risk"],
    ],
    [
      "a check",
      (t) => (web(t).healthCheck.interval = 9),
      [
        expect.stringMatching(
          /^service web \| health check http \/health every 3 s .* -> http \/health every 9 s .* \| kept$/,
        ),
      ],
    ],
    [
      "a check's status",
      (t) => (web(t).healthCheck.status = 204),
      [expect.stringMatching(/status 200.* -> .*status 204/)],
    ],
    [
      "a check, without the defaults of other types",
      (t) => (web(t).healthCheck = { type: "tcp" }),
      [
        expect.stringMatching(
          /^service web \| health check http [^()]* \(status 200, timeout 3, retries 2, delayBeforeRetry 1\) -> tcp [^()]* \(timeout 3, retries 1, delayBeforeRetry 1\) \| kept$/,
        ),
      ],
    ],
    [
      "a sorry server",
      (t) => (web(t).sorryServer = { address: "192.168.1.50" }),
      ["service web | sorry server none -> 192.168.1.50:80 dr | kept"],
    ],
    [
      "mail",
      (t) => (t.directors.notification = { emails: ["a@b"], from: "c@d", smtpServer: "e" }),
      ["directors | mail none -> to a@b from c@d by e | none"],
    ],
    [
      "a director more",
      (t) => {
        t.hosts.pi6 = { interfaces: { eth0: "192.168.1.116/24" } };
        t.directors.hosts.push("pi6");
      },
      [
        "directors | hosts in order of priority pi1, pi2 -> pi1, pi2, pi6 | at risk",
        "host pi6 | joins | none",
      ],
    ],
  ])("%s, with keepalived", (_, edit, expected) => {
    expect(lines("ha-pair", edit)).toEqual(expected);
  });

  test("what a removed server's connections meet follows from the sysctl", () => {
    const remove = (expireNodestConn: boolean) =>
      compare("pi-lab", (t) => {
        web(t).realServers.pop();
        t.sysctls = { expireNodestConn };
      }).changes.find(({ connections }) => connections === "ended")?.effect;
    expect(remove(true)).toMatch(/end at the next packet \(expire_nodest_conn\)/);
    expect(remove(false)).toMatch(/dropped until they time out/);
  });

  test("draining a persistent service tells where clients go that return", () => {
    const drain = (expireQuiescentTemplate: boolean) =>
      compare("ha-pair", (t) => {
        const tls = t.virtualServices[1] as { realServers: object[] };
        tls.realServers[0] = { host: "pi3", weight: 0 };
        t.sysctls = { expireQuiescentTemplate };
      }).changes.find(({ connections }) => connections === "draining")?.effect;
    expect(drain(true)).toMatch(/go to other servers, in spite of persistence/);
    expect(drain(false)).toMatch(/still go to it until their persistence times out/);
  });

  test("of a floating address, another order and a host less are no other interfaces", () => {
    const edit: Edit = (t) => {
      for (const address of t.floatingAddresses ?? [])
        address.hosts = [{ host: "control3" }, { host: "control1" }];
    };
    expect(lines("kube-api", edit)).toEqual([
      "floating address api 192.0.2.100 | hosts control1, control2, control3 -> control3, control1 | at risk",
    ]);
  });

  test("hosts are named with their files, others are not", () => {
    const { hosts, connections } = compare("pi-lab", (t) => (web(t).scheduler = "wlc"));
    expect(hosts).toEqual([{ name: "pi1", files: [{ path: "lvs_dr.sh", is: "changed" }] }]);
    expect(connections).toBe("kept");
  });
});

describe("whatever a generator thinks of", () => {
  const runs = { numRuns: timesBeforeRelease(25, 10) };

  test("a cluster is itself", () => {
    fc.assert(
      fc.property(topologyArbitrary, (topology) => {
        expect(compareClusters(side(topology), side(structuredClone(topology)))).toEqual({
          changes: [],
          hosts: [],
          connections: "none",
        });
      }),
      runs,
    );
  });

  test("no difference of files goes without a word, and none of the topology either", () => {
    fc.assert(
      fc.property(clusterArbitrary, clusterArbitrary, (one, other) => {
        const { changes, hosts } = compareClusters(sideOf(one), sideOf(other));
        if (canonicalJson(one) !== canonicalJson(other)) expect(changes).not.toEqual([]);
        if (hosts.length > 0) expect(changes).not.toEqual([]);
      }),
      runs,
    );
  });
});

describe("lvsgen diff", () => {
  const file = "examples/pi-lab/topology.json";

  function edited(edit: Edit): string {
    const topology = example("pi-lab");
    edit(topology);
    const later = join(temporaryFolder(), "later.json");
    writeFileSync(later, JSON.stringify(topology));
    return later;
  }

  test("the same: exit status 0, and nothing on standard output", () => {
    const { status, stdout, stderr } = lvsgen(["diff", file, file]);
    expect([status, stdout]).toEqual([0, ""]);
    expect(stderr).toMatch(/no changes$/m);
  });

  test("another: exit status 1, by service, with files and a verdict", () => {
    const { status, stdout, stderr } = lvsgen(["diff", file, edited((t) => web(t).realServers.pop())]);
    expect(status).toBe(1);
    expect(stdout).toBe(`service web
  !! pi3 192.168.1.108:80 removed
       its open connections end at the next packet (expire_nodest_conn); set weight 0 first, and wait, to let them finish

files
    pi1: lvs_dr.sh
    pi3: lvs_rs.sh (removed), lvs_rs.init (removed), setup.sh (removed)

Some open connections end.
`);
    expect(stderr).toMatch(/: 1 change, 2 hosts with other files$/m);
  });

  test("--format json", () => {
    const later = edited((t) => (web(t).scheduler = "wlc"));
    const { status, stdout } = lvsgen(["diff", file, later, "--format", "json"]);
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toEqual({
      version: 1,
      same: false,
      changes: [
        {
          subject: "service web",
          what: "scheduler rr -> wlc",
          connections: "kept",
          effect: expect.stringContaining("open connections stay"),
        },
      ],
      hosts: [{ name: "pi1", files: [{ path: "lvs_dr.sh", is: "changed" }] }],
      connections: "kept",
    });
    expect(JSON.parse(lvsgen(["diff", file, file, "--format", "json"]).stdout)).toMatchObject({
      same: true,
      changes: [],
    });
  });

  test("one side may be standard input, both may not", () => {
    const input = readFileSync(join(repository, file), "utf8");
    expect(lvsgen(["diff", "-", file], { input }).status).toBe(0);
    expect(lvsgen(["diff", "-", "-"], { input }).status).toBe(2);
    expect(lvsgen(["diff", file]).status).toBe(2);
  });

  test("its help fits 80 columns", () => {
    const { stdout } = lvsgen(["diff", "--help"]);
    expect(Math.max(...stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
  });
});

test("nothing is said where nothing is to be said", () => {
  expect(comparisonText({ changes: [], hosts: [], connections: "none" })).toBe(
    "no host's files change\n\nNo connected client notices.\n",
  );
});
