/**
 * Firewall rules as generated scripts set them, in a network of its own with the real nft and iptables: exactly these,
 * twice the same, nothing of others, and gone with stop.
 */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { templates } from "#templates";
import { renderCluster } from "../../src/render/render-cluster.ts";
import { checkTopology } from "../../src/rules/check-topology.ts";
import { FirewallNamespace, type FirewallPrograms, lookingNft } from "../helpers/firewall-namespace.ts";
import { killAt } from "../helpers/kill-at.ts";
import { temporaryFolder } from "../helpers/temporary.ts";

const topology = {
  version: 1,
  name: "firewall",
  defaults: { os: "debian-12" },
  hosts: {
    lvs: { interfaces: { eth0: ["10.1.0.2/24", "fd00:1::2/64"], eth1: ["10.2.0.2/24", "fd00:2::2/64"] } },
    outer: { interfaces: { eth0: ["10.1.0.11/24", "fd00:1::11/64"] } },
    inner: { interfaces: { eth0: ["10.2.0.11/24", "fd00:2::11/64"] } },
  },
  directors: { hosts: ["lvs"] },
  virtualServices: [
    {
      name: "shop",
      vip: "10.1.0.200",
      fwmark: 80443,
      ports: [80, 443, "8000-8010"],
      realServers: [{ host: "outer" }, { host: "inner", forwarding: "tun" }],
    },
    {
      name: "media",
      vip: "10.1.0.201",
      fwmark: 4294967295,
      ports: ["16384-32767"],
      protocol: "udp",
      realServers: [{ host: "outer" }],
    },
    {
      name: "many",
      vip: "10.1.0.202",
      fwmark: 3,
      ports: Array.from({ length: 16 }, (_, at) => 1001 + 2 * at),
      realServers: [{ host: "outer" }],
    },
    {
      name: "masked",
      vip: "10.1.0.203",
      port: 80,
      forwarding: "nat",
      nat: { returnPath: "masquerade" },
      realServers: [{ host: "inner", port: 8080 }],
    },
    {
      name: "masked-dns",
      vip: "10.1.0.203",
      port: 53,
      protocol: "udp",
      forwarding: "nat",
      nat: { returnPath: "masquerade" },
      realServers: [{ host: "inner" }],
    },
    {
      name: "shop-v6",
      vip: "fd00:1::200",
      fwmark: 80443,
      ports: [80, 443],
      realServers: [{ host: "outer" }, { host: "inner", forwarding: "tun" }],
    },
    {
      name: "plain",
      vip: "10.1.0.204",
      port: 80,
      realServers: [{ host: "outer" }],
    },
    {
      name: "masked-v6",
      vip: "fd00:1::203",
      port: 80,
      forwarding: "nat",
      nat: { returnPath: "masquerade" },
      realServers: [{ host: "inner", port: 8080 }],
    },
  ],
};

type Service = (typeof topology.virtualServices)[number];

/** Rules of others: in the same places, of the same kind, and before all of ours. */
const foreignNft = `
table ip others {
  chain marks {
    type filter hook prerouting priority -150;
    ip daddr 10.1.0.200 tcp dport 80 meta mark set 7
  }
  chain masquerading {
    type nat hook postrouting priority 100;
    ip daddr 10.2.0.11 masquerade
  }
}
table inet filter {
  chain input {
    type filter hook input priority 0;
    tcp dport 22 accept
  }
}
`;

const foreignIptables = [
  "4 mangle -A PREROUTING -d 10.1.0.200/32 -p tcp -m tcp --dport 80 -j MARK --set-xmark 0x7/0xffffffff",
  "4 mangle -A OUTPUT -p tcp -j MARK --set-xmark 0x8/0xffffffff",
  "4 nat -A POSTROUTING -d 10.2.0.11/32 -j MASQUERADE",
  "4 filter -A INPUT -p tcp -m tcp --dport 22 -j ACCEPT",
  "6 mangle -A PREROUTING -d fd00:1::200/128 -p tcp -m tcp --dport 80 -j MARK --set-xmark 0x7/0xffffffff",
  "6 mangle -A OUTPUT -p tcp -j MARK --set-xmark 0x8/0xffffffff",
  "6 nat -A POSTROUTING -d fd00:2::11/128 -j MASQUERADE",
  "6 filter -A INPUT -p tcp -m tcp --dport 22 -j ACCEPT",
];

/** One of the two scripts that have rules, and what a person would write by hand in its place. */
interface Subject {
  readonly host: string;
  readonly script: string;
  readonly nft: string;
  /** As iptables-save prints them, after IP version and table. */
  readonly iptables: readonly string[];
}

const director: Subject = {
  host: "lvs",
  script: "lvs_dr.sh",
  nft: `
table ip lvsgen_lvs_dr {
  chain marks {
    type filter hook prerouting priority -150;
    ip daddr 10.1.0.200 tcp dport { 80, 443, 8000-8010 } meta mark set 80443
    ip daddr 10.1.0.201 udp dport 16384-32767 meta mark set 0xffffffff
    ip daddr 10.1.0.202 tcp dport { 1001, 1003, 1005, 1007, 1009, 1011, 1013, 1015, 1017, 1019, 1021, 1023, 1025, 1027, 1029, 1031 } meta mark set 3
  }
  chain masquerading {
    type nat hook postrouting priority 100;
    ip daddr 10.2.0.11 tcp dport 8080 masquerade
    ip daddr 10.2.0.11 udp dport 53 masquerade
  }
}
table ip6 lvsgen_lvs_dr {
  chain marks {
    type filter hook prerouting priority -150;
    ip6 daddr fd00:1::200 tcp dport { 80, 443 } meta mark set 80443
  }
  chain masquerading {
    type nat hook postrouting priority 100;
    ip6 daddr fd00:2::11 tcp dport 8080 masquerade
  }
}
`,
  iptables: [
    "4 mangle -A PREROUTING -d 10.1.0.200/32 -p tcp -m multiport --dports 80,443,8000:8010 -j MARK --set-xmark 0x13a3b/0xffffffff",
    "4 mangle -A PREROUTING -d 10.1.0.201/32 -p udp -m udp --dport 16384:32767 -j MARK --set-xmark 0xffffffff/0xffffffff",
    // multiport takes 15.
    "4 mangle -A PREROUTING -d 10.1.0.202/32 -p tcp -m multiport --dports 1001,1003,1005,1007,1009,1011,1013,1015,1017,1019,1021,1023,1025,1027,1029 -j MARK --set-xmark 0x3/0xffffffff",
    "4 mangle -A PREROUTING -d 10.1.0.202/32 -p tcp -m tcp --dport 1031 -j MARK --set-xmark 0x3/0xffffffff",
    "4 nat -A POSTROUTING -d 10.2.0.11/32 -p tcp -m tcp --dport 8080 -j MASQUERADE",
    "4 nat -A POSTROUTING -d 10.2.0.11/32 -p udp -m udp --dport 53 -j MASQUERADE",
    "6 mangle -A PREROUTING -d fd00:1::200/128 -p tcp -m multiport --dports 80,443 -j MARK --set-xmark 0x13a3b/0xffffffff",
    "6 nat -A POSTROUTING -d fd00:2::11/128 -p tcp -m tcp --dport 8080 -j MASQUERADE",
  ],
};

/** A tunnel's end: its answers leave room for the director's second header. */
const tunnelEnd: Subject = {
  host: "inner",
  script: "lvs_rs.sh",
  nft: `
table ip lvsgen_lvs_rs {
  chain segments {
    type route hook output priority -150;
    ip saddr 10.1.0.200 tcp flags & (syn | rst) == syn tcp option maxseg size set 1440
  }
}
table ip6 lvsgen_lvs_rs {
  chain segments {
    type route hook output priority -150;
    ip6 saddr fd00:1::200 tcp flags & (syn | rst) == syn tcp option maxseg size set 1400
  }
}
`,
  iptables: [
    "4 mangle -A OUTPUT -s 10.1.0.200/32 -p tcp -m tcp --tcp-flags SYN,RST SYN -j TCPMSS --set-mss 1440",
    "6 mangle -A OUTPUT -s fd00:1::200/128 -p tcp -m tcp --tcp-flags SYN,RST SYN -j TCPMSS --set-mss 1400",
  ],
};

const engines: readonly FirewallPrograms[] = [
  { name: "nft", nft: true, iptables: "nft" },
  { name: "iptables on nf_tables", nft: false, iptables: "nft" },
  { name: "iptables on its own tables", nft: false, iptables: "legacy" },
];

const shells = [["dash"], ["bash"], ["busybox", "ash"]];

/** What may be left of the services, and by which words ours are known among the rules, in either language. */
const remainders = [
  {
    left: "some of each kind",
    names: ["shop", "many", "masked-dns", "masked-v6"],
    gone: [/10\.1\.0\.201/, /10\.2\.0\.11 .*8080/, /fd00:1::200.*443/],
    stay: [/10\.1\.0\.200.*443/, /10\.1\.0\.202/, /10\.2\.0\.11.*udp.* 53/, /fd00:2::11.*8080/],
  },
  {
    left: "IPv4's",
    names: ["shop", "masked"],
    gone: [/10\.1\.0\.20[12]/, /fd00:1::200.*443/, /fd00:2::11.*8080/],
    stay: [/10\.1\.0\.200.*443/, /10\.2\.0\.11.*8080/],
  },
  {
    left: "IPv6's",
    names: ["shop-v6"],
    gone: [/10\.1\.0\.200.*443/, /10\.2\.0\.11.*(8080|udp)/, /fd00:2::11.*8080/],
    stay: [/fd00:1::200.*443/],
  },
  {
    left: "one that needs no rules",
    names: ["plain"],
    gone: [/10\.1\.0\.200.*443/, /10\.1\.0\.20[12]/, /10\.2\.0\.11.*(8080|udp)/, /fd00:.*(443|8080)/],
    stay: [],
  },
];

/** The host's own interfaces and addresses, which its scripts ask for. */
const setUp = `
ip link add eth0 type veth peer name eth1
ip addr add 10.1.0.2/24 dev eth0
ip addr add 10.2.0.11/24 dev eth1
ip link set eth0 up
ip link set eth1 up
`;

/**
 * The script as generated, but that its host shall have nothing but the firewall's part: this kernel may have no ip_vs.
 * All of the machinery stays, and the verbs are the real ones.
 */
function scriptOf({ host, script }: Subject, services: readonly Service[]): string {
  const text = JSON.stringify({ ...topology, virtualServices: services });
  const { cluster, diagnostics } = checkTopology(text, "firewall.json");
  if (cluster === null) throw new Error(JSON.stringify(diagnostics));
  const whole =
    renderCluster(cluster, templates).find(({ path }) => path === `${host}/${script}`)?.text ?? "";
  const [, list = ""] = /^resources\(\) \{[^\n]*\n([\s\S]*?)^\}$/m.exec(whole) ?? [];
  expect(list).toContain('  "$1"_');
  return whole.replace(list, list.includes('  "$1"_firewall\n') ? '  "$1"_firewall\n' : "  :\n");
}

let folder = "";
let network: FirewallNamespace | null = null;

function inside(): FirewallNamespace {
  if (network === null) throw new Error("there is no network yet");
  return network;
}

function iptables(rule: string, change = "-A"): void {
  const [family, table = "", , ...words] = rule.split(" ");
  inside().read(family === "4" ? "iptables" : "ip6tables", ["-t", table, change, ...words]);
}

/** All that the packet filter holds, in either of its ways; counters have no part in it. */
function ruleset(): string {
  const legacy = ["iptables", "ip6tables"].map((program) => inside().read(`${program}-legacy-save`, []));
  const counters = / \[\d+:\d+\]$/gm;
  return [
    inside().read(lookingNft, ["--stateless", "list", "ruleset"]),
    ...legacy.map((text) => text.replaceAll(/^#.*\n/gm, "").replaceAll(counters, "")),
  ].join("\n");
}

/** Rules of iptables as it prints them, whoever added them. */
function iptablesRules(): string[] {
  return ([4, 6] as const).flatMap((family) =>
    ["mangle", "nat", "filter"].flatMap((table) => {
      const saved = inside().read(family === 4 ? "iptables-save" : "ip6tables-save", ["-t", table]);
      const lines = saved.split("\n").filter((line) => line.startsWith("-A "));
      return lines.map((line) => `${family} ${table} ${line}`);
    }),
  );
}

/** Names of the tables in a text for nft: `ip lvsgen_lvs_dr`. */
function tablesOf({ nft }: Subject): string[] {
  return [...nft.matchAll(/^table (.*) \{$/gm)].map(([, table = ""]) => table);
}

function nft(...args: readonly string[]): string {
  return inside().read(lookingNft, args);
}

/** The subject's tables with nft, as nft prints them; everybody's rules with iptables. */
function rules({ nft: byTable }: FirewallPrograms, subject: Subject): string[] {
  if (!byTable) return iptablesRules().toSorted();
  const all = nft("list", "tables").split("\n");
  const tables = tablesOf(subject).filter((table) => all.includes(`table ${table}`));
  return tables.map((table) => nft("--stateless", "list", "table", ...table.split(" ")));
}

/** What `rules` shall find after start, where it has not run yet: what nft makes of the text by hand is asked of nft. */
function rulesByHand(engine: FirewallPrograms, subject: Subject): string[] {
  if (!engine.nft) return [...iptablesRules(), ...subject.iptables].toSorted();
  inside().read(lookingNft, ["-f", "/dev/stdin"], subject.nft);
  const found = rules(engine, subject);
  for (const table of tablesOf(subject)) nft("delete", "table", ...table.split(" "));
  return found;
}

function install(subject: Subject, services: readonly Service[] = topology.virtualServices): void {
  writeFileSync(join(folder, subject.script), scriptOf(subject, services), { mode: 0o755 });
}

function act(subject: Subject, verb: string, shell: readonly string[] = ["sh"]) {
  const [program = "", ...args] = shell;
  return inside().run(program, [...args, join(folder, subject.script), verb]);
}

/** A verb that shall work. */
function must(subject: Subject, verb: string, shell?: readonly string[]): string {
  const { status, stdout, stderr } = act(subject, verb, shell);
  expect(status, stderr).toBe(0);
  return stdout;
}

describe.each(engines)("by $name", (engine) => {
  beforeEach(async () => {
    folder = temporaryFolder();
    network = await FirewallNamespace.make(engine, setUp);
    inside().read(lookingNft, ["-f", "/dev/stdin"], foreignNft);
    if (!engine.nft) for (const rule of foreignIptables) iptables(rule);
  });

  afterEach(() => {
    network?.close();
    network = null;
  });

  const both = [director, tunnelEnd];
  const everywhere = both.flatMap((subject) => shells.map((shell) => ({ ...subject, subject, shell })));

  test.each(everywhere)("$script sets exactly its rules and takes them along, in $shell", (row) => {
    const { subject, shell } = row;
    install(subject);
    const before = ruleset();
    const meant = rulesByHand(engine, subject);
    expect(ruleset()).toBe(before);
    expect(act(subject, "check", shell).status).toBe(1);
    expect(ruleset()).toBe(before);

    expect(must(subject, "start", shell)).toMatch(/started, changes: [1-9]/);
    expect(rules(engine, subject)).toEqual(meant);
    const after = ruleset();
    for (const line of before.split("\n")) expect(after).toContain(line);

    expect(must(subject, "stop", shell)).toContain("stopped");
    expect(ruleset()).toBe(before);
    expect(must(subject, "stop", shell)).toContain("nothing to put back");
    expect(ruleset()).toBe(before);
  });

  test.each(both)("$script changes nothing the second time", (subject) => {
    install(subject);
    must(subject, "start");
    // With handles: rules that are loaded again get others.
    const withHandles = () => nft("--stateless", "--handle", "list", "ruleset") + ruleset();
    const before = withHandles();
    expect(must(subject, "start")).toContain("nothing changed");
    expect(must(subject, "reload")).toContain("nothing changed");
    expect(must(subject, "check")).toContain("as it should be");
    expect(must(subject, "status")).toContain("running");
    expect(withHandles()).toBe(before);
  });

  test.each(both)("$script brings back what somebody took out, or changed", (subject) => {
    install(subject);
    const before = ruleset();
    must(subject, "start");
    const whole = rules(engine, subject);
    const [table = ""] = tablesOf(subject);
    const [rule = ""] = subject.iptables;
    const damages = engine.nft
      ? [
          () => nft("delete", "table", ...table.split(" ")),
          () => nft("add", "chain", ...table.split(" "), "more"),
          () => nft("flush", "table", ...table.split(" ")),
        ]
      : [() => iptables(rule, "-D")];
    for (const damage of damages) {
      damage();
      expect(act(subject, "check").status).toBe(1);
      must(subject, "start");
      expect(rules(engine, subject)).toEqual(whole);
      must(subject, "check");
    }
    must(subject, "stop");
    expect(ruleset()).toBe(before);
  });

  test.each(remainders)("services that the topology no longer has take their rules along: $left", (row) => {
    install(director);
    const before = ruleset();
    must(director, "start");
    install(
      director,
      topology.virtualServices.filter(({ name }) => row.names.includes(name)),
    );
    expect(act(director, "check").status).toBe(1);
    must(director, "start");
    const changed = rules(engine, director).join("\n");
    must(director, "check");
    for (const vip of row.gone) expect(changed).not.toMatch(vip);
    for (const vip of row.stay) expect(changed).toMatch(vip);
    expect(changed === "" || !engine.nft).toBe(row.stay.length === 0 || !engine.nft);

    must(director, "stop");
    expect(ruleset()).toBe(before);
    must(director, "start");
    expect(rules(engine, director).join("\n")).toBe(changed);
    must(director, "stop");
    expect(ruleset()).toBe(before);
  });

  test("killed while an earlier script's rules go, the next start and stop make all as before", () => {
    const plain = topology.virtualServices.filter(({ name }) => name === "plain");
    install(director);
    const before = ruleset();
    for (const at of [1, 2, 3]) {
      install(director);
      must(director, "start");
      install(director, plain);
      inside().run("sh", [
        "-c",
        killAt(`sh ${join(folder, director.script)} start`, at, join(folder, "said")),
      ]);
      must(director, "start");
      expect(ruleset()).toBe(before);
      must(director, "check");
      must(director, "stop");
      expect(ruleset()).toBe(before);
    }
  });

  // A table of one's own is nobody else's.
  if (engine.nft) return;

  test("a rule of the same words that was there before stays", () => {
    for (const rule of [director.iptables[0] ?? "", director.iptables.at(-1) ?? ""]) iptables(rule);
    install(director);
    const before = ruleset();
    must(director, "start");
    const found = iptablesRules();
    expect(found.filter((rule) => director.iptables.includes(rule)).toSorted()).toEqual(
      director.iptables.toSorted(),
    );
    must(director, "stop");
    expect(ruleset()).toBe(before);
  });
});
