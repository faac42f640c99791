import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { lvsgen, repository } from "../helpers/lvsgen.ts";
import { temporaryFolder } from "../helpers/temporary.ts";

const office = join(repository, "test/fixtures/import/office.conf");
const table = "-A -t 10.0.0.100:80 -s rr\n-a -t 10.0.0.100:80 -r 10.0.0.11:80 -g -w 1\n";

describe("lvsgen import", () => {
  test("writes the topology to standard output and what it took for granted to standard error", () => {
    const { status, stdout, stderr } = lvsgen(["import", "-"], { input: table });
    expect(status).toBe(0);
    expect(parse(stdout)).toMatchObject({ version: 1, directors: { hosts: ["director"] } });
    expect(stderr).toMatch(
      /^IMP101 standard input:1:1 warning: unknown operating system of the hosts: the placeholder is debian-12$/m,
    );
    expect(stderr).toMatch(/ +2 \| -a -t 10\.0\.0\.100:80 -r 10\.0\.0\.11:80 -g -w 1\n +\| \^\n {2}hint: /);
    expect(stderr).toMatch(/standard input: imported: 1 service, 1 server, 2 hosts; 6 warnings$/m);
  });

  test.each(["json", "yaml"])("--to %s validates, and goes through plan", (to) => {
    const file = join(temporaryFolder(), `topology.${to}`);
    const { status, stdout } = lvsgen(["import", office, "--to", to]);
    expect(status).toBe(0);
    writeFileSync(file, stdout);
    expect(lvsgen(["validate", file]).status).toBe(0);
    expect(lvsgen(["plan", file]).stdout).toContain("192.0.2.80");
  });

  test("placeholders are in comments, where they are; what has no place is at the beginning", () => {
    const { stdout } = lvsgen(["import", "-"], { input: `${table}-X\n` });
    expect(stdout).toMatch(/^# standard input:3: unknown option "-X" of ipvsadm\.$/m);
    expect(stdout).toMatch(
      /^ {2}# unknown operating system of the hosts: the placeholder is debian-12\.\n {2}# To do: .*\n {2}os: debian-12$/m,
    );
    expect(stdout).toMatch(
      /^ {2}# unknown names and interfaces of the real servers: the placeholders are .*\n {2}# To do: .*\n {2}rs1:$/m,
    );
    expect(stdout).toMatch(/^ {4}realServers: \[ rs1 \]$/m);
  });

  test("--os, --name, --addresses and --timeouts say what the table does not", () => {
    const folder = temporaryFolder();
    const addresses = join(folder, "addresses.json");
    const timeouts = join(folder, "timeouts");
    writeFileSync(
      addresses,
      JSON.stringify([{ ifname: "ens3", addr_info: [{ local: "10.0.0.2", prefixlen: 16 }] }]),
    );
    writeFileSync(timeouts, "Timeout (tcp tcpfin udp): 600 60 30\n");
    const args = ["--addresses", addresses, "--timeouts", timeouts, "--os", "centos-7", "--name", "shop"];
    const { status, stdout, stderr } = lvsgen(["import", "-", ...args], { input: table });
    expect(status).toBe(0);
    expect(parse(stdout)).toMatchObject({
      name: "shop",
      defaults: { os: "centos-7" },
      hosts: {
        director: { interfaces: { ens3: "10.0.0.2/16" } },
        rs1: { interfaces: { eth0: "10.0.0.11/16" } },
      },
      timeouts: { tcp: 600, tcpFin: 60, udp: 30 },
    });
    expect(stderr).not.toMatch(/operating system|near/);
  });

  test("--format json is one object with topology and diagnostics", () => {
    const { status, stdout } = lvsgen(["import", office, "--format", "json"]);
    expect(status).toBe(0);
    const { valid, topology, diagnostics, ...rest } = JSON.parse(stdout);
    expect(valid).toBe(true);
    expect(rest).toMatchObject({ services: { imported: 2, seen: 2 }, servers: { imported: 3, seen: 3 } });
    expect(topology.virtualServices).toHaveLength(2);
    expect(diagnostics).toContainEqual({
      code: "IMP102",
      severity: "warning",
      effect: "other",
      pointer: "",
      message:
        "vrrp_strict is left out: with it keepalived drops every packet to a VIP, so that nobody reaches a service",
      hint: "take it out of what runs today, too",
      file: office,
      line: 11,
      column: 5,
    });
  });

  test("the password of a configuration is in the topology and in no message", () => {
    const { stdout, stderr } = lvsgen(["import", office]);
    expect(stdout).toContain("0ff1ce-s");
    expect(stderr).not.toContain("0ff1ce");
    const mistyped = readFileSync(office, "utf8").replace("auth_pass ", "auth_passs ");
    const second = lvsgen(["import", "-"], { input: mistyped });
    expect(second.stderr).toMatch(/unknown keyword "auth_passs"/);
    expect(second.stderr).not.toContain("0ff1ce");
    expect(second.stdout).not.toContain("0ff1ce");
  });

  test("what breaks a rule is imported all the same, and exit status 1 says so", () => {
    const peers = "unicast_src_ip 10.0.0.1\nunicast_peer {\n10.0.0.2\n}";
    const vrrp = `vrrp_instance a {\ninterface eth0\nvirtual_router_id 5\n${peers}\nvirtual_ipaddress {\n10.0.0.100\n}\n}\n`;
    const own = `${vrrp}virtual_server 10.0.0.100 80 {\nlb_kind DR\nreal_server 10.0.0.2 80 {\n}\n}\n`;
    const { status, stdout, stderr } = lvsgen(["import", "-"], { input: own });
    expect(status).toBe(1);
    expect(parse(stdout)).toMatchObject({ version: 1 });
    const line = Number(/LVS123 topology:(\d+):/.exec(stderr)?.[1]);
    expect(stdout.split("\n")[line - 1]).toContain("director2");
  });

  test("what was left out is counted, and a refusal says why", () => {
    const half = lvsgen(["import", "-"], { input: `${table}-A -t 10.0.0.101:80 -s rr\n` });
    expect(half.stderr).toMatch(/imported: 1 of 2 services, 1 server, 2 hosts; 7 warnings$/m);
    const none = lvsgen(["import", "-"], { input: "-A -t web.example:80 -s rr\n" });
    expect(none.status).toBe(1);
    expect(none.stderr).toMatch(
      /^IMP001 standard input:1:1 no virtual service could be read: "web\.example/m,
    );
    expect(none.stderr).toMatch(/not imported.*$/m);
  });

  test("a text that cannot be read: exit status 1 and its line; a file that cannot: 2", () => {
    const broken = lvsgen(["import", "-"], { input: "virtual_server 10.0.0.1 80 {\n" });
    expect(broken.status).toBe(1);
    expect(broken.stdout).toBe("");
    expect(broken.stderr).toMatch(/^IMP001 standard input:1:1 virtual_server 10\.0\.0\.1 80 has no \}$/m);
    expect(lvsgen(["import", "/nowhere/keepalived.conf"]).status).toBe(2);
    expect(lvsgen(["import", "-"], { input: "\u0000" }).status).toBe(1);
    const json = lvsgen(["import", "-", "--format", "json"], { input: "virtual_server 10.0.0.1 80 {\n" });
    expect(JSON.parse(json.stdout)).toMatchObject({
      valid: false,
      topology: null,
      diagnostics: [{ code: "IMP001" }],
    });
  });

  test("its help fits 80 columns", () => {
    const { stdout } = lvsgen(["import", "--help"]);
    expect(Math.max(...stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
  });
});
