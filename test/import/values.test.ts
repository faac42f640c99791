/** Values that a topology cannot have: it validates without them, and a note says so. */

import { describe, expect, test } from "vitest";
import { importConf, page, pair, server, service } from "../helpers/import-conf.ts";

const unicast = "unicast_src_ip 192.0.2.12\nunicast_peer {\n192.0.2.11\n}";

/** The topology that comes of it validates, and has the note. */
test.each([
  [
    "a netmask's placeholder",
    service(`persistence_granularity <NETMASK>\n${server()}`),
    /IMP103 13 traffic: .*not a netmask/,
  ],
  [
    "a netmask of the other family",
    service(`persistence_timeout 60\npersistence_granularity 64\n${server()}`),
    /not a netmask/,
  ],
  [
    "another scheduler's flag",
    service(`lb_algo mh\nsh-fallback\n${server()}`),
    /IMP103 \d+ traffic: sh-fallback has no meaning for mh/,
  ],
  ["a flag without a scheduler", service(`flag-1\n${server()}`), /the flag has no meaning for rr/],
  [
    "one-packet scheduling of tcp",
    service(`ops\n${server()}`),
    /ops is for UDP alone: keepalived ignores it/,
  ],
  [
    "sip of tcp",
    service(`persistence_engine sip\n${server()}`),
    /the persistence engine sip is for UDP alone/,
  ],
  [
    "a quorum above all weights",
    service(`quorum 7\n${server()}`),
    /quorum 7 is more than .* reduces it to 1/,
  ],
  [
    "thresholds the wrong way round",
    service(server("uthreshold 5\nlthreshold 9")),
    /the lower threshold 9 is above/,
  ],
  ["a weight that is too large", service(server("weight 70000")), /weight 70000 becomes 65535/],
  ["a name for a port", service(server("", "192.0.2.21 web")), /real_server 192.0.2.21 web: not a port/],
  [
    "all ports without persistence",
    service(server("", "192.0.2.21"), "192.0.2.10"),
    /for all ports: keepalived makes it persistent/,
  ],
  [
    "DPVS's method",
    service(server(), "192.0.2.10 80", "FNAT"),
    /traffic: lb_kind FNAT: .*only DPVS does; nat is the placeholder/,
  ],
  [
    "a method in small letters",
    service(server(), "192.0.2.10 80", "dr"),
    /traffic: lb_kind dr: keepalived knows DR in capitals only/,
  ],
  [
    "a server of the other family",
    service(`${server()}\n${server("", "2001:db8::21 80")}`),
    /2001:db8::21 is of another family/,
  ],
  [
    "a server by name",
    service(`${server()}\n${server("", "www.example.com 80")}`),
    /"www.example.com" is not an IP address/,
  ],
  [
    "a server that is a VIP",
    service(`${server()}\n${server("", "192.0.2.10 80")}`),
    /192.0.2.10 is left out: it is a VIP/,
  ],
  [
    "two ports of one dr server",
    service(`${server()}\n${server("", "192.0.2.21 8080")}`),
    /given again with another port/,
  ],
  [
    "a sorry server of its own",
    service(`sorry_server 192.0.2.21 80\n${server("TCP_CHECK {\n}")}`),
    /no sorry server: 192.0.2.21 is a real server/,
  ],
  [
    "a sorry server elsewhere",
    service(`sorry_server 10.9.9.9 80\n${server()}`, "192.0.2.10 80", "NAT"),
    /near 10.9.9.9: the placeholder/,
  ],
  [
    "a port of a script's check",
    service(server("MISC_CHECK {\nmisc_path /bin/true\nconnect_port 80\n}")),
    /connect_port 80 has no effect/,
  ],
  ["a VIP at the end of a /24", service(server("", "192.0.1.21 80"), "192.0.1.255 80"), /placeholder/],
  [
    "the director itself",
    service(server("", "127.0.0.1 80")),
    /traffic: 127.0.0.1 becomes the director director/,
  ],
  [
    "no protocol",
    service(server()).replace("protocol TCP\n", ""),
    /traffic: no protocol is given: keepalived uses udp then; the topology has tcp/,
  ],
  [
    "names that are too long",
    `virtual_server_group ${"a-long-name-".repeat(4)} {\n192.0.2.10 80\n192.0.2.10 443\n192.0.2.10 8080\n}\n${service(server(), `group ${"a-long-name-".repeat(4)}`)}`,
    /placeholder/,
  ],
])("%s", (_, text, note) => {
  const { topology, told, errors } = importConf(pair() + text);
  expect(topology).not.toBeNull();
  expect(errors).toEqual([]);
  expect(told).toMatch(note);
});

test.each([
  [
    "an interface's placeholder",
    pair().replace("eth0", "<IFACE>"),
    /"<IFACE>" is not the name of an interface/,
  ],
  ["an interface's label", pair().replace("eth0", "eth0:1"), /eth0:1 becomes eth0/],
  [
    "no router id",
    pair().replace("virtual_router_id 61\n", ""),
    /VI_1 has no virtual_router_id: 51 is the placeholder/,
  ],
  [
    "a link-local VIP of IPv6",
    pair("state MASTER", "fe80::10/64\n192.0.2.10"),
    /fe80::10 cannot be an address of directors/,
  ],
  [
    "a mail server that is none",
    `global_defs {\nnotification_email {\na@b.example\n}\nsmtp_server <MAIL>\n}\n${pair()}`,
    /"<MAIL>" is not a mail server/,
  ],
  [
    "a timeout out of range",
    `global_defs {\nlvs_timeouts tcp 99999999\n}\n${pair()}`,
    /tcp 99999999: not a timeout/,
  ],
])("%s", (_, vrrp, note) => {
  const { topology, told, errors } = importConf(vrrp + service(server()));
  expect(topology).not.toBeNull();
  expect(errors).toEqual([]);
  expect(told).toMatch(note);
});

describe("with several directors", () => {
  test("each itself is no server, and what is left is counted", () => {
    const inside = `sorry_server 127.0.0.1 80\n${server()}\n${server("", "127.0.0.1 80")}`;
    const { topology, told, servers, errors } = importConf(pair(unicast) + service(inside));
    expect(topology?.virtualServices[0]?.sorryServer).toBeUndefined();
    expect(servers).toEqual({ imported: 1, seen: 2 });
    expect(told).toMatch(/no sorry server: 127.0.0.1 is left out/);
    expect(errors).toEqual([]);
  });

  test("nothing is left: the reason is the server", () => {
    const { topology, told } = importConf(pair(unicast) + service(server("", "127.0.0.1 80")));
    expect(topology).toBeNull();
    expect(told).toMatch(
      /^IMP001 16 traffic: a topology can have none of the services: 127.0.0.1 is left out/,
    );
  });
});

describe("what is silent elsewhere has a note", () => {
  test.each([
    ["vrrp_version 3", `global_defs {\nvrrp_version 3\n}\n${pair()}`],
    ["version 3", pair("version 3")],
    ["priority 90", pair("priority 90")],
    ["garp_master_delay 10", pair("garp_master_delay 10")],
    ["label eth0:vip", pair("state MASTER", "192.0.2.10/32 label eth0:vip")],
    ["brd 192.0.2.255", pair("state MASTER", "192.0.2.10/32 brd 192.0.2.255")],
    ["script_user nobody", `global_defs {\nscript_user nobody\n}\n${pair()}`],
    ["smtp_server 192.0.2.25", `global_defs {\nsmtp_server 192.0.2.25\n}\n${pair()}`],
  ])("%s", (what, vrrp) => {
    const { told } = importConf(vrrp + service(server()));
    expect(told).toMatch(new RegExp(`other: .*${what}`));
  });

  test.each([
    ["ip_family inet", `ip_family inet\n${server()}`],
    ["alpha off", `alpha off\n${server("TCP_CHECK {\n}")}`],
    ["warmup 10", server("TCP_CHECK {\nwarmup 10\n}")],
    ["enable_sni off", server(page("path /").replace("HTTP", "SSL").replace("url", "enable_sni off\nurl"))],
  ])("%s", (what, inside) => {
    expect(importConf(pair() + service(inside)).told).toMatch(new RegExp(`other: .*${what}`));
  });

  test("a password is in no note", () => {
    const login = page("path /\nusername u\npassword hunter2hunter2");
    const vrrp = pair("authentication {\nauth_type PASS\nauth_pass hunter2long\nauth_pass hunter2longer\n}");
    expect(importConf(vrrp + service(server(login))).told).not.toContain("hunter2");
  });
});
