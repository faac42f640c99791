/** ldirectord.cf: each setting becomes something of the topology, or a note. */

import { describe, expect, test } from "vitest";
import { imported } from "../helpers/imported.ts";

const file = (settings: string, globals = "", real = "real=192.0.2.21:80 gate") =>
  `${globals}\nvirtual=192.0.2.10:80\n\t${real}\n${settings.replaceAll(/^/gm, "\t")}\n`;

test("a whole file", () => {
  const { topology, services, told, errors } = imported([
    `# Global Directives
checktimeout = 3
negotiatetimeout=7
checkinterval=5
failurecount=3
fallback=192.0.2.30 gate
emailalert="ops@example.net, root@example.net"
emailalertfrom = "LVS" <lvs@example.net>
smtp=192.0.2.25
quiescent=no

virtual=192.0.2.10:80
        real=192.0.2.21->192.0.2.23:80 gate 2
        real=192.0.2.24:80 gate
        service=http
        request="index.html"
        virtualhost="www.example.net"
        scheduler=wlc
        persistent=600
        netmask=255.255.255.0
        protocol=tcp
        checktype=negotiate

virtual=192.0.2.10:53
        real=192.0.2.21:53 gate
        service=dns
        request="www.example.net"

virtual6=[2001:db8::10]:25
        real6=[2001:db8::21]:25 gate 1
        checktype=connect

virtual=3
        real=192.0.2.21 masq 4
        checktype=on
        protocol=fwm
`,
  ]);
  expect(services).toEqual([
    "192.0.2.10:80 tcp wlc dr -> 192.0.2.21*2, 192.0.2.22*2, 192.0.2.23*2, 192.0.2.24*1",
    "192.0.2.10:53 udp wrr dr -> 192.0.2.21*1",
    "2001:db8::10:25 tcp wrr dr -> 2001:db8::21*1",
    "mark 3 tcp wrr nat -> 192.0.2.21*4",
  ]);
  expect(topology?.virtualServices[0]).toMatchObject({
    healthCheck: {
      type: "http",
      path: "/index.html",
      virtualHost: "www.example.net",
      interval: 5,
      timeout: 7,
      retries: 2,
    },
    persistence: { timeout: 600, netmask: "255.255.255.0" },
    sorryServer: { host: "rs5" },
  });
  expect(topology?.virtualServices[1]?.healthCheck).toMatchObject({
    type: "dns",
    name: "www.example.net",
    recordType: "A",
  });
  expect(topology?.virtualServices[2]?.healthCheck).toEqual({
    type: "tcp",
    interval: 5,
    timeout: 3,
    retries: 2,
  });
  expect(topology?.directors).toMatchObject({
    engine: "keepalived",
    notification: {
      emails: ["ops@example.net", "root@example.net"],
      from: "lvs@example.net",
      smtpServer: "192.0.2.25",
    },
  });
  expect(errors).toEqual([]);
  expect(told).toEqual([]);
});

describe("checks, with ldirectord's defaults", () => {
  test.each<[string, object | undefined, string[]]>([
    ["", { type: "http", path: "/", interval: 10, timeout: 30, retries: 0 }, []],
    ["checktype=connect", { type: "tcp", interval: 10, timeout: 5, retries: 0 }, []],
    ["checktype=ping", { type: "ping", interval: 10, timeout: 5, retries: 0 }, []],
    ["checktype=connect\nprotocol=udp", { type: "ping", interval: 10, timeout: 5, retries: 0 }, []],
    ["checktype=on", undefined, []],
    ["checktype=off", undefined, ["checktype = off"]],
    ["checktype=4", { type: "http", path: "/", interval: 10, timeout: 30, retries: 0 }, ["checktype = 4"]],
    [
      'service=https\nrequest="/ok?a=1"\ncheckport=8443',
      { type: "https", path: "/ok?a=1", port: 8443, interval: 10, timeout: 30, retries: 0 },
      [],
    ],
    [
      'request="x y"',
      { type: "http", path: "/", interval: 10, timeout: 30, retries: 0 },
      ["cannot ask for this request"],
    ],
    [
      'receive="ok"\nhttpmethod=HEAD',
      { type: "http", path: "/", interval: 10, timeout: 30, retries: 0 },
      ["not compared with receive", "HEAD"],
    ],
    [
      'service=mysql\nlogin="u"\npasswd="hush"',
      { type: "tcp", interval: 10, timeout: 30, retries: 0 },
      ["speaks mysql", "login", "passwd"],
    ],
    ["service=smtp", { type: "smtp", interval: 10, timeout: 30, retries: 0 }, []],
    ["service=none", undefined, []],
    ['checktype=external\ncheckcommand="/x"', undefined, ["a program of its own"]],
    ["checktype=pong", undefined, ['unknown checktype "pong"']],
  ])("%j", (settings, check, notes) => {
    const { topology, told, errors } = imported([file(settings)]);
    expect(topology?.virtualServices[0]?.healthCheck).toEqual(check);
    expect(told).toHaveLength(notes.length);
    for (const note of notes) expect(told.join("\n")).toContain(note);
    expect(told.join("\n")).not.toContain("hush");
    expect(errors).toEqual([]);
  });
});

describe("what a topology does not have is named at its line", () => {
  test.each([
    [file("schedular=rr"), 'IMP103 file0:4 unknown keyword "schedular"'],
    [file("scheduler=xyz"), 'IMP104 file0:4 unknown scheduler "xyz"'],
    [file("quiescent=yes"), "IMP104 file0:4 ldirectord gives failed servers weight 0"],
    [file('monitorfile="/var/log/x"'), "IMP102 file0:4 monitorfile"],
    [file("", "maintenancedir=/etc/x"), "IMP102 file0:1 maintenancedir"],
    [file("", 'emailalert="a@example.net"'), "IMP102 file0:1 mail of ldirectord"],
    [file("real=web2:80 gate"), 'IMP103 file0:4 unreadable server "web2:80 gate"'],
    [file("real=192.0.2.22:80 tunnel"), 'IMP104 file0:4 unknown forwarding method "tunnel"'],
    [file("real=192.0.2.22:80 gate 99999"), "IMP104 file0:4 a weight of 99999"],
    [file("fallback=localhost:80"), 'IMP103 file0:4 unreadable fallback server "localhost:80"'],
    [file('real=192.0.2.22:80 gate 1 "other.html", "x"'), "IMP104 file0:4 192.0.2.22 has another check"],
    [
      `${file("")}virtual=lb.example.net:81\n\treal=192.0.2.21:81 gate\n`,
      'IMP103 file0:5 "lb.example.net:81" is not an address',
    ],
  ])("%s", (text, note) => {
    const { told, topology, errors } = imported([text]);
    expect(topology).not.toBeNull();
    expect(told).toEqual([expect.stringContaining(note)]);
    expect(errors).toEqual([]);
  });

  test("a misspelled keyword has the likely one", () => {
    const { notes } = imported([file("chektype=connect")]);
    expect(notes.find(({ message }) => message.includes("chektype"))?.hint).toBe('did you mean "checktype"?');
  });
});
