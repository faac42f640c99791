/** Texts that are no configuration: the reason is at its line. Keywords that are not where keepalived knows them. */

import { describe, expect, test } from "vitest";
import { templateIn } from "../../src/import/templates.ts";
import { importConf, pair, server, service } from "../helpers/import-conf.ts";

describe("a brace that is missing is named at its statement", () => {
  const vrrp = "vrrp_instance VI_1 {\n  interface eth0\n  virtual_ipaddress {\n    192.0.2.10\n  }\n}\n";
  const web =
    "virtual_server 192.0.2.10 80 {\n  real_server 192.0.2.21 80 {\n    TCP_CHECK {\n    }\n  }\n}\n";
  const more = web.replace("80 {", "443 {");

  test.each([
    ["of a service", vrrp + web.replace("10 80 {", "10 80"), 7, "virtual_server 192.0.2.10 80 has no {"],
    ["of a server", vrrp + web.replace("21 80 {", "21 80") + more, 8, "real_server 192.0.2.21 80 has no {"],
    [
      "of an instance's part",
      vrrp.replace("ipaddress {", "ipaddress") + web,
      3,
      "virtual_ipaddress has no {",
    ],
    ["an end of an instance", `${vrrp.slice(0, -2)}${web}`, 1, "vrrp_instance VI_1 has no }"],
    ["an end of a check", vrrp + web.replace("    }\n", "") + more, 9, "TCP_CHECK has no }"],
    [
      "an end of a server",
      vrrp + web.replace("\n  }\n", "\n") + more,
      8,
      "real_server 192.0.2.21 80 has no }",
    ],
    ["an end of a service", vrrp + web.slice(0, -2) + more, 7, "virtual_server 192.0.2.10 80 has no }"],
  ])("%s", (_, text, line, message) => {
    expect(importConf(text).told.split("\n")).toEqual([`IMP001 ${line} traffic: ${message}`]);
  });

  test("one too many is named where it ends a block", () => {
    const { told } = importConf(vrrp + web.replace("  real_server", "}\n  real_server"));
    expect(told).toBe(
      "IMP001 8 traffic: this } ends virtual_server 192.0.2.10 80, and real_server 192.0.2.21 80 in line 9 is outside",
    );
  });
});

describe("a template is named before any brace of it is", () => {
  test.each([
    ["an ERB template", "real_server <%= s %> 80 {\n<% end -%>"],
    ["a Jinja2 template", "state {{ role }}\n{% for host in hosts %}"],
    ["a Jinja2 template", "priority {{ 100 if master else 90 }}"],
    ["a Go template", "{{ range .Servers }}\n{{ end }}"],
    ["a Go template", 'virtual_ipaddress {\n{{ getv "/vip" }}\n}'],
    ["a Handlebars or Mustache template", "{{#each servers}}\n{{this}}\n{{/each}}"],
    ["a Terraform template", "%{ for s in servers }\nreal_server $s 80\n%{ endfor }"],
  ])("%s: %s", (name, line) => {
    const { notes } = importConf(`global_defs {\n}\n${line}\n${service(server())}`);
    expect(notes).toHaveLength(1);
    expect(notes[0]).toMatchObject({ code: "IMP001", hint: expect.stringMatching(/^render it first/) });
    expect(notes[0]?.message).toContain(`the text is ${name} (`);
  });

  test("in an included file, at its place", () => {
    const included = { name: "more.conf", text: "# {{ managed }}\nvirtual_server {{ vip }} 80 {\n}\n" };
    const { notes } = importConf("include more.conf\n", { readInclude: () => [included] });
    expect(notes[0]?.place).toMatchObject({ source: { name: "more.conf" }, line: 2, column: 16 });
  });

  test.each([
    "# {{ ansible_managed }}",
    "real_server 192.0.2.21 80 { # {% x %}",
    "url { path /a%3Cb }",
    "a=${X%%b}",
  ])("%s is no sign of one", (text) => expect(templateIn({ name: "-", text })).toBeNull());
});

test("a parameter that nobody defines is the reason, not what it leads to", () => {
  const { told } = importConf(service(server(), "${VIP} 80"));
  expect(told).toMatch(/^IMP001 1 traffic: no virtual service could be read: unknown parameter \$VIP/);
});

describe("a keyword", () => {
  test.each([
    [
      "misspelt",
      service(`lb_algoo rr\n${server()}`),
      'unknown keyword "lb_algoo"',
      'did you mean "lb_algo"?',
    ],
    [
      "of an instance in a service",
      service(`virtual_router_id 51\n${server()}`),
      "virtual_router_id belongs in vrrp_instance, not in virtual_server",
      "move it, or remove it",
    ],
    [
      "of a service outside",
      `${service(server())}lb_algo rr\n`,
      "lb_algo belongs in virtual_server, not in the file itself",
      "move it, or remove it",
    ],
    [
      "of another check",
      service(server("TCP_CHECK {\nhelo_name a.example\n}")),
      "helo_name belongs in another check, not in this one",
      "move it, or remove it",
    ],
  ])("%s", (_, text, message, hint) => {
    const { notes, topology } = importConf(pair() + text);
    expect(topology).not.toBeNull();
    const note = notes.find((each) => each.message.startsWith(message));
    expect(note).toMatchObject({ code: "IMP103", effect: "traffic", hint });
  });

  test("that holds servers says how many are lost", () => {
    const lost = `virtual_srever 192.0.2.11 80 {\n${server()}\n${server("", "192.0.2.22 80")}\n}\n`;
    expect(importConf(service(server()) + lost).servers).toEqual({ imported: 1, seen: 3 });
  });
});

describe("what is given again is used as keepalived does", () => {
  test.each([
    [
      "a setting: the last",
      pair("priority 90\npriority 110") + service(`lb_algo wlc\n${server("weight 2\nweight 5")}`),
      [/IMP104 5 other: priority is given again: .* last/, /lb_algo is given again/, /weight is given again/],
    ],
    [
      "an instance: the first",
      pair() + pair("state BACKUP") + service(server()),
      [/IMP102 9 traffic: vrrp_instance VI_1 is given again: .* first/],
    ],
    [
      "a server: the first",
      pair() + service(`${server("weight 5")}\n${server("weight 7")}`),
      [/traffic: the real server 192.0.2.21 is given again: .* line 13/],
    ],
    [
      "the daemon of connection sync: the first",
      `global_defs {\nlvs_sync_daemon eth0 VI_1\nlvs_sync_daemon eth1 VI_1\n}\n${pair()}${service(server("weight 5"))}`,
      [/lvs_sync_daemon is given again: .* first/],
    ],
  ])("%s", (_, text, expected) => {
    const { told, topology, errors } = importConf(text);
    for (const note of expected) expect(told).toMatch(note);
    expect(topology?.directors.connectionSync?.interface ?? "eth0").toBe("eth0");
    expect(topology?.virtualServices[0]?.realServers[0]?.weight ?? 5).toBe(text.includes("weight") ? 5 : 1);
    expect(errors).toEqual([]);
  });

  test("a service: one has the servers of both", () => {
    const both =
      service(server()) + service(`${server("", "192.0.2.22 80")}\n${server()}`).replace("rr", "sh");
    const { topology, told, errors } = importConf(pair() + both);
    expect(topology?.virtualServices).toMatchObject([{ scheduler: "rr", realServers: [{}, {}] }]);
    expect(told).toMatch(/traffic: 192.0.2.10 80 \(tcp\) is given again: IPVS has one service for both/);
    expect(errors).toEqual([]);
  });
});
