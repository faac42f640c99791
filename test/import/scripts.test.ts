/** Hand-written scripts, and what `ipvsadm -Sn` prints beside. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type ImportOptions, importTopology, type Source } from "../../src/import/import-topology.ts";
import { checkTopology } from "../../src/rules/check-topology.ts";
import { repository } from "../helpers/lvsgen.ts";

function importTexts(texts: readonly [string, ...string[]], more: Partial<ImportOptions> = {}) {
  const [first, ...rest] = texts.map((text, index): Source => ({ name: `file${index}`, text }));
  const { topology, notes } = importTopology([first as Source, ...rest], more);
  const told = notes.map(({ code, place, message }) => `${code} ${place.line}: ${message}`);
  const errors =
    topology === null
      ? []
      : checkTopology(JSON.stringify(topology), "topology.json").diagnostics.filter(
          ({ severity }) => severity === "error",
        );
  return { topology, told, errors };
}

describe("the seeds' scripts, director's and real server's", () => {
  const folder = join(repository, "test/fixtures/seeds");
  const scripts = (seed: string) =>
    readdirSync(join(folder, seed), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".sh"))
      .toSorted()
      .map((name) => readFileSync(join(folder, seed, name), "utf8"));

  test.each([
    [
      "000",
      "192.168.1.200",
      "rr",
      "eth0",
      ["192.168.1.107/24", "192.168.1.208/24"],
      { tcp: 30, tcpFin: 120, udp: 300 },
    ],
    [
      "000-mended",
      "192.168.1.200",
      "rr",
      "eth0",
      ["192.168.1.107/24", "192.168.1.108/24"],
      { tcp: 30, tcpFin: 120, udp: 300 },
    ],
    ["002", "192.168.255.111", "rr", "eno16777736", ["192.168.255.104/24", "192.168.255.105/24"], undefined],
    ["004", "192.168.222.100", "wrr", "ens33", ["192.168.222.128/24", "192.168.222.130/24"], undefined],
  ])("%s", (seed, vip, scheduler, name, servers, timeouts) => {
    const { topology, errors } = importTexts(scripts(seed) as [string]);
    expect(errors).toEqual([]);
    expect(topology?.virtualServices).toEqual([
      {
        name: "web",
        vip,
        port: 80,
        protocol: "tcp",
        scheduler,
        forwarding: "dr",
        realServers: [
          { host: "rs1", weight: 1 },
          { host: "rs2", weight: 1 },
        ],
      },
    ]);
    expect(topology?.timeouts).toEqual(timeouts);
    const { director, rs1, rs2 } = topology?.hosts ?? {};
    expect(Object.keys(director?.interfaces ?? {})).toEqual([name]);
    expect([rs1, rs2].map((host) => host?.interfaces.eth0)).toEqual(servers);
  });
});

describe("a script", () => {
  const script = (text: string) => importTexts([`#!/bin/sh\n${text}`]);

  test("with loops, defaults, long options and line continuations", () => {
    const { topology, errors, told } = script(`
IPVSADM=\${IPVSADM:-/sbin/ipvsadm}
VIP="10.0.0.100"; PORTS="80 443"
for port in $PORTS; do
  $IPVSADM --add-service --tcp-service $VIP:$port \\
    --scheduler=wlc -p
  for rip in 10.0.0.11 10.0.0.12
  do
    $IPVSADM -at $VIP:$port -r $rip -w3 && echo added
  done
done
ip addr add $VIP/32 dev bond0
ip addr add 10.0.0.2/24 dev bond0
`);
    expect(errors).toEqual([]);
    expect(
      topology?.virtualServices?.map(({ name, port, persistence }) => [name, port, persistence]),
    ).toEqual([
      ["web", 80, { timeout: 300 }],
      ["tls", 443, { timeout: 300 }],
    ]);
    expect(topology?.virtualServices?.[1]?.realServers).toEqual([
      { host: "rs1", weight: 3 },
      { host: "rs2", weight: 3 },
    ]);
    expect(topology?.hosts.director?.interfaces).toEqual({ bond0: "10.0.0.2/24" });
    expect(told.filter((text) => !text.startsWith("IMP101"))).toEqual([]);
  });

  test("with a firewall mark: VIP and ports are those of the rule", () => {
    const { topology, errors } = script(`
iptables -t mangle -A PREROUTING -d 10.0.0.100/32 -p tcp -m multiport --dports 80,443,8000:8010 -j MARK --set-mark 5
iptables -t nat -A POSTROUTING -j MASQUERADE
ipvsadm -A -f 5 -s rr
ipvsadm -a -f 5 -r 10.0.0.11 -m
`);
    expect(errors).toEqual([]);
    expect(topology?.virtualServices?.[0]).toMatchObject({
      vip: "10.0.0.100",
      fwmark: 5,
      ports: [80, 443, "8000-8010"],
      nat: { returnPath: "masquerade" },
    });
  });

  test.each([
    ["iptables -F", "IMP102 2: iptables -F: lvsgen adds the rules that its services need, and never flushes"],
    ["echo 1 > /proc/sys/net/ipv4/ip_forward", "IMP102 2: echo 1 >/proc/sys/net/ipv4/ip_forward"],
    ["modprobe ip_vs", "IMP102 2: modprobe ip_vs: lvsgen loads"],
    ["curl http://x | sh", "IMP103 2: curl: unknown command"],
    ["ipvsadm -A -t $(cat vip):81", "IMP103 2: the value of $(cat vip) is known only when the script runs"],
    ["ipvsadm -a -t 10.0.0.100:99 -r 10.0.0.11", "IMP103 2: unknown service 10.0.0.100:99"],
    ["ipvsadm -A -t 10.0.0.100:80 --frobnicate", 'IMP103 2: unknown option "--frobnicate" of ipvsadm'],
    ["ipvsadm -A -t www.example.net:80", 'IMP103 2: "www.example.net:80" is not an address with a port'],
  ])("tells of %s", (line, note) => {
    const { told } = script(`${line}\nipvsadm -A -t 10.0.0.100:80\nipvsadm -a -t 10.0.0.100:80 -r 10.0.0.11`);
    expect(told.filter((text) => text.startsWith(note))).toHaveLength(1);
  });
});

describe("texts that only look right", () => {
  test.each([
    [
      "IPVS connection entries\npro expire state source virtual destination\n",
      "the text is a list of connections",
    ],
    ['[{"ifname":"lo","addr_info":[]}]', "the text is JSON, like the output of 'ip -j addr'"],
    ["version: 1\nname: web\n", "the text looks like a topology"],
    ["Dear all,\nhow are you?\n", "unknown kind of text: neither 'ipvsadm -Sn' output"],
    ["#!/bin/sh\necho hello\n", "no virtual service with a real server"],
    ["-A -t 10.0.0.1:80 -s rr\n", "no virtual service with a real server"],
  ])("%s", (text, message) => {
    const { topology, told } = importTexts([text]);
    expect(topology).toBeNull();
    expect(told[0]).toContain(message);
  });

  test("two files of different kinds", () => {
    expect(importTexts(["virtual_server 10.0.0.1 80 {\n}\n", "#!/bin/sh\nipvsadm -C\n"]).told).toEqual([
      expect.stringContaining("only scripts can be imported together"),
    ]);
  });

  test("addresses and timeouts that are something else", () => {
    const table = "-A -t 10.0.0.1:80 -s rr\n-a -t 10.0.0.1:80 -r 10.0.0.11:80 -g -w 1\n";
    for (const text of ["{}", "not json", "[1,"]) {
      const { told } = importTexts([table], { addresses: { name: "a", text } });
      expect(told).toEqual([expect.stringContaining("not the output of 'ip -j addr'")]);
    }
    const { told } = importTexts([table], { timeouts: { name: "t", text: "Timeout: 1 2 3" } });
    expect(told).toEqual([expect.stringContaining("not the output of 'ipvsadm -L --timeout'")]);
  });
});

test("a director that is its own real server is one host", () => {
  const table = "-A -t 10.0.0.100:80 -s rr\n-a -t 10.0.0.100:80 -r 10.0.0.2:80 -g -w 1\n";
  const addresses = JSON.stringify([
    {
      ifname: "eth0",
      addr_info: [
        { local: "10.0.0.2", prefixlen: 24 },
        { local: "10.0.0.100", prefixlen: 32 },
      ],
    },
  ]);
  const { topology, errors } = importTexts([table], { addresses: { name: "a", text: addresses } });
  expect(errors).toEqual([]);
  expect(Object.keys(topology?.hosts ?? {})).toEqual(["director"]);
  expect(topology?.virtualServices?.[0]?.realServers).toEqual([{ host: "director", weight: 1 }]);
});

describe("a script that would run for ever is read in a bounded time", () => {
  const service = "ipvsadm -A -t 10.0.0.9:80 -s rr\nipvsadm -a -t 10.0.0.9:80 -r 10.0.0.2:80 -g\n";
  const nested = (depth: number, inner: string): string => {
    const values = Array.from({ length: 20 }, (_, index) => index).join(" ");
    const begin = Array.from({ length: depth }, (_, index) => `for v${index} in ${values}; do\n`).join("");
    return `${begin}${inner}${"done\n".repeat(depth)}`;
  };

  test.each([
    ["nine nested loops without a command", nested(9, "x=1\n")],
    ["nine nested loops with nothing in them", nested(9, "")],
    ["nine nested loops with a command", nested(9, "echo hello\n")],
    ["a text that doubles each time", `x=ab\n${nested(2, "x=$x$x\n")}`],
    [
      "words that double each time",
      `x="a b"\nfor i in $x $x; do\n${'for j in $x; do x="$x $x"; done\n'.repeat(40)}done\n`,
    ],
    ["functions that call themselves twice", "f() { f; f; }\nf\n"],
    ["patterns with many ways", `x=${"a".repeat(9000)}\n${nested(3, "y=${x%%*a*b*c*d*}; z=${x//*a*b/}\n")}`],
    ["long sequences", nested(3, "x=$(seq 1 9999)\ny=$(echo {1..900}{1..900})\n")],
    ["lists that grow", nested(4, "A+=(1 2 3)\n")],
    [
      "conditions with many variables",
      `${Array.from({ length: 2000 }, (_, at) => `v${at}=1`).join("\n")}\n${nested(4, "[ -f x ] && y=1\n")}`,
    ],
    ["a file of 20 000 lines", "ipvsadm -A -t 10.0.0.9:80 -s rr\n".repeat(20_000)],
    [
      "a loop that is left out, with 20 000 turns",
      `for i in $(seq 1 9999); do ipvsadm -a -t 10.0.0.9:80 -r web$i; done\n`.repeat(2),
    ],
    ["loops that are never closed", "for a in b; do\n".repeat(20_000)],
  ])("%s", (_what, text) => {
    const { topology } = importTexts([`#!/bin/sh\n${service}${text}`]);
    expect(topology?.virtualServices).toHaveLength(1);
  });

  test("and it is said that the rest is not read", () => {
    const { told } = importTexts([`#!/bin/sh\n${service}${nested(9, "")}`]);
    expect(told.join("\n")).toMatch(/^IMP103 \d+: too many turns of loops/m);
  });
});
