import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { isMap, parseDocument } from "yaml";
import { dotOf, dotText } from "../../src/graph/dot.ts";
import { mermaidOf, mermaidText } from "../../src/graph/mermaid.ts";
import { isDirect, type Picture, pictureOf } from "../../src/graph/picture.ts";
import { xmlText } from "../../src/graph/svg/shapes.ts";
import { svgOf } from "../../src/graph/svg/svg.ts";
import { checkTopology } from "../../src/rules/check-topology.ts";
import type { Cluster } from "../../src/topology/model.ts";
import { expandRange, parseRange } from "../../src/topology/short-forms/range.ts";
import { lvsgen, repository } from "../helpers/lvsgen.ts";

function clusterOf(topology: unknown): Cluster {
  const { cluster, diagnostics } = checkTopology(JSON.stringify(topology), "topology.json");
  if (cluster === null) throw new Error(JSON.stringify(diagnostics));
  return cluster;
}

const folder = join(repository, "examples");
const examples = readdirSync(folder).map((name) => {
  const text = readFileSync(join(folder, name, "topology.json"), "utf8");
  return { name, cluster: clusterOf(JSON.parse(text)) };
});

/** Two directors, 30 servers by dr and 18 by nat. */
function fifty(): Cluster {
  const numbers = (count: number) => Array.from({ length: count }, (_, at) => at + 1);
  const web = numbers(30).map((at) => ({ host: `web${at}`, weight: at === 4 ? 0 : (at % 3) + 1 }));
  return clusterOf({
    version: 1,
    name: "fifty",
    defaults: { os: "debian-12" },
    hosts: {
      lvs1: { interfaces: { eth0: "10.0.0.2/24", eth1: "10.1.0.2/16" } },
      lvs2: { interfaces: { eth0: "10.0.0.3/24", eth1: "10.1.0.3/16" } },
      ...Object.fromEntries(
        numbers(30).map((at) => [`web${at}`, { interfaces: { eth0: `10.0.0.${10 + at}/24` } }]),
      ),
      ...Object.fromEntries(
        numbers(18).map((at) => [`app${at}`, { interfaces: { eth0: `10.1.0.${10 + at}/16` } }]),
      ),
    },
    directors: {
      hosts: ["lvs1", "lvs2"],
      engine: "keepalived",
      vrrp: { addresses: [{ address: "10.1.0.1/16", virtualRouterId: 52 }] },
    },
    virtualServices: [
      { name: "web", vip: "10.0.0.200", port: 80, scheduler: "wrr", realServers: web },
      { name: "tls", vip: "10.0.0.200", port: 443, scheduler: "wrr", realServers: web },
      {
        name: "app",
        vip: "10.0.0.201",
        port: 80,
        forwarding: "nat",
        nat: { returnPath: "default-gateway" },
        realServers: numbers(18).map((at) => ({ host: `app${at}`, port: 8080 })),
      },
    ],
  });
}

const all = [...examples, { name: "fifty", cluster: fifty() }];

/** Every name and address that a reader looks for. */
function expected({ hosts, services, floating, directors }: Cluster): string[] {
  const serving = services.flatMap(({ realServers }) =>
    realServers.map(({ host, address }) => host ?? address),
  );
  return [
    ...serving.filter((name) => hosts.has(name)).map(shownName),
    ...services.flatMap(({ name, vip }) => [name, vip]),
    ...(directors.announce?.neighbors ?? []).map(({ address }) => address),
    ...floating.flatMap(({ name, ip, members }) => [name, ip, ...members.map(({ host }) => host)]),
  ];
}

const countOf = (servers: readonly { readonly count: number }[]) =>
  servers.reduce((sum, { count }) => sum + count, 0);

/** Of a range, all. */
function namesIn(name: string): string[] {
  const range = parseRange(name);
  return range === null ? [name] : expandRange(range);
}

/** As a picture names it: the servers of the large group in step are one. */
const shownName = (name: string) => (/^app\d+$/.test(name) ? "app[1:18]" : name);

describe("what is in a picture", () => {
  test("servers that the same services reach alike are one group, with what differs", () => {
    const { directors, vips, groups, floating } = pictureOf(fifty());
    expect(directors.map(({ name, role }) => `${name}: ${role}`)).toEqual([
      "lvs1: master first",
      "lvs2: standby",
    ]);
    expect(floating).toEqual([{ address: "10.1.0.1/16", note: "moves with the master", forClients: false }]);
    expect(vips.map(({ address, services }) => [address, services.map(({ name }) => name)])).toEqual([
      ["10.0.0.200", ["web", "tls"]],
      ["10.0.0.201", ["app"]],
    ]);
    expect(
      groups.map(({ subnets, servers, ways }) => [
        subnets,
        countOf(servers),
        ways.map(({ method }) => method),
      ]),
    ).toEqual([
      [["10.0.0.0/24"], 30, ["dr", "dr"]],
      [["10.1.0.0/16"], 18, ["nat"]],
    ]);
    expect(groups[1]?.servers).toMatchObject([
      { name: "app[1:18]", count: 18, addresses: ["10.1.0.[11:28]:8080"] },
    ]);
    expect(
      groups[0]?.servers.slice(2, 5).map(({ name, weight, isDrained }) => [name, weight, isDrained]),
    ).toEqual([
      ["web3", "", false],
      ["web4", "weight 0", true],
      ["web5", "weight 3", false],
    ]);
  });

  test("routers spread connections over the directors that announce to them", () => {
    const anycast = examples.find(({ name }) => name === "anycast")?.cluster;
    if (anycast === undefined) throw new Error("there is no example anycast");
    const drained = { ...anycast, directors: { ...anycast.directors, drained: ["lb2"] } };
    const { directors, routers } = pictureOf(drained);
    expect(directors.map(({ name, role }) => `${name}: ${role}`)).toEqual([
      "lb1: active",
      "lb2: drained",
      "lb3: active",
    ]);
    expect(routers).toEqual([
      { id: "router1", address: "10.1.0.1", detail: "AS 65001, to AS 65010", directors: [0] },
      { id: "router2", address: "10.2.0.1", detail: "AS 65002, to AS 65010", directors: [2] },
    ]);
    const arrows = mermaidOf(pictureOf(drained))
      .split("\n")
      .filter((line) => line.includes("-->"));
    expect(arrows.filter((line) => /clients|router/.test(line)).map((line) => line.trim())).toEqual([
      "clients --> router1",
      "router1 --> director1",
      "clients --> router2",
      "router2 --> director3",
    ]);
  });

  test.each(all)("$name has every server once, and each of its ways", ({ cluster }) => {
    const { groups } = pictureOf(cluster);
    const drawn = groups.flatMap(({ servers, ways }) =>
      servers
        .flatMap(({ name: shown }) => namesIn(shown))
        .flatMap((name) => ways.map(({ serviceName, forwarding }) => `${serviceName} ${forwarding} ${name}`)),
    );
    const meant = cluster.services.flatMap(({ name, realServers, sorryServer }) =>
      [...realServers, ...(sorryServer === null ? [] : [sorryServer])].map(
        ({ host, address, forwarding }) => `${name} ${forwarding} ${host ?? address}`,
      ),
    );
    expect(drawn.toSorted()).toEqual(meant.toSorted());
    const names = groups.flatMap(({ servers }) => servers.flatMap(({ name }) => namesIn(name)));
    expect(new Set(names).size).toBe(names.length);
  });
});

describe.each(all)("svg of $name", ({ cluster }) => {
  const picture = pictureOf(cluster);
  const svg = svgOf(picture);

  test("is XML that asks for nothing from elsewhere", () => {
    const { status, stderr } = spawnSync(
      "python3",
      ["-c", "import sys,xml.dom.minidom as m; m.parse(sys.stdin)"],
      { input: svg, encoding: "utf8" },
    );
    expect(stderr).toBe("");
    expect(status).toBe(0);
    expect(svg).not.toMatch(
      /<script|<image|<foreignObject|@import|href|url\((?!#)|https?:(?!\/\/www\.w3\.org\/2000\/svg")/,
    );
    expect(svg).toContain("prefers-color-scheme:dark");
  });

  test("shows every host, VIP and service", () => {
    for (const text of expected(cluster)) expect(svg).toContain(xmlText(text));
  });

  test("has answers on every way: straight for dr and tun, back for nat", () => {
    const has = (method: string) =>
      picture.groups.some(({ ways }) => ways.some((way) => way.forwarding === method));
    for (const method of ["dr", "nat", "tun"])
      expect(svg.includes(`class="answer ${method}"`)).toBe(has(method));
  });

  test("nothing lies outside, and no boxes of servers on one another", () => {
    const [, width = 0, height = 0] = (/viewBox="0 0 (\d+) (\d+)"/.exec(svg) ?? []).map(Number);
    const boxes = [
      ...svg.matchAll(/<rect class="([^"]+)" x="(\d+)" y="(\d+)" width="(\d+)" height="(\d+)"/g),
    ].map(([, style, ...numbers]) => {
      const [x = 0, y = 0, wide = 0, high = 0] = numbers.map(Number);
      return { style, x, y, right: x + wide, bottom: y + high };
    });
    for (const { right, bottom } of boxes) {
      expect(right).toBeLessThanOrEqual(width);
      expect(bottom).toBeLessThanOrEqual(height);
    }
    for (const style of [/^frame$/, /^cell/]) {
      const same = boxes.filter((box) => style.test(box.style ?? ""));
      for (const [at, one] of same.entries())
        for (const other of same.slice(at + 1))
          expect(
            one.right <= other.x || other.right <= one.x || one.bottom <= other.y || other.bottom <= one.y,
          ).toBe(true);
    }
  });
});

test("fifty hosts are no taller than two screens", () => {
  const [, width = 0, height = 0] = (/viewBox="0 0 (\d+) (\d+)"/.exec(svgOf(pictureOf(fifty()))) ?? []).map(
    Number,
  );
  expect(width).toBeLessThan(1400);
  expect(height).toBeLessThan(1400);
});

describe.each(all)("dot of $name", ({ cluster }) => {
  test("Graphviz reads it without a complaint and draws every host", () => {
    const { status, stdout, stderr } = spawnSync("dot", ["-Tplain"], {
      input: dotOf(pictureOf(cluster)),
      encoding: "utf8",
    });
    expect(stderr).toBe("");
    expect(status).toBe(0);
    for (const text of expected(cluster)) expect(dotOf(pictureOf(cluster))).toContain(text);
    expect(stdout).toMatch(/^edge clients /m);
  });
});

describe.each(all)("mermaid of $name", ({ cluster }) => {
  const picture = pictureOf(cluster);
  const text = mermaidOf(picture);

  test("has a front matter, closes what it opens, and joins only what is there", () => {
    const [, front = "", chart = ""] = text.split(/^---$/m);
    expect(isMap(parseDocument(front).contents)).toBe(true);
    expect(chart.match(/^ *subgraph /gm)?.length).toBe(chart.match(/^ *end$/gm)?.length);
    const known = new Set([...chart.matchAll(/^ *(?:subgraph )?(\w+)[[(]/gm)].map(([, id]) => id));
    for (const [, from, to] of chart.matchAll(/^ {2}(\w+) (?:<?--|<?-\.).* (\w+)$/gm)) {
      expect(known).toContain(from);
      expect(known).toContain(to);
    }
  });

  test("shows every host, VIP and service, and nat both ways", () => {
    for (const name of expected(cluster)) expect(text).toContain(mermaidText(name));
    const isBack = picture.groups.some(({ ways }) => ways.some((way) => !isDirect(way)));
    expect(text.includes("<--")).toBe(isBack);
  });
});

describe("values are escaped for their format", () => {
  const nasty = `a"b'<c>&d\\n]|{e};--%% #x;\u0007`;
  const way = {
    service: "service1",
    serviceName: nasty,
    forwarding: "nat",
    method: "nat",
    isSorry: false,
  } as const;
  const picture: Picture = {
    title: nasty,
    directors: [{ name: nasty, addresses: [nasty], role: nasty }],
    routers: [{ id: "router1", address: nasty, detail: nasty, directors: [0] }],
    floating: [{ address: nasty, note: nasty, forClients: true }],
    vips: [
      {
        id: "vip1",
        address: nasty,
        carrier: nasty,
        services: [{ id: "service1", name: nasty, detail: nasty }],
      },
    ],
    groups: [
      {
        id: "group1",
        subnets: [nasty],
        ways: [way],
        servers: [
          { name: nasty, count: 1, addresses: [nasty], weight: nasty, isDrained: false, note: nasty },
        ],
      },
    ],
  };

  test("svg", () => {
    const { status, stdout } = spawnSync(
      "python3",
      [
        "-c",
        "import sys,xml.dom.minidom as m; print(m.parse(sys.stdin).getElementsByTagName('title')[0].firstChild.data)",
      ],
      { input: svgOf(picture), encoding: "utf8" },
    );
    expect(status).toBe(0);
    expect(stdout).toBe(`${nasty.replace("\u0007", " ")}\n`);
  });

  test("dot", () => {
    const { status, stderr } = spawnSync("dot", ["-Tplain"], { input: dotOf(picture), encoding: "utf8" });
    expect(stderr).toBe("");
    expect(status).toBe(0);
    expect(dotText(['a"\\b'])).toBe('"a\\"\\\\b"');
  });

  test("mermaid", () => {
    expect(mermaidText('a"b<c>#&]')).toBe("a#34;b#60;c#62;#35;#38;#93;");
    const lines = mermaidOf(picture).split("\n").slice(7);
    for (const line of lines)
      expect(line.replaceAll(/#\d+;/g, "")).not.toMatch(/[&'\\|{}]|%%|"[^"]*"[^\]-]*"/);
  });
});

describe("lvsgen graph", () => {
  const file = "examples/pi-lab/topology.json";

  test.each([
    ["mermaid", /^---\ntitle: "pi-lab"/],
    ["dot", /^digraph "pi-lab" \{/],
    ["svg", /^<svg xmlns=/],
  ])("--format %s on standard output", (format, beginning) => {
    const { status, stdout } = lvsgen(["graph", file, "--format", format]);
    expect(status).toBe(0);
    expect(stdout).toMatch(beginning);
  });

  test("a topology with errors is reported, and nothing is drawn", () => {
    const { status, stdout, stderr } = lvsgen(["graph", "-"], { input: "version: 1" });
    expect(status).toBe(1);
    expect(stdout).toBe("");
    expect(stderr).toMatch(/LVS011/);
  });

  test("the README's picture is the one of pi-lab", () => {
    expect(readFileSync(join(repository, "docs/pi-lab.svg"), "utf8")).toBe(
      lvsgen(["graph", file, "--format", "svg"]).stdout,
    );
    expect(readFileSync(join(repository, "README.md"), "utf8")).toContain("(docs/pi-lab.svg)");
  });
});
