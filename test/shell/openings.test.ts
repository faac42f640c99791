/**
 * Openings as generated scripts apply them, among the rules of others that hold everything back, with the real nft and
 * iptables: they work, come once, and are gone with stop.
 */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { templates } from "#templates";
import { renderCluster } from "../../src/render/render-cluster.ts";
import { checkTopology } from "../../src/rules/check-topology.ts";
import { FirewallNamespace, type FirewallPrograms, lookingNft } from "../helpers/firewall-namespace.ts";
import { killAt } from "../helpers/kill-at.ts";
import { beforeRelease } from "../helpers/release.ts";
import { temporaryFolder } from "../helpers/temporary.ts";

const topology = {
  version: 1,
  name: "openings",
  defaults: { os: "debian-12", firewall: "apply" },
  hosts: {
    lvs: { interfaces: { eth0: ["10.1.0.2/24", "fd00:1::2/64"] } },
    lvs2: { interfaces: { eth0: ["10.1.0.3/24", "fd00:1::3/64"] } },
    inner: { interfaces: { eth0: ["10.1.0.11/24", "fd00:1::11/64"] } },
  },
  directors: { hosts: ["lvs", "lvs2"], engine: "keepalived", connectionSync: { interface: "eth0" } },
  virtualServices: [
    {
      name: "web",
      vip: "10.1.0.200",
      port: 80,
      healthCheck: { type: "tcp", port: 8080 },
      realServers: [{ host: "inner" }],
    },
    {
      name: "dns",
      vip: "10.1.0.200",
      port: 53,
      protocol: "udp",
      healthCheck: { type: "ping" },
      realServers: [{ host: "inner" }],
    },
    {
      name: "many",
      vip: "fd00:1::200",
      fwmark: 3,
      ports: [80, "8000-8010"],
      realServers: [{ host: "inner" }],
    },
    {
      name: "rewritten",
      vip: "10.1.0.201",
      port: 25,
      forwarding: "nat",
      realServers: [{ host: "inner", port: 2525 }],
    },
    {
      name: "wrapped",
      vip: "10.1.0.202",
      port: 443,
      forwarding: "tun",
      realServers: [{ host: "inner" }],
    },
  ],
};

interface Subject {
  readonly host: string;
  readonly script: string;
  /** What a person would write by hand, as iptables-save prints it. */
  readonly iptables: readonly string[];
  /** The same for nft, after the chain's hook. */
  readonly nft: readonly string[];
}

const director: Subject = {
  host: "lvs",
  script: "lvs_dr.sh",
  iptables: [
    "4 filter -A INPUT -d 10.1.0.200/32 -p tcp -m tcp --dport 80 -j ACCEPT",
    "4 filter -A INPUT -d 10.1.0.200/32 -p udp -m udp --dport 53 -j ACCEPT",
    "6 filter -A INPUT -d fd00:1::200/128 -p tcp -m multiport --dports 80,8000:8010 -j ACCEPT",
    "4 filter -A INPUT -d 10.1.0.201/32 -p tcp -m tcp --dport 25 -j ACCEPT",
    "4 filter -A INPUT -d 10.1.0.202/32 -p tcp -m tcp --dport 443 -j ACCEPT",
    "4 filter -A FORWARD -s 10.1.0.11/32 -p tcp -m tcp --sport 2525 -j ACCEPT",
    "4 filter -A INPUT -s 10.1.0.11/32 -d 10.1.0.2/32 -p tcp -m tcp --sport 8080 ! --tcp-flags FIN,SYN,RST,ACK SYN -j ACCEPT",
    "4 filter -A INPUT -s 10.1.0.11/32 -d 10.1.0.2/32 -p icmp -j ACCEPT",
    "4 filter -A INPUT -s 10.1.0.3/32 -p vrrp -j ACCEPT",
    "6 filter -A INPUT -s fd00:1::3/128 -p vrrp -j ACCEPT",
    "4 filter -A INPUT -d 224.0.0.81/32 -p udp -m udp --dport 8848 -j ACCEPT",
  ],
  nft: [
    "input ip daddr 10.1.0.200 tcp dport 80 accept",
    "input ip daddr 10.1.0.200 udp dport 53 accept",
    "input ip6 daddr fd00:1::200 tcp dport { 80, 8000-8010 } accept",
    "input ip daddr 10.1.0.201 tcp dport 25 accept",
    "input ip daddr 10.1.0.202 tcp dport 443 accept",
    "forward ip saddr 10.1.0.11 tcp sport 2525 accept",
    "input ip saddr 10.1.0.11 ip daddr 10.1.0.2 tcp sport 8080 tcp flags & (fin | syn | rst | ack) != syn accept",
    "input ip saddr 10.1.0.11 ip daddr 10.1.0.2 meta l4proto 1 accept",
    "input ip saddr 10.1.0.3 meta l4proto 112 accept",
    "input ip6 saddr fd00:1::3 meta l4proto 112 accept",
    "input ip daddr 224.0.0.81 udp dport 8848 accept",
  ],
};

const realServer: Subject = {
  host: "inner",
  script: "lvs_rs.sh",
  iptables: [
    "4 filter -A INPUT -d 10.1.0.200/32 -p tcp -m tcp --dport 80 -j ACCEPT",
    "4 filter -A INPUT -s 10.1.0.2/32 -d 10.1.0.11/32 -p tcp -m tcp --dport 8080 -j ACCEPT",
    "4 filter -A INPUT -s 10.1.0.3/32 -d 10.1.0.11/32 -p tcp -m tcp --dport 8080 -j ACCEPT",
    "4 filter -A INPUT -d 10.1.0.200/32 -p udp -m udp --dport 53 -j ACCEPT",
    "4 filter -A INPUT -s 10.1.0.2/32 -d 10.1.0.11/32 -p icmp -j ACCEPT",
    "4 filter -A INPUT -s 10.1.0.3/32 -d 10.1.0.11/32 -p icmp -j ACCEPT",
    "6 filter -A INPUT -d fd00:1::200/128 -p tcp -m multiport --dports 80,8000:8010 -j ACCEPT",
    "4 filter -A INPUT -d 10.1.0.11/32 -p tcp -m tcp --dport 2525 -j ACCEPT",
    "4 filter -A INPUT -d 10.1.0.11/32 -p ipencap -j ACCEPT",
    "4 filter -A INPUT -d 10.1.0.202/32 -p tcp -m tcp --dport 443 -j ACCEPT",
  ],
  nft: [
    "input ip daddr 10.1.0.200 tcp dport 80 accept",
    "input ip saddr 10.1.0.2 ip daddr 10.1.0.11 tcp dport 8080 accept",
    "input ip saddr 10.1.0.3 ip daddr 10.1.0.11 tcp dport 8080 accept",
    "input ip daddr 10.1.0.200 udp dport 53 accept",
    "input ip saddr 10.1.0.2 ip daddr 10.1.0.11 meta l4proto 1 accept",
    "input ip saddr 10.1.0.3 ip daddr 10.1.0.11 meta l4proto 1 accept",
    "input ip6 daddr fd00:1::200 tcp dport { 80, 8000-8010 } accept",
    "input ip daddr 10.1.0.11 tcp dport 2525 accept",
    "input ip daddr 10.1.0.11 meta l4proto 4 accept",
    "input ip daddr 10.1.0.202 tcp dport 443 accept",
  ],
};

/** Both directors announce a VIP to a router beside them, and to one far away. */
const announcing = {
  directors: {
    hosts: ["lvs", "lvs2"],
    announce: {
      bgp: {
        asn: 65010,
        neighbors: [
          { address: "10.1.0.1", asn: 65000 },
          { address: "192.0.2.1", asn: 65000, multihop: true },
        ],
      },
    },
  },
  virtualServices: [{ name: "web", vip: "203.0.113.10", port: 80, realServers: [{ host: "inner" }] }],
};

const sessions = {
  iptables: [
    "4 filter -A INPUT -s 10.1.0.1/32 -d 10.1.0.2/32 -p tcp -m tcp --dport 179 -j ACCEPT",
    "4 filter -A INPUT -s 10.1.0.1/32 -d 10.1.0.2/32 -p tcp -m tcp --sport 179 ! --tcp-flags FIN,SYN,RST,ACK SYN -j ACCEPT",
    "4 filter -A INPUT -s 192.0.2.1/32 -p tcp -m tcp --dport 179 -j ACCEPT",
    "4 filter -A INPUT -s 192.0.2.1/32 -p tcp -m tcp --sport 179 ! --tcp-flags FIN,SYN,RST,ACK SYN -j ACCEPT",
    "4 filter -A INPUT -d 203.0.113.10/32 -p icmp -m icmp --icmp-type 3 -j ACCEPT",
  ],
  nft: [
    "ip saddr 10.1.0.1 ip daddr 10.1.0.2 tcp dport 179 accept",
    "ip saddr 10.1.0.1 ip daddr 10.1.0.2 tcp sport 179 tcp flags & (fin | syn | rst | ack) != syn accept",
    "ip saddr 192.0.2.1 tcp dport 179 accept",
    "ip saddr 192.0.2.1 tcp sport 179 tcp flags & (fin | syn | rst | ack) != syn accept",
    "ip daddr 203.0.113.10 icmp type destination-unreachable accept",
  ],
};

/** Chains that hold back by their policy, by a rule, or nothing at all; each is a firewall of its own. */
const foreignNft = `
table inet filter {
  chain input {
    type filter hook input priority 0; policy drop;
    tcp dport 22 accept
  }
  chain forward {
    type filter hook forward priority 0; policy drop;
  }
  chain output {
    type filter hook output priority 0; policy accept;
  }
}
table ip others {
  chain first {
    type filter hook input priority -10; policy accept;
    udp dport 53 drop
  }
}
table ip6 idle {
  chain input {
    type filter hook input priority 0; policy accept;
  }
}
`;

const foreignIptables = [
  "4 -P INPUT DROP",
  "4 -P FORWARD DROP",
  "6 -P INPUT DROP",
  "4 -A INPUT -p tcp -m tcp --dport 22 -j ACCEPT",
  "6 -A INPUT -p ipv6-icmp -j ACCEPT",
  "4 -A INPUT -m state --state INVALID -j DROP",
];

interface FirewallTool extends FirewallPrograms {
  /** Whether rules of iptables are there, and tables of nft's own. */
  readonly has: readonly ("iptables" | "nft")[];
}

const tools: readonly FirewallTool[] = [
  { name: "nft", nft: true, iptables: "nft", has: ["nft"] },
  { name: "nft and iptables on nf_tables", nft: true, iptables: "nft", has: ["nft", "iptables"] },
  { name: "iptables on nf_tables", nft: false, iptables: "nft", has: ["iptables"] },
  { name: "iptables on its own tables", nft: false, iptables: "legacy", has: ["iptables"] },
  { name: "nft and iptables on its own tables", nft: true, iptables: "legacy", has: ["nft", "iptables"] },
];

const subjects = [director, realServer];

const setUp = `
ip link set lo up
ip link add eth0 type veth peer name eth1
ip addr add 10.1.0.2/24 dev eth0
ip addr add 10.1.0.11/24 dev eth1
ip addr add 10.1.0.200/32 dev lo
ip link set eth0 up
ip link set eth1 up
`;

let folder = "";
let network: FirewallNamespace | null = null;

function inside(): FirewallNamespace {
  if (network === null) throw new Error("there is no network yet");
  return network;
}

/** The script as generated, but that its host shall have nothing but the openings. */
function install({ host, script }: Subject, change: object = {}): void {
  const { cluster, diagnostics } = checkTopology(JSON.stringify({ ...topology, ...change }), "openings.json");
  if (cluster === null) throw new Error(JSON.stringify(diagnostics));
  const artifacts = renderCluster(cluster, templates);
  const whole = artifacts.find(({ path }) => path === `${host}/${script}`)?.text ?? "";
  const [, list = ""] = /^resources\(\) \{[^\n]*\n([\s\S]*?)^\}$/m.exec(whole) ?? [];
  expect(list).toContain('  "$1"_');
  const own = list.includes('  "$1"_openings\n') ? '  "$1"_openings\n' : "  :\n";
  writeFileSync(join(folder, script), whole.replace(list, own), { mode: 0o755 });
}

function act({ script }: Subject, verb: string, shell: readonly string[] = ["sh"]) {
  const [program = "", ...args] = shell;
  return inside().run(program, [...args, join(folder, script), verb]);
}

/** A verb that shall work. */
function must(subject: Subject, verb: string, shell?: readonly string[]): string {
  const { status, stdout, stderr } = act(subject, verb, shell);
  expect(status, stderr).toBe(0);
  return stdout;
}

function nft(...args: readonly string[]): string {
  return inside().read(lookingNft, args);
}

function iptables(rule: string): void {
  const [family, ...words] = rule.split(" ");
  inside().read(family === "4" ? "iptables" : "ip6tables", words);
}

/** All that the packet filter holds, in either of its ways; counters have no part in it. */
function ruleset(): string {
  const legacy = ["iptables", "ip6tables"].map((program) => inside().read(`${program}-legacy-save`, []));
  return [
    nft("--stateless", "list", "ruleset"),
    ...legacy.map((text) => text.replaceAll(/^#.*\n/gm, "").replaceAll(/ \[\d+:\d+\]$/gm, "")),
  ].join("\n");
}

/** Rules of iptables' filter as it prints them, whoever added them. */
function filterRules(): string[] {
  return ([4, 6] as const).flatMap((family) => {
    const saved = inside().read(family === 4 ? "iptables-save" : "ip6tables-save", ["-t", "filter"]);
    const lines = saved.split("\n").filter((line) => line.startsWith("-A "));
    return lines.map((line) => `${family} filter ${line}`);
  });
}

/** Rules of a chain of nft as it prints them. */
function chainRules(chain: string): string[] {
  const lines = nft("--stateless", "list", "chain", ...chain.split(" ")).split("\n");
  return lines
    .map((line) => line.trim())
    .filter((line) => / (accept|drop|counter)/.test(line) && !/^type /.test(line));
}

/** Rules by hand, as nft prints them: a chain of their own tells. */
function asPrinted(rules: readonly string[]): string[] {
  const chain = "inet by-hand rules";
  const lines = rules.map((rule) => `add rule ${chain} ${rule}`);
  inside().read(
    lookingNft,
    ["-f", "/dev/stdin"],
    `add table inet by-hand\nadd chain ${chain}\n${lines.join("\n")}\n`,
  );
  const printed = chainRules(chain);
  nft("delete", "table", "inet", "by-hand");
  return printed;
}

/** What is at the head of each chain of nft, by hand. */
function headsOf({ nft: rules }: Subject): ReadonlyMap<string, readonly string[]> {
  const of = (hook: string, family: string) =>
    rules.filter((rule) => rule.startsWith(`${hook} ${family}`)).map((rule) => rule.slice(hook.length + 1));
  return new Map([
    ["inet filter input", of("input", "ip")],
    ["inet filter forward", of("forward", "ip")],
    ["ip others first", of("input", "ip ")],
    ["inet filter output", []],
    ["ip6 idle input", []],
  ]);
}

/** Whether a datagram to the VIP comes through every filter: nobody listens, and the kernel counts that. */
function passes(): boolean {
  const before = portless();
  inside().run("bash", ["-c", "echo asked >/dev/udp/10.1.0.200/53"]);
  return portless() > before;
}

function portless(): number {
  const [, text = ""] = inside()
    .read("grep", ["^Udp: [0-9]", "/proc/net/snmp"])
    .split(/Udp: \d+ /);
  return Number.parseInt(text, 10);
}

describe.each(tools)("among $name", (tool) => {
  beforeEach(async () => {
    folder = temporaryFolder();
    network = await FirewallNamespace.make(tool, setUp);
    if (tool.has.includes("nft")) inside().read(lookingNft, ["-f", "/dev/stdin"], foreignNft);
    if (tool.has.includes("iptables")) for (const rule of foreignIptables) iptables(rule);
  });

  afterEach(() => {
    network?.close();
    network = null;
  });

  const shells = beforeRelease([["dash"], ["bash"], ["busybox", "ash"]], [["dash"]]);
  const everywhere = subjects.flatMap((subject) => shells.map((shell) => ({ ...subject, subject, shell })));

  test.each(everywhere)("$script opens every chain that filters, and no other, in $shell", (row) => {
    const { subject, shell } = row;
    install(subject);
    const before = ruleset();
    const foreign = tool.has.includes("iptables") ? filterRules() : [];
    expect(act(subject, "check", shell).status).toBe(1);
    expect(ruleset()).toBe(before);

    expect(must(subject, "start", shell)).toMatch(/started, changes: [1-9]/);
    if (tool.has.includes("iptables")) {
      const ours = filterRules();
      expect(ours.toSorted()).toEqual([...foreign, ...subject.iptables].toSorted());
      for (const chain of ["4 filter -A INPUT", "4 filter -A FORWARD", "6 filter -A INPUT"]) {
        const ofChain = ours.filter((rule) => rule.startsWith(chain));
        const first = ofChain.findIndex((rule) => foreign.includes(rule));
        expect(first === -1 ? [] : ofChain.slice(first)).toEqual(
          foreign.filter((rule) => rule.startsWith(chain)),
        );
      }
    }
    if (tool.has.includes("nft")) {
      const mark = ` comment "lvsgen_${subject.script.replace(".sh", "")}"`;
      for (const [chain, rules] of headsOf(subject)) {
        const found = chainRules(chain);
        const heads = asPrinted(rules.map((rule) => rule + mark));
        expect(found.slice(0, heads.length), chain).toEqual(heads);
        expect(found.slice(heads.length).join("\n"), chain).not.toContain("lvsgen");
      }
    }
    expect(must(subject, "stop", shell)).toContain("stopped");
    expect(ruleset()).toBe(before);
  });

  test.each(subjects)("$script: packets pass after start, and are held back after stop", (subject) => {
    install(subject);
    expect(passes()).toBe(false);
    must(subject, "start");
    expect(passes()).toBe(true);
    must(subject, "stop");
    expect(passes()).toBe(false);
  });

  test.each(subjects)("$script changes nothing the second time", (subject) => {
    install(subject);
    must(subject, "start");
    const withHandles = () => nft("--stateless", "--handle", "list", "ruleset") + ruleset();
    const before = withHandles();
    expect(must(subject, "start")).toContain("nothing changed");
    expect(must(subject, "reload")).toContain("nothing changed");
    expect(must(subject, "check")).toContain("as it should be");
    expect(must(subject, "status")).toContain("running");
    expect(withHandles()).toBe(before);
  });

  test.each(subjects)("$script brings back what somebody took out, and restarts", (subject) => {
    install(subject);
    const before = ruleset();
    must(subject, "start");
    const whole = ruleset();
    if (tool.has.includes("nft")) nft("flush", "chain", "ip", "others", "first");
    if (tool.has.includes("iptables"))
      for (const rule of ["4 -F INPUT", foreignIptables[3] ?? ""]) iptables(rule);
    expect(act(subject, "check").status).toBe(1);
    must(subject, "start");
    must(subject, "check");
    if (tool.has.includes("nft")) nft("add", "rule", "ip", "others", "first", "udp", "dport", "53", "drop");
    if (tool.has.includes("iptables")) iptables(foreignIptables[5] ?? "");
    must(subject, "restart");
    must(subject, "check");
    expect(ruleset()).toBe(whole);
    must(subject, "stop");
    expect(ruleset()).toBe(before);
  });

  test("what the topology no longer has is closed, and everything by print", () => {
    install(realServer);
    const before = ruleset();
    must(realServer, "start");
    install(realServer, { virtualServices: topology.virtualServices.slice(0, 2) });
    expect(act(realServer, "check").status).toBe(1);
    must(realServer, "start");
    expect(ruleset()).not.toMatch(/10\.1\.0\.202|fd00:1::200/);
    expect(ruleset()).toContain("10.1.0.200");
    install(realServer, { defaults: { os: "debian-12" } });
    expect(act(realServer, "check").status).toBe(1);
    must(realServer, "start");
    expect(ruleset()).toBe(before);
    must(realServer, "stop");
    expect(ruleset()).toBe(before);
  });

  test("killed while an earlier script's openings are closed, the next start and stop make all as before", () => {
    install(realServer);
    const before = ruleset();
    for (const at of [1, 2, 3]) {
      install(realServer);
      must(realServer, "start");
      install(realServer, { defaults: { os: "debian-12" } });
      inside().run("sh", [
        "-c",
        killAt(`sh ${join(folder, realServer.script)} start`, at, join(folder, "said")),
      ]);
      must(realServer, "start");
      expect(ruleset()).toBe(before);
      must(realServer, "check");
      must(realServer, "stop");
      expect(ruleset()).toBe(before);
    }
  });

  if (!tool.has.includes("iptables")) return;

  test("of a director that announces: sessions either way, and ICMP errors, once", () => {
    install(director, announcing);
    must(director, "start");
    const after = ruleset();
    if (tool.has.includes("iptables"))
      expect(filterRules()).toEqual(expect.arrayContaining(sessions.iptables));
    if (tool.has.includes("nft")) {
      const printed = asPrinted(sessions.nft.map((rule) => `${rule} comment "lvsgen_lvs_dr"`));
      expect(chainRules("inet filter input")).toEqual(expect.arrayContaining(printed));
    }
    expect(must(director, "start")).toContain("nothing changed");
    expect(ruleset()).toBe(after);
  });

  test("a rule of the same words that was there before stays", () => {
    install(director);
    iptables("4 -A INPUT -s 10.1.0.3/32 -p 112 -j ACCEPT");
    const before = ruleset();
    must(director, "start");
    expect(filterRules().filter((rule) => rule.includes("-s 10.1.0.3/32"))).toHaveLength(1);
    must(director, "stop");
    expect(ruleset()).toBe(before);
  });
});

describe("where nothing is to be opened", () => {
  afterEach(() => {
    network?.close();
    network = null;
  });

  test.each(["nft", "legacy"] as const)("no rule is made, and no table (iptables: %s)", async (kind) => {
    folder = temporaryFolder();
    network = await FirewallNamespace.make({ name: kind, nft: true, iptables: kind }, setUp);
    install(director);
    const names = () => inside().read("cat", ["/proc/net/ip_tables_names", "/proc/net/ip6_tables_names"]);
    const before = names() + nft("list", "ruleset");
    expect(must(director, "check")).toContain("as it should be");
    expect(must(director, "start")).toContain("nothing changed");
    expect(names() + nft("list", "ruleset")).toBe(before);
  });

  test("a table that another program owns is left, and said, before anything is changed", async () => {
    folder = temporaryFolder();
    const owned = [
      "add table inet guarded { flags owner; }",
      "add chain inet guarded input { type filter hook input priority 0; policy drop; }",
    ];
    const holder = `(printf '%s\\n' ${owned.map((line) => `'${line}'`).join(" ")}; sleep 600) | nft -i >/dev/null 2>&1 &
until nft list chains | grep -q input; do sleep 0.1; done`;
    network = await FirewallNamespace.make(
      { name: "owned", nft: true, iptables: "nft" },
      `${setUp}${holder}`,
    );
    install(director);
    const before = ruleset();
    const { status, stderr } = act(director, "start");
    expect(status).toBe(6);
    const said =
      /add accept rules to the firewall's chain inet guarded input: another program owns .* set firewall to print for lvs/;
    expect(stderr).toMatch(said);
    expect(act(director, "check")).toMatchObject({ status: 1, stdout: expect.stringMatching(said) });
    expect(ruleset()).toBe(before);
  });
});
