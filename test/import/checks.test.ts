/** One check for a service, from the checks of its servers. */

import { describe, expect, test } from "vitest";
import { importConf, page, pair, server, service } from "../helpers/import-conf.ts";

const tcp = "TCP_CHECK {\n}";
const mark = (inside: string) => `virtual_server fwmark 3 {\nlb_algo rr\nlb_kind DR\n${inside}\n}\n`;
const healthy = "path /\nstatus_code 200";

describe("the port that keepalived asks is the topology's", () => {
  test.each([
    ["dr's own port, which IPVS ignores", service(server(tcp, "192.0.2.21 8080")), 8080],
    ["tun's, too", service(server(tcp, "192.0.2.21 8080"), "192.0.2.10 80", "TUN"), 8080],
    ["a mark's server's", mark(server(page(healthy))), 80],
    [
      "a persistent mark's",
      mark(`persistence_timeout 60\n${server(page(healthy), "192.0.2.21 8443")}`),
      8443,
    ],
    ["the service's needs none", service(server(tcp)), undefined],
    ["nat's server has it", service(server(tcp, "10.0.0.21 8080"), "192.0.2.10 80", "NAT"), undefined],
    ["one that is given", service(server("TCP_CHECK {\nconnect_port 81\n}", "192.0.2.21 8080")), 81],
    ["a mail server's", mark(server("SMTP_CHECK {\n}", "192.0.2.21")), 25],
  ])("%s", (_, text, port) => {
    const { topology, errors } = importConf(pair() + text);
    expect(topology?.virtualServices[0]?.healthCheck?.port).toBe(port);
    expect(errors).toEqual([]);
  });

  test("ports that differ are noted", () => {
    const servers = `${server(tcp, "192.0.2.21 8080")}\n${server(tcp, "192.0.2.22 8081")}`;
    const { topology, told } = importConf(pair() + service(servers));
    expect(topology?.virtualServices[0]?.healthCheck?.port).toBe(8080);
    expect(told).toMatch(
      /traffic: 192.0.2.22 is checked on its port 8081; in the topology all servers are on 8080/,
    );
  });
});

describe("a mark's ports are those of its servers and checks", () => {
  test.each([
    ["the server's", mark(server(tcp, "192.0.2.21 21")), [21]],
    ["the check's", mark(server("TCP_CHECK {\nconnect_port 389\n}", "192.0.2.21")), [389]],
    ["nobody's: the usual ones", mark(server("", "192.0.2.21")), [80, 443]],
  ])("%s", (_, text, ports) => {
    const { topology, told, errors } = importConf(text);
    expect(topology?.virtualServices[0]?.ports).toEqual(ports);
    expect(told).toContain(`the ports ${ports.join(", ")} are placeholders`);
    expect(errors).toEqual([]);
  });
});

describe("a server's check that the topology does not have", () => {
  const other = server(tcp, "192.0.2.22 80");
  test.each([
    [
      "none",
      `${server()}\n${other}`,
      /192.0.2.21 has no check; in the topology it gets the tcp check of 192.0.2.22/,
    ],
    [
      "another",
      `${server("PING_CHECK {\n}")}\n${other}`,
      /192.0.2.22 has another check than 192.0.2.21, .*type tcp/,
    ],
    ["several", server(`${tcp}\nPING_CHECK {\n}`), /one check for a service: the first of 2 is used/],
    [
      "of another address",
      server("TCP_CHECK {\nconnect_ip 192.0.2.99\n}"),
      /connect_ip 192.0.2.99: .* asks the server itself/,
    ],
    [
      "of another host",
      server("SMTP_CHECK {\nhost {\nconnect_ip 192.0.2.99\n}\n}"),
      /connect_ip 192.0.2.99: /,
    ],
    ["with a login", server(page("path /\nstatus_code 200\nusername u")), /does not support username/],
    [
      "of HTTP 1.1",
      server("HTTP_GET {\nhttp_protocol 1.1\nurl {\npath /\nstatus_code 200\n}\n}"),
      /http_protocol 1.1/,
    ],
    ["by any good status", server(page("path /")), /accepts any status from 200 to 299/],
  ])("%s: the note is about traffic", (_, servers, note) => {
    const { told, errors } = importConf(pair() + service(servers));
    expect(told.split("\n").filter((line) => note.test(line))).toEqual([expect.stringMatching(/ traffic: /)]);
    expect(errors).toEqual([]);
  });

  test.each([
    [
      "of a path that a topology cannot have",
      page("path /health;x=1"),
      /a check for another page would say something else/,
    ],
    ["of no page", "HTTP_GET {\n}", /names no page, and keepalived ignores it/],
  ])("%s is no check of /", (_, check, note) => {
    const { topology, told } = importConf(pair() + service(server(check)));
    expect(topology?.virtualServices[0]?.healthCheck).toBeUndefined();
    expect(told).toMatch(note);
  });
});

test.each(["a", "Mx", "AAAA"])("DNS_CHECK's type %s is read without case", (type) => {
  const { topology } = importConf(pair() + service(server(`DNS_CHECK {\ntype ${type}\n}`)));
  expect(topology?.virtualServices[0]?.healthCheck?.recordType).toBe(type.toUpperCase());
});

test.each([
  [
    "the service's interval without a check",
    `delay_loop 6\n${server()}`,
    /delay_loop 6 has no effect without a check/,
  ],
  [
    "a host without a page",
    `virtualhost a.example\n${server(tcp)}`,
    /virtualhost a.example has no effect without a check of a page/,
  ],
  [
    "what all checks say themselves",
    `delay_loop 6\n${server("TCP_CHECK {\ndelay_loop 3\n}")}`,
    /delay_loop 6 has no effect: what is checked/,
  ],
  ["a host in a tcp check", server("TCP_CHECK {\nvirtualhost a.example\n}"), /virtualhost belongs in url or/],
])("%s is noted", (_, inside, note) => {
  expect(importConf(pair() + service(inside)).told).toMatch(note);
});
