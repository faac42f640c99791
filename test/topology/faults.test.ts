/** What people are told about topologies with many mistakes: all of them, in their words, in the order of the text. */

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { checkTopology } from "../../src/rules/check-topology.ts";
import { diagnosticsText } from "../../src/topology/diagnostics-text.ts";

const folder = new URL("../fixtures/topology/faults/", import.meta.url);

test.each(["many.json", "many.yaml"])("%s", async (file) => {
  const { diagnostics, text, cluster } = checkTopology(readFileSync(new URL(file, folder), "utf8"), file);
  expect(cluster).toBeNull();
  const told = diagnosticsText(diagnostics, file, text, { color: false, limit: 100 });
  await expect(told).toMatchFileSnapshot(new URL(`${file}.txt`, folder).pathname);
  // ajv's own words never reach anybody.
  expect(told).not.toMatch(/must (have|match|NOT)|should|instancePath|additional propert/);
});

const good = `\
version: 1
name: example
defaults: { os: debian-12 }
hosts:
  pi1: { interfaces: { eth0: 192.168.1.114/24 } }
  pi2: { interfaces: { eth0: 192.168.1.107/24 } }
directors: { hosts: [pi1] }
virtualServices:
  - name: web
    vip: 192.168.1.200
    port: 80
    realServers: [{ host: pi2 }]
`;

interface Slip {
  readonly instead: string;
  readonly written: string;
  readonly told: string;
}

/** What people write instead of a topology's own words, and what lvsgen says: code, place, message, remedy. */
const slips: readonly Slip[] = [
  {
    instead: "    port: 80",
    written: "    port:80",
    told: "LVS001 11:5 | invalid YAML: no space after the colon of port | write port: 80",
  },
  {
    instead: "- name: web",
    written: "- name:web",
    told: "LVS001 9:5 | invalid YAML: no space after the colon of name | write name: web",
  },
  {
    instead: "{ os: debian-12 }",
    written: "{os:debian-12}",
    told: 'LVS010 3:12 /defaults/os:debian-12 | unknown key "os:debian-12" | add a space after the colon: "os: debian-12"',
  },
  {
    instead: "{ os: debian-12 }",
    written: "{ oss: debian-12 }",
    told: 'LVS010 3:13 /defaults/oss | unknown key "oss" | did you mean "os"?',
  },
  {
    instead: "defaults: { os: debian-12 }",
    written: "defaults: os:debian-12",
    told: 'LVS012 3:11 /defaults | expected an object, found the string "os:debian-12" | add a space after the colon: "os: debian-12"',
  },
  {
    instead: "    port: 80",
    written: "\tport: 80",
    told: "LVS001 11:1 | invalid YAML: a tab in the indentation | indent with spaces",
  },
  {
    instead: "directors:",
    written: "---\ndirectors:",
    told: "LVS001 7:1 | invalid YAML: a second document | keep one topology per file: remove the second one",
  },
  {
    instead: "192.168.1.107/24",
    written: "192.168.1.107",
    told: 'LVS013 6:30 /hosts/pi2/interfaces/eth0 | "192.168.1.107" has no prefix length | add it, for example "192.168.1.107/24"',
  },
  {
    instead: "192.168.1.107/24",
    written: '"fd00::107"',
    told: 'LVS013 6:30 /hosts/pi2/interfaces/eth0 | "fd00::107" has no prefix length | add it, for example "fd00::107/64"',
  },
  {
    instead: "vip: 192.168.1.200",
    written: "vip: 192.168.1.200/24",
    told: 'LVS013 10:10 /virtualServices/0/vip | "192.168.1.200/24" must not have a prefix length | write "192.168.1.200"',
  },
  {
    instead: "version: 1",
    written: 'version: "1"',
    told: 'LVS013 1:10 /version | unknown topology version "1" | write 1 without quotes',
  },
  {
    instead: "version: 1",
    written: "version: 2",
    told: "LVS013 1:10 /version | unknown topology version 2 | use 1",
  },
  {
    instead: "port: 80",
    written: "port: 80\n    scheduler: round-robin",
    told: 'LVS013 12:16 /virtualServices/0/scheduler | unknown scheduler "round-robin" | did you mean "rr"?',
  },
  // Keys of other programs: of BIRD, FRR, ExaBGP and routers.
  ...Object.entries({
    "local-as": ["bgp", "asn"],
    peers: ["bgp", "neighbors"],
    neighbours: ["bgp", "neighbors"],
    hold_time: ["bgp", "holdTime"],
    metric: ["bgp", "med"],
    "remote-as": ["bgp/neighbors/0", "asn"],
    remoteAs: ["bgp/neighbors/0", "asn"],
    md5: ["bgp/neighbors/0", "password"],
    "ebgp-multihop": ["bgp/neighbors/0", "multihop"],
  }).map(([key, [place = "", meant]]): Slip => {
    const isNeighbor = place.endsWith("0");
    const neighbor = `{ address: 192.168.1.1, asn: 65000${isNeighbor ? `, ${key}: 1` : ""} }`;
    const bgp = `{ asn: 65010, neighbors: [${neighbor}]${isNeighbor ? "" : `, ${key}: 1`} }`;
    const before = `directors: { hosts: [pi1], announce: { bgp: ${bgp}`;
    return {
      instead: "directors: { hosts: [pi1] }",
      written: `${before} } }`,
      told: `LVS010 7:${before.indexOf(`${key}: 1`) + 1} /directors/announce/${place}/${key} | unknown key "${key}" | did you mean "${meant}"?`,
    };
  }),
];

test.each(slips)("$written", ({ instead, written, told }) => {
  const { diagnostics } = checkTopology(good.replace(instead, written), "a.yaml");
  const said = diagnostics.map(
    ({ code, line, column, pointer, message, hint }) =>
      `${[code, `${line}:${column}`, ...(pointer === "" ? [] : [pointer])].join(" ")} | ${message} | ${hint}`,
  );
  expect(said).toContain(told);
});

/** Of ipvsadm's options, of keepalived.conf, and in capitals. */
const methods = {
  dr: ["DR", "g", "gate", "droute", "direct", "Direct-Routing", "direct_routing"],
  nat: ["NAT", "m", "masq", "masquerading", "MASQ"],
  tun: ["TUN", "i", "ipip", "IPIP", "tunnel"],
};

test.each(Object.entries(methods))("other names of forwarding %s", (method, others) => {
  for (const other of others) {
    const text = good.replace("port: 80", `port: 80\n    forwarding: ${other}`);
    expect(checkTopology(text, "a.yaml").diagnostics).toEqual([
      {
        code: "LVS013",
        severity: "error",
        line: 12,
        column: 17,
        pointer: "/virtualServices/0/forwarding",
        message: `unknown forwarding method "${other}"`,
        hint: `did you mean "${method}"?`,
      },
    ]);
  }
});

test("a BGP daemon that lvsgen does not configure is daemon none", () => {
  const bgp = "{ asn: 65010, neighbors: [{ address: 192.168.1.1, asn: 65000 }] }";
  for (const [other, meant] of [
    ["frr", "none"],
    ["exabgp", "none"],
    ["BIRD2", "bird"],
  ]) {
    const announce = `announce: { daemon: ${other}, bgp: ${bgp} }`;
    const text = good.replace("hosts: [pi1] }", `hosts: [pi1], ${announce} }`);
    expect(checkTopology(text, "a.yaml").diagnostics).toContainEqual(
      expect.objectContaining({ pointer: "/directors/announce/daemon", hint: `did you mean "${meant}"?` }),
    );
  }
});

test("a long list is cut and counted", () => {
  const hosts = Object.fromEntries(Array.from({ length: 150 }, (_, n) => [`h${n}`, {}]));
  const { diagnostics, text } = checkTopology(JSON.stringify({ hosts }), "a.json");
  const told = diagnosticsText(diagnostics, "a.json", text, { color: false, limit: 100 });
  expect(told).toContain(`and ${diagnostics.length - 100} more`);
  expect(told.match(/^LVS/gm)).toHaveLength(100);
});

test("colours and a long line keep the caret under its place", () => {
  const text = `${JSON.stringify({ padding: "x".repeat(300) }).slice(0, -1)},"name":1}`;
  const { diagnostics } = checkTopology(text, "a.json");
  const name = diagnostics.filter(({ pointer }) => pointer === "/name");
  const told = diagnosticsText(name, "a.json", text, { color: false, limit: 1 }).split("\n");
  const [, source = "", caret = ""] = told;
  expect(source[caret.indexOf("^")]).toBe("1");
  const colored = diagnosticsText(name, "a.json", text, { color: true, limit: 1 });
  expect(colored).toContain("\u001B[31mLVS012\u001B[0m");
});

test("control characters of the text do not reach the terminal", () => {
  const text = '{"name": "\u001B]0;owned\u0007", "\\u001b[2J": 1}';
  const { diagnostics } = checkTopology(text, "a.yaml");
  const told = diagnosticsText(diagnostics, "a.yaml", text, { color: false, limit: 100 });
  expect(told).toContain("\uFFFD]0;owned\uFFFD");
  expect(told.replaceAll("\n", "")).not.toMatch(/\p{Cc}/u);
});
