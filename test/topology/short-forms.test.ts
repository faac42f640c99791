/** Short forms: what they mean, where their faults are, and that topologies without them are untouched. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { checkTopology } from "../../src/rules/check-topology.ts";
import { formats } from "../../src/topology/formats.ts";
import { writtenSchema } from "../../src/topology/schema.ts";
import { expandShortForms } from "../../src/topology/short-forms/expand.ts";
import { repository } from "../helpers/lvsgen.ts";

const base = {
  version: 1,
  name: "shop",
  defaults: { os: "debian-12" },
  hosts: {
    lb1: { interfaces: { eth0: "10.0.0.1/24" } },
    web1: { interfaces: { eth0: "10.0.0.11/24" } },
    web2: { interfaces: { eth0: "10.0.0.12/24" } },
  },
  directors: { hosts: ["lb1"] },
  virtualServices: [{ name: "web", vip: "10.0.0.100", port: 80, realServers: [{ host: "web1" }] }],
};
const [web] = base.virtualServices;
const withService = (service: object) => ({ ...base, virtualServices: [{ ...web, ...service }] });

const accepts = new Ajv({ strict: false, allErrors: true, formats: { ...formats } }).compile(writtenSchema);

/** What is found, as `CODE pointer message`, from the YAML text. */
function found(topology: object | string): string[] {
  const text = typeof topology === "string" ? topology : stringify(topology);
  return checkTopology(text, "cluster.yaml")
    .diagnostics.filter(({ severity }) => severity === "error")
    .map(({ code, pointer, message }) => `${code} ${pointer} ${message}`);
}

const forms: readonly { name: string; short: object; long: object }[] = [
  {
    name: "real servers by name and by address",
    short: withService({ realServers: ["web1", { host: "web2", weight: 2 }, "10.0.0.60"] }),
    long: withService({
      realServers: [{ host: "web1" }, { host: "web2", weight: 2 }, { address: "10.0.0.60" }],
    }),
  },
  {
    name: "a sorry server by name",
    short: withService({ sorryServer: "web2" }),
    long: withService({ sorryServer: { host: "web2" } }),
  },
  {
    name: "several ports",
    short: withService({ port: undefined, ports: [80, 443, "8000-8001"] }),
    long: {
      ...base,
      virtualServices: [80, 443, 8000, 8001].map((port) => ({ ...web, name: `web-${port}`, port })),
    },
  },
  {
    name: "several protocols, and both",
    short: withService({ port: undefined, ports: [53, 853], protocol: ["tcp", "udp"] }),
    long: {
      ...base,
      virtualServices: [53, 853].flatMap((port) =>
        ["tcp", "udp"].map((protocol) => ({ ...web, name: `web-${port}-${protocol}`, port, protocol })),
      ),
    },
  },
  {
    name: "durations",
    short: { ...withService({ persistence: { timeout: "5m" } }), timeouts: { tcp: "2h", udp: "30s" } },
    long: { ...withService({ persistence: { timeout: 300 } }), timeouts: { tcp: 7200, udp: 30 } },
  },
  {
    name: "durations below a second",
    short: withService({ healthCheck: { type: "tcp", interval: "1.5s", timeout: "500ms" } }),
    long: withService({ healthCheck: { type: "tcp", interval: 1.5, timeout: 0.5 } }),
  },
  {
    name: "ranges of hosts, their addresses and what names them",
    short: {
      ...base,
      hosts: {
        "lb[1:2]": { interfaces: { eth0: "10.0.0.[1:2]/24" } },
        "web[08:10]": { interfaces: { eth0: ["10.0.0.[11:13]/24", "2001:db8::[11:13]/64"] }, kernel: "6.1" },
        "db-[a:c:2]": { interfaces: { eth0: "10.0.0.[21:23:2]/24" } },
      },
      directors: { hosts: ["lb[1:2]"], drained: ["lb[1:2]"] },
      virtualServices: [
        {
          ...web,
          realServers: ["web[08:10]", { host: "db-[a:c:2]", weight: 2 }, { address: "10.0.0.[60:61]" }],
        },
      ],
    },
    long: {
      ...base,
      hosts: {
        lb1: { interfaces: { eth0: "10.0.0.1/24" } },
        lb2: { interfaces: { eth0: "10.0.0.2/24" } },
        web08: { interfaces: { eth0: ["10.0.0.11/24", "2001:db8::11/64"] }, kernel: "6.1" },
        web09: { interfaces: { eth0: ["10.0.0.12/24", "2001:db8::12/64"] }, kernel: "6.1" },
        web10: { interfaces: { eth0: ["10.0.0.13/24", "2001:db8::13/64"] }, kernel: "6.1" },
        "db-a": { interfaces: { eth0: "10.0.0.21/24" } },
        "db-c": { interfaces: { eth0: "10.0.0.23/24" } },
      },
      directors: { hosts: ["lb1", "lb2"], drained: ["lb1", "lb2"] },
      virtualServices: [
        {
          ...web,
          realServers: [
            ...["web08", "web09", "web10"].map((host) => ({ host })),
            ...["db-a", "db-c"].map((host) => ({ host, weight: 2 })),
            ...["10.0.0.60", "10.0.0.61"].map((address) => ({ address })),
          ],
        },
      ],
    },
  },
  {
    name: "keys of one's own, but hosts and interfaces by any name",
    short: {
      ...base,
      "x-note": { owner: "ops" },
      hosts: { ...base.hosts, "x-ray": { interfaces: { eth0: "10.0.0.9/24" }, "x-rack": 3 } },
    },
    long: { ...base, hosts: { ...base.hosts, "x-ray": { interfaces: { eth0: "10.0.0.9/24" } } } },
  },
];

describe("a short form", () => {
  test.each(forms)("means its long form: $name", ({ short, long }) => {
    const written = JSON.parse(JSON.stringify(short));
    const { value, findings } = expandShortForms(written);
    expect(findings).toEqual([]);
    expect(value).toEqual(JSON.parse(JSON.stringify(long)));
  });

  test.each(forms)("is in the schema that editors use: $name", ({ short }) => {
    accepts(JSON.parse(JSON.stringify(short)));
    expect(accepts.errors ?? []).toEqual([]);
  });

  test.each(forms)("goes through text, and the same cluster comes out: $name", ({ short, long }) => {
    const cluster = (topology: object) => checkTopology(stringify(topology), "cluster.yaml").cluster;
    expect(cluster(short)).toEqual(cluster(long));
  });
});

test.each(["pi-lab", "everything", "three-nodes"])(
  "a topology without short forms stays the same object: %s",
  (name) => {
    const topology = JSON.parse(readFileSync(join(repository, `examples/${name}/topology.json`), "utf8"));
    expect(expandShortForms(topology).value).toBe(topology);
  },
);

describe("faults are where they were written", () => {
  const range = (name: string, address: string) => ({
    ...base,
    hosts: { ...base.hosts, [name]: { interfaces: { eth0: address } } },
  });
  const cases: readonly [name: string, topology: object, fault: string][] = [
    [
      "lengths that differ",
      range("db[1:3]", "10.0.0.[21:24]/24"),
      'LVS014 /hosts/db[1:3]/interfaces/eth0 the range "10.0.0.[21:24]/24" has 4 items, the one before it 3',
    ],
    [
      "a host twice",
      range("web[2:3]", "10.0.0.[21:22]/24"),
      'LVS014 /hosts/web[2:3] duplicate host "web2": "web2" has it too',
    ],
    [
      "out of the subnet",
      range("db[1:3]", "10.0.0.[14:16]/28"),
      "LVS014 /hosts/db[1:3]/interfaces/eth0 the range leaves the subnet of 10.0.0.14/28: 10.0.0.16/28",
    ],
    [
      "past the last address",
      range("db[1:3]", "10.0.0.[254:256]/24"),
      "LVS014 /hosts/db[1:3]/interfaces/eth0 the range leaves the subnet of 10.0.0.254/24: 10.0.0.256/24",
    ],
    [
      "backwards",
      range("db[3:1]", "10.0.0.[21:23]/24"),
      'LVS014 /hosts/db[3:1] "db[3:1]" is not a range of host names',
    ],
    [
      "without an end in sight",
      range("db[1:999999999]", "10.0.0.21/24"),
      'LVS014 /hosts/db[1:999999999] "db[1:999999999]" is not a range of host names',
    ],
    [
      "two ranges in a name",
      range("r[1:2]-[1:2]", "10.0.0.21/24"),
      'LVS014 /hosts/r[1:2]-[1:2] "r[1:2]-[1:2]" is not a range of host names',
    ],
    [
      "ports the wrong way round",
      withService({ port: undefined, ports: [80, "8010-8000"] }),
      'LVS014 /virtualServices/0/ports/1 "8010-8000" is not a port or a range of ports',
    ],
  ];
  test.each(cases)("%s", (_, topology, fault) => {
    expect(found(topology)).toEqual([fault]);
  });

  test("the other place that a message names is as written, too", () => {
    const services = [
      { ...web, port: undefined, ports: [80, 443] },
      { ...web, name: "shop", port: 443 },
    ];
    expect(found({ ...base, virtualServices: services })).toEqual([
      "LVS134 /virtualServices/1/vip duplicate VIP and port 10.0.0.100 port 443 tcp: web-443 has it already (/virtualServices/0)",
    ]);
    expect(found(range("db[1:2]", "10.0.0.[12:13]/24"))).toEqual([
      "LVS110 /hosts/db[1:2]/interfaces/eth0 duplicate address 10.0.0.12: it is web2's address on eth0 already (/hosts/web2/interfaces/eth0)",
    ]);
  });

  test("an unknown host of a range is said once, at the range", () => {
    const faults = found(withService({ realServers: ["web1", "db[1:40]"] }));
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(/^LVS\d+ \/virtualServices\/0\/realServers\/1\/host .*db1/);
  });

  test("after lists that grew, too", () => {
    const topology = withService({ port: undefined, ports: [80, 443], realServers: ["web1", "nobody"] });
    const later = { ...web, name: "later", port: 81, realServers: [{ host: "web1", weight: -1 }] };
    const faults = found({ ...topology, virtualServices: [...topology.virtualServices, later] });
    expect(faults.map((fault) => fault.split(" ")[1])).toEqual([
      "/virtualServices/0/realServers/1/host",
      "/virtualServices/1/realServers/0/weight",
    ]);
  });

  test("a duration that is none", () => {
    const [fault = ""] = found(withService({ persistence: { timeout: "5 minutes" } }));
    expect(fault).toMatch(/^LVS012 \/virtualServices\/0\/persistence\/timeout /);
  });
});

describe("persistence of several ports", () => {
  const persistence = { timeout: 300 };
  const warnings = (...services: object[]) =>
    checkTopology(stringify({ ...base, virtualServices: services }), "cluster.yaml")
      .diagnostics.filter(({ code }) => code === "LVS197")
      .map(({ pointer }) => pointer);
  const list = { ...web, port: undefined, ports: [80, 443], persistence };

  test("is told of at the list", () => {
    const before = { ...web, name: "before", port: undefined, ports: ["90-92"] };
    expect(warnings(before, list)).toEqual(["/virtualServices/1/ports"]);
  });

  test.each([
    ["a firewall mark covers them", [{ ...list, fwmark: 1 }]],
    ["there is none", [{ ...list, persistence: undefined }]],
    ["the list has one port", [{ ...list, ports: [80], protocol: ["tcp", "udp"] }]],
    [
      "they are services of their own",
      [
        { ...web, persistence },
        { ...web, name: "tls", port: 443, persistence },
      ],
    ],
  ])("is not where %s", (_, services) => {
    expect(warnings(...services)).toEqual([]);
  });
});

describe("merge keys of YAML", () => {
  const text = (
    service: string,
    before = "",
  ) => `${before}${stringify({ ...base, virtualServices: undefined })}\
virtualServices:\n${service}`;
  const anchor = "x-web: &web { vip: 10.0.0.100, port: 80, realServers: [web1] }\n";

  test("give a mapping the keys that it does not have itself", () => {
    const { cluster, diagnostics } = checkTopology(
      text("  - { <<: *web, name: a }\n  - { <<: [{ port: 81 }, *web], name: b }\n", anchor),
      "cluster.yaml",
    );
    expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(cluster?.services.map(({ name, port }) => [name, port])).toEqual([
      ["a", 80],
      ["b", 81],
    ]);
  });

  test("faults in what they bring are at the anchor, others where they stand", () => {
    const broken = text(
      "  - { <<: *web, name: a, scheduler: rr2 }\n",
      anchor.replace("port: 80", "port: 80000"),
    );
    const { diagnostics } = checkTopology(broken, "cluster.yaml");
    expect(diagnostics.map(({ line, pointer }) => [line, pointer])).toEqual([
      [1, "/virtualServices/0/port"],
      [broken.split("\n").length - 1, "/virtualServices/0/scheduler"],
    ]);
  });

  test.each([
    ["what is not a mapping", "  - { <<: 5, name: a }\n", /takes over mappings/],
    ["itself", "  - &a { <<: *a, name: a }\n", /repeat too much|names? no anchor/],
  ])("of %s are faults", (_, service, message) => {
    const { diagnostics } = checkTopology(text(service), "cluster.yaml");
    expect(diagnostics[0]).toMatchObject({ code: "LVS001", message: expect.stringMatching(message) });
  });

  test("do not multiply without end", () => {
    const doubled = Array.from(
      { length: 40 },
      (_, n) => `  - &m${n + 1} { k${n}: 1, <<: [*m${n}, *m${n}] }\n`,
    );
    const bomb = `x-m:\n  - &m0 { a: 1 }\n${doubled.join("")}${stringify(base)}`;
    const { diagnostics } = checkTopology(bomb, "cluster.yaml");
    expect(diagnostics[0]).toMatchObject({ code: "LVS001" });
  });
});

test("both topologies of the page on short forms are one cluster", () => {
  const page = readFileSync(join(repository, "docs/topology.md"), "utf8");
  const chapter = page.slice(page.indexOf("## Short forms"));
  const [short, long] = [...chapter.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, yaml = ""]) => yaml);
  const cluster = (yaml = "") => checkTopology(yaml, "cluster.yaml").cluster;
  expect(cluster(short)).not.toBeNull();
  expect(cluster(short)).toEqual(cluster(long));
  expect(parse(long ?? "")).toHaveProperty("version", 1);
});
