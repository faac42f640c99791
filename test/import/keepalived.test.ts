import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readInclude } from "../../src/commands/read-include.ts";
import { type ImportOptions, importTopology } from "../../src/import/import-topology.ts";
import { checkTopology } from "../../src/rules/check-topology.ts";
import { repository } from "../helpers/lvsgen.ts";

function read(name: string, more: Partial<ImportOptions> = {}) {
  const file = join(repository, "test/fixtures/import", name);
  return importText(readFileSync(file, "utf8"), { ...more }, file);
}

function importText(text: string, more: Partial<ImportOptions> = {}, name = "keepalived.conf") {
  const { topology, notes } = importTopology([{ name, text }], { readInclude, ...more });
  const told = notes.map(({ code, place, message }) => `${code} ${place.line}: ${message}`);
  return { topology, notes, told };
}

function errorsOf(topology: unknown) {
  return checkTopology(JSON.stringify(topology), "topology.json").diagnostics.filter(
    ({ severity }) => severity === "error",
  );
}

const service = (inside: string, of = "10.0.0.100 80") => `virtual_server ${of} {\n${inside}\n}\n`;
const server = (inside = "", of = "10.0.0.11 80") => `real_server ${of} {\n${inside}\n}`;

describe("an office's keepalived.conf in old spellings", () => {
  const { topology, told, notes } = read("office.conf");

  test("gives a topology without errors", () => expect(errorsOf(topology)).toEqual([]));

  test("keeps what a topology has a place for", () => {
    expect(topology?.directors).toEqual({
      hosts: ["lvs-office"],
      engine: "keepalived",
      vrrp: {
        virtualRouterId: 61,
        advertInterval: 2,
        preempt: true,
        unicast: false,
        authPassword: "0ff1ce-s",
        track: [{ type: "process", name: "nginx", interval: 2, timeout: 2, rise: 1, fall: 1 }],
      },
      notification: {
        emails: ["ops@office.example", "oncall@office.example"],
        from: "lvs@office.example",
        smtpServer: "192.0.2.25",
      },
    });
    expect(topology?.virtualServices?.[0]).toEqual({
      name: "web",
      vip: "192.0.2.80",
      port: 80,
      protocol: "tcp",
      scheduler: "wrr",
      forwarding: "dr",
      persistence: { timeout: 50 },
      healthCheck: {
        type: "http",
        path: "/status",
        status: "200-299",
        virtualHost: "www.office.example",
        interval: 6,
        timeout: 3,
        retries: 3,
        delayBeforeRetry: 4,
      },
      sorryServer: { host: "lvs-office" },
      realServers: [
        { host: "rs1", weight: 3 },
        { host: "rs2", weight: 1 },
      ],
    });
    expect(topology?.hosts["lvs-office"]?.interfaces).toEqual({ ens160: "192.0.2.250/24" });
  });

  test.each([
    [8, "a topology supports mail servers on port 25 only, not 587"],
    [11, "vrrp_strict is left out: with it keepalived drops every packet to a VIP"],
    [15, "script killall -0 nginx becomes the track of the process nginx"],
    [
      20,
      "state MASTER: in a topology all directors begin as BACKUP, and the order of directors.hosts decides",
    ],
    [30, "the VIP 192.0.2.80/24 becomes 192.0.2.80/32"],
    [34, "a topology does not support notify_master /etc/keepalived/master.sh now"],
    [41, "a topology does not support nat_mask 255.255.255.0"],
    [49, "a topology does not support inhibit_on_failure"],
    [55, "a check in a topology has one page: this one is ignored"],
    [63, "192.0.2.12 has another check than 192.0.2.11, whose check all get: "],
    [71, 'unknown scheduler "least-busy": keepalived uses wlc'],
    [73, 'unknown keyword "ops_typo"'],
  ])("tells of line %i: %s", (line, message) => {
    expect(told.filter((text) => text.includes(` ${line}: `)).join("\n")).toContain(message);
  });

  test("nobody is advised to keep vrrp_strict", () => {
    const strict = notes.filter(({ message }) => message.includes("vrrp_strict"));
    expect(strict.map(({ hint }) => hint)).toEqual(["take it out of what runs today, too"]);
  });

  test("tells the password to nobody", () => {
    expect(notes.map(({ message, hint }) => message + hint).join()).not.toContain("0ff1ce");
  });
});

describe("groups, parameters and includes", () => {
  const { topology, told } = read("groups.conf");

  test("every entry of a group is a service", () => {
    const [first, , , , mark, dns] = [...(topology?.virtualServices ?? [])].toSorted(
      (a, b) => Number(a.name.startsWith("dns")) - Number(b.name.startsWith("dns")),
    );
    expect(topology?.virtualServices?.map(({ vip, port, fwmark }) => `${vip} ${port ?? fwmark}`)).toEqual(
      [
        "2001:db8:5::53 53",
        "10.20.30.100 80",
        "10.20.30.101 8080",
        "10.20.30.102 8080",
        "10.20.30.103 8080",
        expect.stringMatching(/^10\.20\.30\.\d+ 7$/),
      ].toSorted((a, b) => Number(String(b).startsWith("2001")) - Number(String(a).startsWith("2001"))),
    );
    expect(first).toMatchObject({
      name: "shop",
      scheduler: "sh",
      schedulerFlags: ["sh-fallback"],
      forwarding: "nat",
      realServers: [
        { host: expect.any(String), port: 8000, weight: 2, upperThreshold: 50, lowerThreshold: 5 },
        { host: expect.any(String), port: 8000, weight: 0 },
      ],
    });
    expect(mark).toMatchObject({ name: "shop-5", fwmark: 7 });
    expect(dns).toMatchObject({
      name: "dns",
      onePacket: true,
      forwarding: "tun",
      healthCheck: { type: "dns", recordType: "A", name: "office.example", interval: 60, retries: 3 },
      realServers: [{ tunnel: { type: "gue", port: 6081 } }],
    });
  });

  test("lines for one host only are told of, or chosen by --config-id", () => {
    expect(told.join("\n")).toContain("IMP102 9: the line is for one host only (config-id lvs-a)");
    expect(read("groups.conf", { configId: "lvs-a" }).told.join("\n")).toContain(
      '9: unknown keyword "include_me"',
    );
    expect(read("groups.conf", { configId: "lvs-b" }).told.join("\n")).not.toMatch(/ 9: /);
  });

  test("an include that finds nothing is told of", () => {
    const { told: notes } = importText(`include nowhere/*.conf\n${service(server())}`);
    expect(notes.join("\n")).toMatch(/IMP103 1: nothing to include: nowhere\/\*\.conf does not exist/);
  });
});

test.each([
  ["# { comment }", "a brace in a comment"],
  ['router_id "a # b"', "a comment sign in quotes"],
])("%s does no harm: %s", (line) => {
  const { topology, told } = importText(`global_defs {\n${line}\n}\n${service(`protocol TCP\n${server()}`)}`);
  expect(errorsOf(topology)).toEqual([]);
  expect(told.filter((text) => /^IMP10[34]/.test(text))).toEqual([]);
});

describe("keepalived's defaults, which are not the topology's, are written down", () => {
  test.each([
    ["TCP_CHECK { }", { type: "tcp", interval: 60, timeout: 5, retries: 1, delayBeforeRetry: 1 }],
    [
      "HTTP_GET { url { path /\nstatus_code 204\n} }",
      { type: "http", path: "/", status: 204, interval: 60, timeout: 5, retries: 1, delayBeforeRetry: 3 },
    ],
    [
      "HTTP_GET { url { path /\nstatus_code 200-299 301 401-401\n} }",
      {
        type: "http",
        path: "/",
        status: ["200-299", 301, 401],
        interval: 60,
        timeout: 5,
        retries: 1,
        delayBeforeRetry: 3,
      },
    ],
    ["DNS_CHECK { }", { type: "dns", interval: 60, timeout: 5, retries: 3, delayBeforeRetry: 60 }],
    [
      "MISC_CHECK { misc_path /bin/true\n}",
      { type: "script", command: "/bin/true", interval: 60, timeout: 60, retries: 0, delayBeforeRetry: 1 },
    ],
  ])("%s", (check, expected) => {
    expect(importText(service(server(check))).topology?.virtualServices?.[0]?.healthCheck).toEqual(expected);
  });

  test("the method is NAT, the scheduler wlc, persistence six minutes", () => {
    const { topology } = importText(service(`persistence_timeout\n${server()}`));
    expect(topology?.virtualServices?.[0]).toMatchObject({
      forwarding: "nat",
      scheduler: "wlc",
      persistence: { timeout: 360 },
    });
  });
});

test.each([
  [6, 0],
  [300, 1],
])("a delay of %i s before a director takes over again", (seconds, notes) => {
  const { told } = importText(`\
vrrp_instance a {
  interface eth0
  virtual_router_id 51
  priority 100
  preempt_delay ${seconds}
  virtual_ipaddress {
    10.0.0.100
  }
}
virtual_server 10.0.0.100 80 {
  delay_loop 3
  real_server 10.0.0.21 80 {
    TCP_CHECK {
      connect_timeout 3
    }
  }
}
`);
  expect(told.filter((text) => text.includes("preempt_delay"))).toHaveLength(notes);
});

describe("what cannot be read is an error with its line", () => {
  const good = service(server());
  test.each([
    ["an open brace", `${good}virtual_server 10.0.0.1 80 {\n`, 6, "virtual_server 10.0.0.1 80 has no }"],
    ["a brace too many", `${good}}\n`, 6, "brace } without {"],
    ["a brace of nothing", `${good}{\n}\n{`, 6, "brace { without a keyword"],
    ["too deep", `global_defs ${"a {\n".repeat(40)}`, 33, "blocks are nested deeper than 32"],
    ["binary", `${good}\u0000\u0001`, 6, "the text has a NUL character"],
    ["empty", " \n ", 1, "the text is empty"],
    ["huge", `global_defs {\n${"# x\n".repeat(5_000_000)}}`, 1, "the text is larger than 16 MiB"],
    ["no service", "global_defs {\n}\n", 1, "neither a virtual service with a real server nor"],
  ])("%s", (_, text, line, message) => {
    const { topology, notes } = importText(text);
    expect(topology).toBeNull();
    expect([notes[0]?.code, notes[0]?.place.line]).toEqual(["IMP001", line]);
    expect(notes[0]?.message).toContain(message);
  });

  test("a file that includes itself", () => {
    const text = `${good}include again.conf\n`;
    const { notes } = importText(text, {
      readInclude: () => [{ name: "again.conf", text: "include again.conf" }],
    });
    expect(notes.map(({ place, message }) => `${place.source.name}:${place.line} ${message}`)).toEqual([
      "again.conf:1 again.conf includes itself",
    ]);
  });

  test("includes without end", () => {
    let count = 0;
    const { notes } = importText(`${good}include x\n`, {
      readInclude: () => [{ name: `${++count}`, text: "include x" }],
    });
    expect(notes[0]?.message).toMatch(/includes are nested deeper than 16/);
  });

  test("includes that grow", () => {
    let count = 0;
    const text = `${"# a comment\n".repeat(150_000)}include x\n`;
    const { notes } = importText(`${good}include x\n`, { readInclude: () => [{ name: `${++count}`, text }] });
    expect(notes[0]?.message).toMatch(/larger than 16 MiB/);
  });

  test("parameters that name one another", () => {
    const { told } = importText(`$A=\${B}\n$B=\${A}\nvirtual_server \${A} 80 {\n}\n${good}`);
    expect(told.join("\n")).toMatch(/IMP103 3: circular parameters/);
    expect(told.join("\n")).not.toMatch(/IMP001/);
  });
});

test("random damage never crashes it", () => {
  const file = join(repository, "test/fixtures/import/office.conf");
  const text = readFileSync(file, "utf8");
  for (let at = 0; at < text.length; at += 23) {
    for (const damaged of [
      text.slice(0, at),
      text.slice(0, at) + text.slice(at + 40),
      `${text.slice(0, at)}{${text.slice(at)}`,
    ]) {
      const { topology, notes } = importText(damaged);
      expect(topology === null ? notes[0]?.code : "IMP001").toBe("IMP001");
    }
  }
});
