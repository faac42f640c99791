/**
 * No property of the schema is without behaviour or a rule: of each, a change is shown that changes what is rendered, or
 * that a rule speaks of. A new property needs a row here.
 */

import { describe, expect, test } from "vitest";
import { templates } from "#templates";
import { pointerOf } from "../../src/base/json-pointer.ts";
import { planCluster } from "../../src/plan/host-plan.ts";
import { renderProject } from "../../src/render/ansible/render-ansible.ts";
import { renderHost } from "../../src/render/render-host.ts";
import { createRenderer } from "../../src/render/renderer.ts";
import { checkTopology } from "../../src/rules/check-topology.ts";
import type { Diagnostic } from "../../src/topology/diagnostics.ts";
import { childSchema, type Schema, topologySchema } from "../../src/topology/schema.ts";
import type { ReadSecret } from "../../src/topology/secret-sources.ts";
import { propertiesOf } from "../helpers/schema-properties.ts";

type Json = Record<string, unknown>;

/** Values by their place: keys and numbers with dots between. `undefined` takes out what is there. */
type Edits = Readonly<Record<string, unknown>>;

interface Row {
  /** What is changed. */
  readonly place: string;
  readonly value: unknown;
  /** What the base has beforehand for the change to matter. */
  readonly given: Edits;
  /** The rule that speaks, and where if not of the place itself; null: what is rendered changes. */
  readonly rule: { readonly code: string; readonly at: string } | null;
}

const base = {
  version: 1,
  name: "base",
  defaults: { os: "debian-12" },
  hosts: {
    lvs: { interfaces: { eth0: "192.168.1.2/24", eth1: "10.0.0.2/24" } },
    lvs2: { interfaces: { eth0: "192.168.1.3/24", eth1: "10.0.0.3/24" } },
    web1: { interfaces: { eth0: "192.168.1.11/24", eth1: "10.0.0.11/24" } },
    web2: { interfaces: { eth0: "192.168.1.12/24", eth1: "10.0.0.12/24" } },
  },
  directors: { hosts: ["lvs"] },
  virtualServices: [
    { name: "web", vip: "192.168.1.200", port: 80, realServers: [{ host: "web1" }, { host: "web2" }] },
  ],
};

const service = "virtualServices.0";
const server = `${service}.realServers.0`;
const nat = { [`${service}.forwarding`]: "nat" };
const tun = { [`${server}.forwarding`]: "tun" };
const gue = { ...tun, [`${server}.tunnel`]: { type: "gue" } };
const marked = { [`${service}.port`]: undefined, [`${service}.fwmark`]: 1, [`${service}.ports`]: [80] };
const udp = { [`${service}.protocol`]: "udp" };
const sync = { "directors.connectionSync": { interface: "eth0" } };

/** Two directors with keepalived, and more of directors' settings. */
function pair(settings: Json = {}): Edits {
  return { directors: { hosts: ["lvs", "lvs2"], engine: "keepalived", ...settings } };
}

/** The same, each a real server of the other. */
function serving(asRealServer: string): Edits {
  return {
    ...pair({ asRealServer }),
    "hosts.lvs.mac": "b8:27:eb:00:00:01",
    "hosts.lvs2.mac": "b8:27:eb:00:00:02",
    [`${service}.realServers`]: [{ host: "lvs" }, { host: "lvs2" }],
  };
}

const router = { address: "192.168.1.1", asn: 65000 };

/** Both directors announce a VIP that is in none of their subnets, to a router beside them. */
function announced(bgp: Json = {}, settings: Json = {}): Edits {
  const announce = { bgp: { asn: 65010, neighbors: [router], ...bgp }, ...settings };
  return { ...pair({ announce }), [`${service}.vip`]: "203.0.113.10" };
}

const announce = "directors.announce";
const neighbor = `${announce}.bgp.neighbors.0`;

const floating = { address: "10.0.0.29/24" };
const vrrp = (settings: Json) => pair({ vrrp: settings });
/** Floating addresses of hosts that balance nothing. */
const carried = { name: "api", address: "192.168.1.210/24", hosts: ["web1", "web2"] };
const carries = (settings: Json = {}): Edits => ({ floatingAddresses: [{ ...carried, ...settings }] });
const address = "floatingAddresses.0";
const notifies = { command: "/usr/local/sbin/notify" };

const notified = { emails: ["root@example.net"], from: "lvs@example.net", smtpServer: "127.0.0.1" };

function checked(settings: Json): Edits {
  return { ...pair(), [`${service}.healthCheck`]: settings };
}

function checkRow(key: string, value: unknown, type = "http"): Row {
  return changes(`${service}.healthCheck.${key}`, value, checked({ type }));
}

/** Of a service by nat, whose other settings leave a sorry server free. */
function sorryRow(key: string, value: unknown): Row {
  const place = `${service}.sorryServer`;
  const who = key === "host" ? { host: "web1", port: 8080 } : { address: "192.168.1.60", port: 80 };
  return changes(`${place}.${key}`, value, {
    ...checked({ type: "tcp" }),
    ...nat,
    [place]: who,
  });
}

/** What each differs by from its default. */
const sysctls = {
  expireNodestConn: false,
  expireQuiescentTemplate: false,
  connReuseMode: 0,
  conntrack: true,
  snatReroute: false,
  natIcmpSend: true,
  pmtuDisc: false,
  scheduleIcmp: true,
  sloppyTcp: true,
  sloppySctp: true,
};

function changes(place: string, value: unknown, given: Edits = {}): Row {
  return { place, value, given, rule: null };
}

function speaks(code: string, at: string, place: string, value: unknown, given: Edits = {}): Row {
  return { place, value, given, rule: { code, at } };
}

/** Settings of a host, and of all hosts: `place` ends in a dot. */
function hostRows(place: string): Row[] {
  const route = { [`${place}routes`]: [{ to: "172.16.0.0/16", via: "192.168.1.1" }] };
  return [
    changes(`${place}os`, "rocky-9"),
    changes(`${place}init`, "sysv"),
    // Before 4.17 a source rule tells no port from another.
    changes(`${place}kernel`, "4.9", nat),
    changes(`${place}versions`, { systemd: 219 }),
    changes(`${place}versions.systemd`, 219),
    speaks("LVS146", `${server}.tunnel`, `${place}versions.ipvsadm`, "1.29", gue),
    speaks("LVS146", "directors.engine", `${place}versions.keepalived`, "1.2.13", pair()),
    changes(`${place}routes`, [{ to: "172.16.0.0/16", via: "192.168.1.1" }]),
    changes(`${place}routes.0.to`, "172.17.0.0/16", route),
    changes(`${place}routes.0.via`, "192.168.1.3", route),
    changes(`${place}firewall`, "apply"),
    changes(`${place}reassert`, 60),
    changes(`${place}ssh`, { user: "admin" }),
    changes(`${place}ssh.user`, "admin"),
    changes(`${place}ssh.port`, 2222),
    ...sysctlRows(place),
    ...packagesRows(place),
  ];
}

/** `place` ends in a dot, and is of all hosts or of the director. */
function packagesRows(place: string): Row[] {
  const mirror = `${place}packages.mirror`;
  const main = { main: "http://mirror.example.net/debian" };
  const both = { [mirror]: main };
  return [
    changes(`${place}packages`, { mirror: main }),
    changes(mirror, main, { [`${place}packages`]: { ipvsadm: "ipvsadm" } }),
    changes(`${mirror}.main`, "http://other.example.net/debian", both),
    changes(`${mirror}.security`, "http://mirror.example.net/debian-security", both),
    changes(`${mirror}.raspberrypi`, "http://mirror.example.net/raspberrypi", {
      [`${place}os`]: "raspbian-12",
    }),
    changes(`${mirror}.epel`, "http://mirror.example.net/epel", { [`${place}os`]: "rocky-9" }),
    changes(`${place}packages.ipvsadm`, { source: "ipvsadm-1.31.tar.gz" }),
    changes(`${place}packages.ipvsadm.source`, "ipvsadm-1.30.tar.gz", {
      [`${place}packages.ipvsadm`]: { source: "ipvsadm-1.31.tar.gz" },
    }),
  ];
}

/** `place` ends in a dot, and is of all hosts or of a real server. */
function webServerRows(place: string): Row[] {
  return [
    changes(`${place}webServer`, { kind: "nginx" }),
    changes(`${place}webServer.kind`, "apache", { [`${place}webServer`]: { kind: "nginx" } }),
    changes(`${place}webServer.testPage`, false, { [`${place}webServer`]: { kind: "nginx" } }),
  ];
}

/** A track of each kind of settings, at a place that ends in a dot; `given` has the list, of one track. */
function trackRows(place: string, given: (track: Json) => Edits): Row[] {
  const http = given({ type: "http", port: 80 });
  const script = given({ type: "script", command: "/usr/local/sbin/check" });
  const first = `${place}track.0.`;
  return [
    changes(`${place}track`, [{ type: "tcp", port: 80 }], given({ type: "tcp", port: 81 })),
    changes(`${first}type`, "tcp", http),
    changes(`${first}address`, "127.0.0.2", http),
    changes(`${first}port`, 81, http),
    changes(`${first}path`, "/health", http),
    changes(`${first}status`, [200, "300-308"], http),
    changes(`${first}name`, "nginx", given({ type: "process", name: "haproxy" })),
    changes(`${first}command`, "/usr/local/sbin/other", script),
    changes(`${first}arguments`, ["--db", "a b"], script),
    changes(`${first}user`, "nobody", script),
    ...["interval", "timeout", "rise", "fall"].map((key) => changes(`${first}${key}`, 5, http)),
    changes(`${first}weight`, -20, http),
  ];
}

function sysctlRows(place: string): Row[] {
  return [
    changes(`${place}sysctls`, { expireNodestConn: false }),
    ...Object.entries(sysctls).map(([key, value]) => changes(`${place}sysctls.${key}`, value)),
  ];
}

/** A warning that the base does not have. */
const accepted = { code: "LVS104", reason: "known" };

const rows: readonly Row[] = [
  changes("name", "other"),
  changes("defaults", { os: "debian-12", reassert: 60 }),
  ...hostRows("defaults."),
  // A gateway of dr servers that is the director lets their answers pass.
  changes("defaults.gateway", "192.168.1.2"),
  changes("hosts", { ...base.hosts, web2: { interfaces: { eth0: "192.168.1.13/24" } } }),
  ...webServerRows("defaults."),
  ...webServerRows("hosts.web1."),
  ...hostRows("hosts.lvs.").filter(({ place }) => !place.endsWith(".kernel")),
  changes("hosts.lvs.ssh.address", "lvs.lan"),
  changes("hosts.web1.kernel", "4.9", nat),
  changes("hosts.web1.gateway", "192.168.1.2"),
  changes("hosts.web1.interfaces", { eth0: "192.168.1.13/24" }),
  changes("directors", { hosts: ["web1"] }, { [`${service}.realServers.0`]: { host: "lvs" } }),
  changes("directors.hosts", ["web1"], { [`${service}.realServers.0`]: { host: "lvs" } }),
  changes("directors.connectionSync", { interface: "eth1" }),
  changes("directors.connectionSync.interface", "eth1", sync),
  changes("directors.connectionSync.syncId", 2, sync),
  changes("directors.connectionSync.group", "224.0.0.82", sync),
  changes("directors.connectionSync.port", 8849, sync),
  changes("directors.connectionSync.ttl", 2, sync),
  changes("directors.engine", "keepalived"),
  changes("directors.asRealServer", "fwmark-mac", serving("master-only")),
  changes("hosts.lvs.mac", "b8:27:eb:00:00:03", serving("fwmark-mac")),
  changes("directors.vrrp", { virtualRouterId: 52 }, pair()),
  changes("directors.vrrp.virtualRouterId", 52, vrrp({})),
  changes("directors.vrrp.advertInterval", 0.5, vrrp({})),
  changes("directors.vrrp.preempt", true, vrrp({})),
  changes("directors.vrrp.unicast", false, vrrp({})),
  changes("directors.vrrp.interface", "eth1", vrrp({})),
  changes("directors.vrrp.authPassword", "s3cr3t", vrrp({})),
  changes(
    "directors.vrrp.authPassword.env",
    "OTHER_PASSWORD",
    vrrp({ authPassword: { env: "VRRP_PASSWORD" } }),
  ),
  changes("directors.vrrp.authPassword.file", "other", vrrp({ authPassword: { file: "vrrp" } })),
  ...trackRows("directors.vrrp.", (track) => vrrp({ track: [track] })),
  changes("directors.vrrp.addresses", [floating], vrrp({})),
  changes("directors.vrrp.addresses.0.address", "10.0.0.30/24", vrrp({ addresses: [floating] })),
  changes("directors.vrrp.addresses.0.interface", "eth0", vrrp({ addresses: [floating] })),
  changes("directors.vrrp.addresses.0.virtualRouterId", 52, vrrp({ addresses: [floating] })),
  changes(announce, { bgp: { asn: 65010, neighbors: [router] } }, pair()),
  changes(`${announce}.bgp`, { asn: 65020, neighbors: [router] }, announced()),
  changes(`${announce}.bgp.asn`, 65020, announced()),
  changes(`${announce}.bgp.neighbors`, [router, { address: "10.0.0.1", asn: 65000 }], announced()),
  changes(`${neighbor}.address`, "192.168.1.254", announced()),
  changes(`${neighbor}.asn`, 65001, announced()),
  changes(`${neighbor}.password`, "s3cr3t", announced()),
  changes(
    `${neighbor}.password.env`,
    "OTHER",
    announced({ neighbors: [{ ...router, password: { env: "A" } }] }),
  ),
  changes(
    `${neighbor}.password.file`,
    "other",
    announced({ neighbors: [{ ...router, password: { file: "a" } }] }),
  ),
  changes(`${neighbor}.multihop`, true, announced()),
  changes(`${announce}.bgp.holdTime`, 30, announced()),
  changes(`${announce}.bgp.med`, 100, announced()),
  changes(`${announce}.bgp.communities`, ["65010:100"], announced()),
  changes(`${announce}.daemon`, "none", announced()),
  changes(`${announce}.when`, "any", {
    ...announced(),
    "virtualServices.1": { ...base.virtualServices[0], name: "tls", vip: "203.0.113.10", port: 443 },
  }),
  changes("directors.drained", ["lvs2"], announced()),
  changes("floatingAddresses", [carried]),
  changes(`${address}.name`, "other", carries()),
  changes(`${address}.address`, "192.168.1.211/24", carries()),
  changes(`${address}.interface`, "eth1", carries({ interface: "eth0" })),
  changes(`${address}.hosts`, ["web2", "web1"], carries()),
  changes(`${address}.hosts.0.host`, "lvs", {
    ...pair(),
    ...carries({ hosts: [{ host: "lvs2" }, { host: "web2" }] }),
    [`${address}.virtualRouterId`]: 53,
  }),
  changes(`${address}.hosts.0.priority`, 200, {
    ...carries({
      hosts: [
        { host: "web1", priority: 150 },
        { host: "web2", priority: 100 },
      ],
    }),
  }),
  changes(`${address}.virtualRouterId`, 52, carries()),
  changes(`${address}.advertInterval`, 0.5, carries()),
  changes(`${address}.preempt`, true, carries()),
  changes(`${address}.preemptDelay`, 60, carries({ preempt: true })),
  changes(`${address}.unicast`, false, carries()),
  changes(`${address}.notify`, notifies, carries()),
  changes(`${address}.notify.command`, "/usr/local/sbin/other", carries({ notify: notifies })),
  changes(`${address}.notify.arguments`, ["a b"], carries({ notify: notifies })),
  changes(`${address}.notify.user`, "nobody", carries({ notify: notifies })),
  changes(`${address}.notifyOn`, { master: notifies }, carries()),
  ...["master", "backup", "fault", "stop"].flatMap((state) => {
    const named = carries({ notifyOn: { [state]: notifies } });
    return [
      changes(`${address}.notifyOn.${state}`, { command: "/usr/local/sbin/other" }, named),
      changes(`${address}.notifyOn.${state}.command`, "/usr/local/sbin/other", named),
      changes(`${address}.notifyOn.${state}.arguments`, ["a b"], named),
      changes(`${address}.notifyOn.${state}.user`, "nobody", named),
    ];
  }),
  changes(`${address}.runOnMaster`, ["haproxy"], carries()),
  changes(`${address}.garp`, { delay: 1 }, carries()),
  changes(`${address}.garp.delay`, 1, carries({ garp: {} })),
  changes(`${address}.garp.repeat`, 2, carries({ garp: {} })),
  changes(`${address}.garp.refresh`, 0, carries({ garp: {} })),
  changes(`${address}.garp.refreshRepeat`, 2, carries({ garp: {} })),
  ...trackRows(`${address}.`, (track) => carries({ track: [track] })),
  changes(`${address}.bindBeforehand`, false, carries()),
  changes("directors.notification", notified, pair()),
  changes("directors.notification.emails", ["a@example.net"], pair({ notification: notified })),
  changes("directors.notification.from", "b@example.net", pair({ notification: notified })),
  changes("directors.notification.smtpServer", "mail.example.net", pair({ notification: notified })),
  changes(`${service}.healthCheck`, { type: "tcp" }, pair()),
  checkRow("type", "https"),
  checkRow("path", "/health"),
  checkRow("virtualHost", "www.example.net"),
  checkRow("status", 204),
  checkRow("digest", "640205b7b0fc66c1ea91c463fac6334d"),
  checkRow("port", 8080),
  checkRow("interval", 5),
  checkRow("timeout", 5),
  checkRow("retries", 3),
  checkRow("delayBeforeRetry", 2),
  checkRow("name", "example.net", "dns"),
  checkRow("recordType", "A", "dns"),
  checkRow("helo", "lvs.example.net", "smtp"),
  checkRow("payload", "00ff00", "udp"),
  changes(
    `${service}.healthCheck.command`,
    "/usr/local/bin/check-b",
    checked({ type: "script", command: "/usr/local/bin/check-a" }),
  ),
  changes(
    `${service}.healthCheck.arguments`,
    ["{address}", "{port}"],
    checked({ type: "script", command: "/usr/local/bin/check-a" }),
  ),
  changes(`${service}.quorum`, 2, pair()),
  changes(`${service}.sorryServer`, { address: "192.168.1.60" }, checked({ type: "tcp" })),
  sorryRow("host", "web2"),
  sorryRow("address", "192.168.1.61"),
  sorryRow("port", 8081),
  sorryRow("forwarding", "dr"),
  changes("virtualServices", [
    ...base.virtualServices,
    { ...base.virtualServices[0], name: "tls", port: 443 },
  ]),
  changes(`${service}.name`, "other"),
  changes(`${service}.vip`, "192.168.1.201"),
  changes(`${service}.port`, 81),
  changes(`${service}.protocol`, "udp"),
  changes(`${service}.fwmark`, 2, marked),
  changes(`${service}.ports`, [80, "8000-8010"], marked),
  changes(`${service}.scheduler`, "rr"),
  changes(`${service}.schedulerFlags`, ["sh-port"], { [`${service}.scheduler`]: "sh" }),
  changes(`${service}.forwarding`, "nat"),
  changes(`${service}.persistence`, {}),
  changes(`${service}.persistence.timeout`, 60, { [`${service}.persistence`]: {} }),
  changes(`${service}.persistence.netmask`, 24, { [`${service}.persistence`]: {} }),
  changes(`${service}.persistence.engine`, "sip", { ...udp, [`${service}.persistence`]: {} }),
  changes(`${service}.onePacket`, true, udp),
  changes(`${service}.interface`, "eth1", {
    [`${service}.vip`]: "172.16.0.1",
    [`${service}.interface`]: "eth0",
  }),
  changes(`${service}.nat`, { returnPath: "masquerade" }, nat),
  changes(`${service}.nat.returnPath`, "default-gateway", nat),
  changes(`${service}.realServers`, [{ host: "web1" }]),
  changes(`${server}.host`, "web2", { [`${service}.realServers.1`]: { address: "192.168.1.50" } }),
  changes(`${server}.address`, "10.0.0.11", nat),
  changes(`${server}.port`, 8080, nat),
  changes(`${server}.weight`, 0),
  changes(`${server}.upperThreshold`, 100),
  changes(`${server}.lowerThreshold`, 50, { [`${server}.upperThreshold`]: 100 }),
  changes(`${server}.forwarding`, "tun"),
  changes(`${server}.tunnel`, { type: "gue" }, tun),
  changes(`${server}.tunnel.type`, "gre", gue),
  changes(`${server}.tunnel.port`, 6081, gue),
  changes("timeouts", {}),
  changes("timeouts.tcp", 30, { timeouts: {} }),
  changes("timeouts.tcpFin", 30, { timeouts: {} }),
  changes("timeouts.udp", 30, { timeouts: {} }),
  ...sysctlRows(""),
  { ...changes("ignore", [accepted]), rule: { code: "LVS241", at: "ignore.0.code" } },
  {
    ...changes("ignore.0.code", "LVS101", { ignore: [accepted] }),
    rule: { code: "LVS240", at: "ignore.0.code" },
  },
];

/** What has no effect on what is rendered, each with its reason; an exception that has one is none. */
const exceptions: Readonly<Record<string, { readonly change: Edits; readonly why: string }>> = {
  $schema: { change: { $schema: "a.json" }, why: "it is the editor's" },
  "ignore.*.reason": { change: {}, why: "it is for people" },
  version: { change: {}, why: "there is one so far, and the schema refuses all others" },
};

/** Each source has a password of its own. */
const readSecret: ReadSecret = (source) => Object.values(source).join().slice(0, 8);

/** The schema's path of a place: `*` for entries. */
function abstract(place: string): string {
  let node: Schema = topologySchema;
  return place
    .split(".")
    .map((key) => {
      const isEntry = node.properties === undefined || !Object.hasOwn(node.properties, key);
      node = childSchema(node, key) ?? {};
      return isEntry ? "*" : key;
    })
    .join(".");
}

function edited(...steps: readonly Edits[]): Json {
  const topology: Json = structuredClone(base);
  for (const [place, value] of steps.flatMap((edits) => Object.entries(edits))) {
    const keys = place.split(".");
    const last = keys.pop() ?? "";
    let parent: Json = topology;
    for (const key of keys) {
      parent[key] ??= {};
      parent = parent[key] as Json;
    }
    if (value === undefined) delete parent[last];
    else parent[last] = structuredClone(value);
  }
  return topology;
}

const renderer = createRenderer(templates);

interface Result {
  /** Null where a rule refuses the topology. */
  readonly files: Readonly<Record<string, string>> | null;
  readonly diagnostics: readonly Diagnostic[];
}

function outcome(topology: Json): Result {
  const { cluster, diagnostics } = checkTopology(JSON.stringify(topology), "behaviour.json", readSecret);
  if (cluster === null) return { files: null, diagnostics };
  const plans = planCluster(cluster);
  const managed = plans.map(({ host, roles }) => ({ host, roles: roles.map(({ role }) => role) }));
  const artifacts = [
    ...plans.flatMap((plan) => renderHost(plan, renderer)),
    // How files get to the hosts.
    ...renderProject(cluster, managed, renderer).filter(({ path }) => path.endsWith("/inventory.yml")),
  ];
  // The digest is no behaviour.
  const files = artifacts.map(({ path, text }) => [path, text.replace(/^# Plan sha256: .*$/m, "")]);
  return { files: Object.fromEntries(files), diagnostics };
}

function pointerAt(place: string): string {
  return pointerOf(...place.split("."));
}

const all = propertiesOf(topologySchema).map(({ path }) => path);

describe("every property of the schema", () => {
  test("has one row: it is acted on, or an exception", () => {
    const listed = [...rows.map(({ place }) => abstract(place)), ...Object.keys(exceptions)];
    expect(listed.toSorted()).toEqual(all.toSorted());
  });

  test("is there at all", () => {
    expect(all.length).toBeGreaterThan(150);
    expect(rows.length).toBeGreaterThan(90);
  });
});

const changing = rows.filter(({ rule }) => rule === null);
const ruled = rows.filter(({ rule }) => rule !== null);

describe("what is rendered changes with", () => {
  test.each(changing)("$place", ({ place, value, given }) => {
    const before = outcome(edited(given));
    const after = outcome(edited(given, { [place]: value }));
    expect(before.files, JSON.stringify(before.diagnostics)).not.toBeNull();
    expect(after.files, JSON.stringify(after.diagnostics)).not.toBeNull();
    expect(after.files).not.toEqual(before.files);
  });
});

describe("a rule speaks of", () => {
  test.each(ruled)("$place", ({ place, value, given, rule }) => {
    const before = outcome(edited(given));
    const after = outcome(edited(given, { [place]: value }));
    expect(before.files, JSON.stringify(before.diagnostics)).not.toBeNull();
    expect(after.diagnostics).toContainEqual(
      expect.objectContaining({ code: rule?.code, pointer: pointerAt(rule?.at ?? place) }),
    );
  });
});

describe("nothing is rendered otherwise and no rule speaks, as", () => {
  test.each(Object.entries(exceptions))("of %s", (_, { change }) => {
    const before = outcome(edited());
    const after = outcome(edited(change));
    expect(after).toEqual(before);
  });
});
