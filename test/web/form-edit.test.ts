/** Edits by the form, on the text: the value changes as asked, and what the form does not know stays, to the byte. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { presets } from "../../src/presets/presets.ts";
import { checkTopology } from "../../src/rules/check-topology.ts";
import { applyEdit, refusalOf } from "../../web/src/form/apply-edit.ts";
import { convert } from "../../web/src/form/convert.ts";
import type { FormEdit } from "../../web/src/form/form-edit.ts";
import { type FormModel, formModel } from "../../web/src/form/form-model.ts";
import { repository } from "../helpers/lvsgen.ts";
import { timesBeforeRelease } from "../helpers/release.ts";
import { hostTwice, odd, rest } from "./odd-topologies.ts";

const yaml = (text: string) => ({ text, name: "topology.yaml" });
const json = (text: string) => ({ text, name: "topology.json" });

const examples = readdirSync(join(repository, "examples")).map((name) =>
  json(readFileSync(join(repository, "examples", name, "topology.json"), "utf8")),
);
const piLab = examples[readdirSync(join(repository, "examples")).indexOf("pi-lab")] ?? json("");
const short = yaml(`version: 1
name: shop
x-check: &check { type: tcp, interval: 2s } # of all services
defaults: { os: debian-12 }
hosts:
  "lb[1:2]": { interfaces: { eth0: "10.0.0.[1:2]/24" } }
  web9: { interfaces: { eth0: 10.0.0.9/24 } }
  "web[11:50]": { x-rack: 3, interfaces: { eth0: "10.0.0.[11:50]/24" } }
directors: { hosts: [lb1, lb2], engine: keepalived }
virtualServices:
  - name: web
    vip: 10.0.0.100
    ports: [80, 443, "8000-8003"]
    healthCheck: { <<: *check, timeout: 500ms }
    realServers: [web9, "web[11:50]", { host: lb1, weight: 2 }, 10.0.0.60]
  - name: dns
    vip: 10.0.0.100
    port: 53
    protocol: [tcp, udp]
    realServers: [web9]
    sorryServer: lb2
`);
const all = [
  short,
  convert(short, "json"),
  ...examples,
  ...examples.map((each) => convert(each, "yaml")),
  ...Object.values(presets).map(yaml),
];

/** Lines of `after` that are not in `before`, and the other way round. */
function difference(before: string, after: string): { gone: string[]; come: string[] } {
  const [old, now] = [before.split("\n"), after.split("\n")];
  return { gone: old.filter((line) => !now.includes(line)), come: now.filter((line) => !old.includes(line)) };
}

describe("in YAML", () => {
  const dr = yaml(presets.dr);

  test("a value changes in its place, and its comment stays", () => {
    const { text } = applyEdit(dr, { kind: "set", path: ["virtualServices", 0, "scheduler"], value: "rr" });
    expect(difference(dr.text, text)).toEqual({
      gone: [
        "    scheduler: wrr # rr takes turns; wrr does so by weight; wlc prefers the server with the fewest connections",
      ],
      come: [
        "    scheduler: rr # rr takes turns; wrr does so by weight; wlc prefers the server with the fewest connections",
      ],
    });
  });

  test("a host that comes changes no other line", () => {
    const { text } = applyEdit(dr, { kind: "add-host" });
    expect(difference(dr.text, text)).toEqual({ gone: [], come: ["  web3:", "      eth0: 192.168.1.13/24"] });
    expect(text).toContain(
      "\n  web3:\n    interfaces:\n      eth0: 192.168.1.13/24\n\n# The host that balances.\n",
    );
  });

  test("a host that goes takes its places with it", () => {
    const { text } = applyEdit(dr, { kind: "remove-host", host: "web2" });
    expect(difference(dr.text, text).come).toEqual([]);
    expect(text).not.toContain("web2");
    expect(text).toContain("# The host that balances.");
  });

  test("a host's new name is its name everywhere", () => {
    const ha = yaml(presets.ha);
    const { text } = applyEdit(ha, { kind: "rename-host", from: "director2", to: "standby" });
    expect(text).toBe(ha.text.replaceAll("director2", "standby"));
  });

  test("brackets, quotes, odd indentation and comments stay", () => {
    const odd = yaml(
      [
        "# mine",
        "version: 1",
        "name: 'quoted'   # name",
        "defaults: {os: debian-12}",
        "hosts:",
        "    a: {interfaces: {eth0: 10.0.0.1/24}} # first",
        "",
        "    # the servers",
        "    b: {interfaces: {eth0: 10.0.0.2/24}}",
        "directors: {hosts: [a]}",
        "virtualServices:",
        "- name: web",
        "  vip: 10.0.0.9",
        "  port: 80",
        "  realServers:",
        "  - {host: b} # only one",
        "",
      ].join("\n"),
    );
    const { text } = applyEdit(odd, { kind: "add-server", service: 0 });
    expect(text.startsWith(odd.text.trimEnd())).toBe(true);
    const added = applyEdit(odd, { kind: "add-host" });
    expect(difference(odd.text, added.text).gone).toEqual([]);
    expect(formModel(added)?.hosts.at(-1)).toMatchObject({ name: "b2", address: "10.0.0.3/24" });
    const director = applyEdit(odd, { kind: "set-director", host: "b", isDirector: true });
    expect(director.text.split("\n").filter((line) => line.startsWith("directors:"))).toHaveLength(1);
    expect(parse(director.text).directors.hosts).toEqual(["a", "b"]);
    expect(difference(odd.text, director.text).gone).toHaveLength(1);
  });

  test("values that YAML would read otherwise are quoted", () => {
    for (const value of [
      "yes",
      "1e3",
      "a: b",
      "#x",
      "null",
      "{",
      "x, y",
      "é",
      "- a",
      "true",
      "0x1f",
      "fe80::",
      " ",
    ]) {
      const { text } = applyEdit(dr, { kind: "set", path: ["name"], value });
      expect(parse(text).name).toBe(value);
    }
  });

  test("what an alias stands for changes only where it is changed", () => {
    const aliased = yaml(
      "hosts:\n  a: &one\n    os: debian-12\n    interfaces: { eth0: 10.0.0.1/24 }\n  b: *one\n",
    );
    const { text } = applyEdit(aliased, { kind: "set", path: ["hosts", "b", "os"], value: "debian-11" });
    expect(parse(text).hosts).toMatchObject({ a: { os: "debian-12" }, b: { os: "debian-11" } });
  });
});

describe("in JSON", () => {
  test("a value changes in its place", () => {
    const { text } = applyEdit(piLab, {
      kind: "set",
      path: ["virtualServices", 0, "vip"],
      value: "192.168.1.201",
    });
    expect(text).toBe(piLab.text.replace("192.168.1.200", "192.168.1.201"));
  });

  test("a server is written as the ones beside it", () => {
    const { text } = applyEdit(piLab, { kind: "add-host" });
    expect(text).toContain(
      '"init": "sysv" },\n    "pi4": { "interfaces": { "eth0": "192.168.1.109/24" } }\n  },\n',
    );
    const more = applyEdit({ ...piLab, text }, { kind: "add-server", service: 0 });
    expect(more.text).toContain('{ "host": "pi3", "weight": 1 }, { "host": "pi4", "weight": 1 }]');
  });

  test("a host that goes leaves the others as they are written", () => {
    const { text } = applyEdit(piLab, { kind: "remove-host", host: "pi3" });
    expect(difference(piLab.text, text).come.length).toBeLessThanOrEqual(2);
    expect(JSON.parse(text).virtualServices[0].realServers).toEqual([{ host: "pi2", weight: 1 }]);
    expect(Object.keys(JSON.parse(text).hosts)).toEqual(["pi1", "pi2"]);
  });
});

describe("short forms", () => {
  const edited = (edit: FormEdit) => applyEdit(short, edit).text;

  test("are in the form as they are written", () => {
    const model = formModel(short);
    expect(model?.hosts.map(({ name, address, isDirector }) => [name, address, isDirector])).toEqual([
      ["lb[1:2]", "10.0.0.[1:2]/24", true],
      ["web9", "10.0.0.9/24", false],
      ["web[11:50]", "10.0.0.[11:50]/24", false],
    ]);
    expect(model?.services).toMatchObject([
      {
        port: "80, 443, 8000-8003",
        protocol: "tcp",
        servers: [
          { key: "host", target: "web9", port: "", weight: "1" },
          { key: "host", target: "web[11:50]", weight: "1" },
          { key: "host", target: "lb1", weight: "2" },
          { key: "address", target: "10.0.0.60" },
        ],
      },
      { port: "53", protocol: "tcp, udp" },
    ]);
  });

  const set = (key: string, value: string | number | undefined, server = 0): FormEdit => ({
    kind: "set",
    path: ["virtualServices", 0, "realServers", server, key],
    value,
  });

  test.each<[string, FormEdit, string, string]>([
    [
      "another server",
      { kind: "set-server", service: 0, at: 0, target: "web8" },
      '[web9, "web[',
      '[web8, "web[',
    ],
    ["a setting of a server", set("port", 8080), '[web9, "web[', '[{ host: web9, port: 8080 }, "web['],
    ["a setting of an address", set("weight", 3, 3), ", 10.0.0.60]", ", { address: 10.0.0.60, weight: 3 }]"],
    ["the default weight", set("weight", 1), "", ""],
    [
      "other ports",
      { kind: "set-port", service: 0, value: "80, 444" },
      '[80, 443, "8000-8003"]',
      "[80, 444]",
    ],
    ["one port", { kind: "set-port", service: 0, value: "81" }, 'ports: [80, 443, "8000-8003"]', "port: 81"],
    [
      "more ports",
      { kind: "set-port", service: 1, value: "53, 853" },
      "port: 53",
      "ports:\n      - 53\n      - 853",
    ],
    [
      "a server in a list of names",
      { kind: "add-server", service: 1 },
      "realServers: [web9]",
      'realServers: [web9, "web[11:50]"]',
    ],
    [
      "a sorry server beside names",
      { kind: "set-sorry", service: 1, target: "10.0.0.7" },
      "sorryServer: lb2",
      "sorryServer: 10.0.0.7",
    ],
  ])("stay where they are but for the change: %s", (_, edit, before, after) => {
    const text = edited(edit);
    expect(parse(text, { merge: true })).toEqual(parse(short.text.replace(before, after), { merge: true }));
    const { gone } = difference(short.text, text);
    expect(gone.length).toBeLessThanOrEqual(1);
  });

  test("directors that are a range are hosts of their own, too", () => {
    const text = "hosts: { lb1: {}, lb2: {}, lb3: {} }\ndirectors: { hosts: ['lb[1:2]'] }\n";
    expect(formModel(yaml(text))?.hosts.map(({ isDirector }) => isDirector)).toEqual([true, true, false]);
  });

  test("a sorry server that is a name alone stays one, beside servers with settings, too", () => {
    const text =
      "virtualServices: [{ realServers: [{ host: web1, weight: 2 }], sorryServer: web2 }]\nhosts: { web1: {} }\n";
    const after = applyEdit(yaml(text), { kind: "set-sorry", service: 0, target: "10.0.0.7" });
    expect(parse(after.text).virtualServices[0].sorryServer).toBe("10.0.0.7");
  });

  test("a host's new name is its name where it stands alone, too", () => {
    expect(edited({ kind: "rename-host", from: "web9", to: "web10" })).toBe(
      short.text.replaceAll("web9", "web10"),
    );
    const { text } = applyEdit(short, { kind: "rename-host", from: "web[11:50]", to: "web[11:60]" });
    expect(parse(text).virtualServices[0].realServers[1]).toBe("web[11:60]");
    expect(text).not.toContain("web[11:50]");
  });

  test("a host that goes leaves lists of names, and a range all of its directors", () => {
    const { text } = applyEdit(short, { kind: "remove-host", host: "web9" });
    expect(text).not.toContain("web9");
    const without = edited({ kind: "set-director", host: "lb[1:2]", isDirector: false });
    expect(parse(without).directors.hosts).toEqual([]);
  });

  test("drained directors follow their hosts, and announced services have mh by default", () => {
    const announce = "announce: { bgp: { asn: 65010, neighbors: [{ address: 10.0.0.254, asn: 65000 }] } }";
    const drained = yaml(
      short.text.replace("engine: keepalived }", `engine: keepalived, drained: [lb2], ${announce} }`),
    );
    const directorsAfter = (edit: FormEdit) => parse(applyEdit(drained, edit).text).directors;
    expect(directorsAfter({ kind: "rename-host", from: "lb[1:2]", to: "dir[1:2]" })).toMatchObject({
      hosts: ["dir1", "dir2"],
      drained: ["dir2"],
    });
    for (const edit of [
      { kind: "remove-host", host: "lb[1:2]" },
      { kind: "set-director", host: "lb[1:2]", isDirector: false },
    ] as const)
      expect(directorsAfter(edit)).toMatchObject({ hosts: [], drained: [] });
    expect(formModel(drained)?.services[0]?.scheduler).toBe("mh");
  });

  test("names of some hosts of a range follow it", () => {
    const some = yaml(short.text.replace('[web9, "web[11:50]", {', '[web9, "web[21:23]", web50, {'));
    const { text } = applyEdit(some, { kind: "rename-host", from: "web[11:50]", to: "app[1:40]" });
    expect(difference(some.text, text).come).toEqual([
      '  "app[1:40]": { x-rack: 3, interfaces: { eth0: "10.0.0.[11:50]/24" } }',
      '    realServers: [web9, "app[11:13]", app40, { host: lb1, weight: 2 }, 10.0.0.60]',
    ]);
    // What the new range lacks stays, for the rules to report.
    const shorter = applyEdit(some, { kind: "rename-host", from: "web[11:50]", to: "web[11:22]" });
    expect(shorter.text).toContain('[web9, "web[21:23]", web50, {');
    const removed = applyEdit(some, { kind: "remove-host", host: "web[11:50]" });
    expect(parse(removed.text).virtualServices[0].realServers).toEqual([
      "web9",
      { host: "lb1", weight: 2 },
      "10.0.0.60",
    ]);
    expect(parse(edited({ kind: "remove-host", host: "lb[1:2]" })).directors.hosts).toEqual([]);
    const next = applyEdit(some, { kind: "add-server", service: 0 });
    expect(parse(next.text).virtualServices[0].realServers.at(-1)).toEqual({ host: "web11", weight: 1 });
    expect(refusalOf(short, { kind: "rename-host", from: "web9", to: "web[8:11]" })?.key).toBe("edit.taken");
    expect(refusalOf(short, { kind: "rename-host", from: "web[11:50]", to: "web[11:60]" })).toBeNull();
  });

  test("a service's first server is a name alone, but where all others have a weight", () => {
    const bare = "realServers: []\n";
    const servers = (text: string) =>
      parse(applyEdit(yaml(text), { kind: "add-server", service: 0 }).text).virtualServices[0].realServers;
    const hosts = "hosts: { lb: {}, web1: {} }\ndirectors: { hosts: [lb] }\nvirtualServices:\n  - ";
    expect(servers(`${hosts}${bare}`)).toEqual(["web1"]);
    expect(servers(`${hosts}${bare}  - realServers: [{ host: web1, weight: 1 }]\n`)).toEqual([
      { host: "web1", weight: 1 },
    ]);
  });

  test("a host after a range is the next one", () => {
    const text = edited({ kind: "add-host" });
    expect(parse(text).hosts.web51).toEqual({ interfaces: { eth0: "10.0.0.51/24" } });
  });
});

test("a text that cannot be read stays as it is", () => {
  for (const broken of [yaml("a: [1"), json("{"), yaml("")])
    expect(applyEdit(broken, { kind: "add-host" })).toBe(broken);
});

/** One edit of each field and button that the form has for a topology, with what the form then shows. */
function formEdits(topology: {
  text: string;
  name: string;
}): [FormEdit, (model: FormModel) => unknown, unknown][] {
  const { hosts, services } = formModel(topology) as FormModel;
  const set = (path: FormEdit & { kind: "set" }, read: (model: FormModel) => unknown) =>
    [path, read, path.value] as [FormEdit, (model: FormModel) => unknown, unknown];
  return [
    set({ kind: "set", path: ["name"], value: "own" }, (model) => model.name),
    set({ kind: "set", path: ["defaults", "os"], value: "debian-13" }, (model) => model.os),
    set({ kind: "set", path: ["directors", "engine"], value: "keepalived" }, (model) => model.engine),
    [{ kind: "add-host" }, (model) => model.hosts.length, hosts.length + 1],
    [{ kind: "add-service" }, (model) => model.services.length, services.length + 1],
    ...hosts.flatMap(({ name, interface: own }, at): [FormEdit, (model: FormModel) => unknown, unknown][] => [
      set({ kind: "set", path: ["hosts", name, "os"], value: "debian-13" }, ({ hosts: now }) => now[at]?.os),
      [
        { kind: "rename-host", from: name, to: "own" },
        ({ hosts: now }) => now.some((each) => each.name === "own"),
        true,
      ],
      [
        { kind: "rename-interface", host: name, from: own, to: "own" },
        ({ hosts: now }) => now[at]?.interface,
        "own",
      ],
      [
        { kind: "set-address", host: name, interface: own, value: "10.0.0.77/24" },
        ({ hosts: now }) => now[at]?.address,
        "10.0.0.77/24",
      ],
      [
        { kind: "set-director", host: name, isDirector: !hosts[at]?.isDirector },
        ({ hosts: now }) => now[at]?.isDirector,
        !hosts[at]?.isDirector,
      ],
      [
        { kind: "remove-host", host: name },
        ({ hosts: now }) => now.some((each) => each.name === name),
        false,
      ],
    ]),
    ...services.flatMap(({ servers }, service): [FormEdit, (model: FormModel) => unknown, unknown][] => [
      set(
        { kind: "set", path: ["virtualServices", service, "vip"], value: "10.0.0.8" },
        ({ services: now }) => now[service]?.vip,
      ),
      [{ kind: "set-port", service, value: "81" }, ({ services: now }) => now[service]?.port, "81"],
      [{ kind: "remove-service", at: service }, ({ services: now }) => now.length, services.length - 1],
      [
        { kind: "add-server", service },
        ({ services: now }) => now[service]?.servers.length,
        servers.length + 1,
      ],
      ...servers.flatMap((_, at): [FormEdit, (model: FormModel) => unknown, unknown][] => [
        [
          { kind: "set-server", service, at, target: "own" },
          ({ services: now }) => now[service]?.servers[at]?.target,
          "own",
        ],
        set(
          { kind: "set", path: ["virtualServices", service, "realServers", at, "weight"], value: 7 },
          ({ services: now }) => Number(now[service]?.servers[at]?.weight),
        ),
        [
          { kind: "remove-server", service, at },
          ({ services: now }) => now[service]?.servers.length,
          servers.length - 1,
        ],
      ]),
    ]),
  ];
}

describe.each([
  ["YAML", (text: string) => yaml(text)],
  ["JSON", (text: string) => convert(yaml(text), "json")],
])("an odd topology in %s takes every edit of the form", (language, written) => {
  const doubles = language === "YAML" ? [] : [["a host twice", hostTwice] as const];
  test.each([...odd, ...doubles])("%s", (_name, text) => {
    const topology = text.startsWith("{") ? json(text) : written(text);
    for (const [edit, read, expected] of formEdits(topology)) {
      const after = applyEdit(topology, edit);
      const model = formModel(after);
      expect(model, `${JSON.stringify(edit)}\n${after.text}`).not.toBeNull();
      expect(read(model as FormModel), `${JSON.stringify(edit)}\n${after.text}`).toBe(expected);
    }
  });
});

test("a comment behind an empty value stays", () => {
  const text = applyEdit(yaml(`${rest}hosts: # all of them\n`), { kind: "add-host" }).text;
  expect(text).toContain("# all of them");
  expect(parse(text).hosts.host1).toEqual({ interfaces: { eth0: "" } });
});

/** Any edit that the form offers for a topology. */
function editsOf(text: { text: string; name: string }): fc.Arbitrary<FormEdit> {
  const model = formModel(text);
  const hosts = model?.hosts ?? [];
  const services = (model?.services ?? []).map((_, at) => at);
  const host = fc.constantFrom(...hosts);
  const service = fc.constantFrom(...services);
  const word = fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/);
  const value = fc.oneof(
    word,
    fc.integer({ min: 0, max: 65535 }),
    fc.string({ maxLength: 12 }),
    fc.constant(undefined),
  );
  const server = service.chain((at) =>
    fc.tuple(fc.constant(at), fc.nat(Math.max((model?.services[at]?.servers.length ?? 1) - 1, 0))),
  );
  return fc.oneof(
    fc.record({
      kind: fc.constant("set" as const),
      path: service.map((at) => ["virtualServices", at, "vip"]),
      value,
    }),
    fc.record({
      kind: fc.constant("set" as const),
      path: service.map((at) => ["virtualServices", at, "quorum"]),
      value,
    }),
    fc.record({
      kind: fc.constant("set" as const),
      path: host.map(({ name }) => ["hosts", name, "os"]),
      value,
    }),
    fc.record({ kind: fc.constant("rename-host" as const), from: host.map(({ name }) => name), to: word }),
    fc.record({ kind: fc.constant("remove-host" as const), host: host.map(({ name }) => name) }),
    fc.record({
      kind: fc.constant("set-director" as const),
      host: host.map(({ name }) => name),
      isDirector: fc.boolean(),
    }),
    host.chain(({ name, interface: own }) =>
      fc.record({
        kind: fc.constant("set-address" as const),
        host: fc.constant(name),
        interface: fc.constant(own),
        value: fc.string({ maxLength: 20 }),
      }),
    ),
    host.chain(({ name, interface: own }) =>
      fc.record({
        kind: fc.constant("rename-interface" as const),
        host: fc.constant(name),
        from: fc.constant(own),
        to: word,
      }),
    ),
    fc.constantFrom<FormEdit>({ kind: "add-host" }, { kind: "add-service" }),
    fc.record({ kind: fc.constant("remove-service" as const), at: service }),
    fc.record({ kind: fc.constant("add-server" as const), service }),
    server.map(([at, place]) => ({ kind: "remove-server" as const, service: at, at: place })),
    fc
      .tuple(server, fc.oneof(word, fc.constant("10.9.8.7")))
      .map(([[at, place], target]) => ({ kind: "set-server" as const, service: at, at: place, target })),
  );
}

test("floating addresses follow their hosts, and a topology without services gets its first one, and a director", () => {
  const vip = yaml(presets.vip);
  const renamed = applyEdit(vip, { kind: "rename-host", from: "web2", to: "standby" });
  expect(difference(vip.text, renamed.text).come).toEqual([
    "  standby:",
    "    hosts: [web1, standby] # in the order of priority",
  ]);
  const removed = applyEdit(vip, { kind: "remove-host", host: "web2" });
  expect(removed.text).toContain("hosts: [ web1 ] # in the order");
  const director = applyEdit(vip, { kind: "set-director", host: "web1", isDirector: true });
  const served = applyEdit(director, { kind: "add-service" });
  expect(parse(served.text)).toMatchObject({
    directors: { hosts: ["web1"] },
    virtualServices: [{ realServers: ["web2"] }],
  });
});

const hasServices = ({ text }: { readonly text: string }) => text.includes("virtualServices");

/** A topology and edits on it, one after the other, each as the form then offers. */
const runs = fc
  .constantFrom(...all.filter(hasServices))
  .chain((topology) =>
    fc.tuple(fc.constant(topology), fc.array(editsOf(topology), { minLength: 1, maxLength: 3 })),
  );

test("JSON and YAML of one topology stay equal under the same edits, and can always be read again", () => {
  fc.assert(
    fc.property(runs, ([topology, edits]) => {
      let inYaml = convert(topology, "yaml");
      let inJson = convert(topology, "json");
      let own = topology;
      for (const edit of edits)
        [inYaml, inJson, own] = [applyEdit(inYaml, edit), applyEdit(inJson, edit), applyEdit(own, edit)];
      expect(parse(inYaml.text)).toEqual(JSON.parse(inJson.text));
      expect(parse(own.text, { merge: true })).toEqual(JSON.parse(inJson.text));
    }),
    { numRuns: timesBeforeRelease(300, 60), seed: 7 },
  );
});

test("comments survive every edit that does not take away what they stand at", () => {
  const comments = (text: string) => [...text.matchAll(/#.*$/gm)].map(([comment]) => comment);
  fc.assert(
    fc.property(
      fc
        .constantFrom(...Object.values(presets).map(yaml).filter(hasServices))
        .chain((topology) => fc.tuple(fc.constant(topology), editsOf(topology))),
      ([topology, edit]) => {
        fc.pre(!edit.kind.startsWith("remove") && !(edit.kind === "set" && edit.value === undefined));
        expect(comments(applyEdit(topology, edit).text)).toEqual(comments(topology.text));
      },
    ),
    { numRuns: timesBeforeRelease(200, 60), seed: 7 },
  );
});

test("adding what the form adds gives topologies without errors", () => {
  for (const topology of all) {
    for (const edit of [{ kind: "add-host" }, { kind: "add-server", service: 0 }] as const) {
      const before = checkTopology(topology.text, topology.name);
      if (before.cluster === null) continue;
      const free = formModel(topology)?.hosts.length !== formModel(applyEdit(topology, edit))?.hosts.length;
      if (!free) continue;
      const { text, name } = applyEdit(topology, edit);
      expect(checkTopology(text, name).diagnostics.filter(({ severity }) => severity === "error")).toEqual(
        [],
      );
    }
  }
});
