/** Listings of ipvsadm, and values of dumps that a topology does not take. */

import { describe, expect, test } from "vitest";
import { imported } from "../helpers/imported.ts";

const head = `IP Virtual Server version 1.2.1 (size=4096)
Prot LocalAddress:Port Scheduler Flags
  -> RemoteAddress:Port           Forward Weight ActiveConn InActConn
`;

describe("ipvsadm -Ln", () => {
  test("has all that -Sn has, but thresholds", () => {
    const { topology, services, told, errors } = imported([
      `[root@lb ~]# ipvsadm -Ln
${head}TCP  192.0.2.10:80 wlc persistent 300 mask 255.255.255.0
  -> 192.0.2.21:80                Route   1      12         345
  -> 192.0.2.22:80                Masq    0      0          0
UDP  192.0.2.10:53 rr ops
  -> 192.0.2.21:53                Route   1      0          0
TCP  [2001:db8::10]:443 mh (mh-fallback,mh-port)
  -> [2001:db8::21]:443           Route   3      0          0
SCTP 192.0.2.10:2905 wrr
  -> 192.0.2.22:2905              Route   1      0          0
FWM  7 wrr
  -> 192.0.2.23:0                 Route   5      0          0
`,
    ]);
    expect(services).toEqual([
      "192.0.2.10:80 tcp wlc dr -> 192.0.2.21*1, 192.0.2.22*0 nat",
      "192.0.2.10:53 udp rr dr -> 192.0.2.21*1",
      "2001:db8::10:443 tcp mh dr -> 2001:db8::21*3",
      "192.0.2.10:2905 sctp wrr dr -> 192.0.2.22*1",
      "mark 7 tcp wrr dr -> 192.0.2.23*5",
    ]);
    expect(topology?.virtualServices[0]?.persistence).toEqual({ timeout: 300, netmask: "255.255.255.0" });
    expect(topology?.virtualServices[1]?.onePacket).toBe(true);
    expect(topology?.virtualServices[2]?.schedulerFlags).toEqual(["mh-fallback", "mh-port"]);
    expect(told).toEqual([]);
    expect(errors).toEqual([]);
  });

  test("with names: the line is named, with what is lost", () => {
    const { services, told, counts } = imported([
      `${head}TCP  lb.example.com:http wlc
  -> web1.example.com:http        Route   1      0          0
TCP  192.0.2.10:https wlc
  -> 192.0.2.21:https             Route   1      0          0
`,
    ]);
    expect(services).toEqual(["192.0.2.10:443 tcp wlc dr -> 192.0.2.21*1"]);
    expect(told).toEqual([
      'IMP103 file0:4 "lb.example.com:http" is not an address with a port',
      'IMP103 file0:5 "lb.example.com:http" is not an address with a port',
    ]);
    expect(counts).toEqual({ imported: 1, seen: 2 });
  });

  test.each([
    [
      "--stats",
      "Prot LocalAddress:Port               Conns   InPkts  OutPkts  InBytes OutBytes\n  -> RemoteAddress:Port",
      "TCP  192.0.2.10:80                       3       36        0     2000        0\n  -> 192.0.2.21:80                       3       36        0     2000        0",
      ["schedulers and persistence", "forwarding methods", "weights"],
    ],
    [
      "--rate",
      "Prot LocalAddress:Port                 CPS    InPPS   OutPPS    InBPS   OutBPS\n  -> RemoteAddress:Port",
      "TCP  192.0.2.10:80                       0        0        0        0        0\n  -> 192.0.2.21:80                       0        0        0        0        0",
      ["schedulers and persistence", "forwarding methods", "weights"],
    ],
    [
      "--thresholds",
      "Prot LocalAddress:Port            Uthreshold Lthreshold ActiveConn InActConn\n  -> RemoteAddress:Port",
      "TCP  192.0.2.10:80 wlc\n  -> 192.0.2.21:80                100        50         0          0",
      ["forwarding methods", "weights"],
    ],
    [
      "--persistent-conn",
      "Prot LocalAddress:Port            Weight    PersistConn ActiveConn InActConn\n  -> RemoteAddress:Port",
      "TCP  192.0.2.10:80 wlc\n  -> 192.0.2.21:80                1         0           0          0",
      ["forwarding methods"],
    ],
  ])("%s: what it lacks is named", (_option, columns, rows, lacks) => {
    const text = `IP Virtual Server version 1.2.1 (size=4096)\n${columns}\n${rows}\n`;
    const { services, told, errors, topology } = imported([text]);
    expect(services).toEqual(["192.0.2.10:80 tcp wlc dr -> 192.0.2.21*1"]);
    expect(told.map((note) => /does not show (.+):/.exec(note)?.[1])).toEqual(lacks);
    expect(errors).toEqual([]);
    // Together with another listing of the same table nothing is lacking.
    const both = imported([`${head}TCP  192.0.2.10:80 wlc\n  -> 192.0.2.21:80  Tunnel  4  0  0\n${text}`]);
    expect(both.services).toEqual([
      `192.0.2.10:80 tcp wlc tun -> 192.0.2.21*${_option === "--persistent-conn" ? 1 : 4}`,
    ]);
    expect(topology?.virtualServices[0]?.realServers[0]).toMatchObject(
      _option === "--thresholds" ? { upperThreshold: 100, lowerThreshold: 50 } : {},
    );
  });
});

test("/etc/sysconfig/ipvsadm has comments", () => {
  const text =
    "# saved by hand\n-A -t 192.0.2.10:80 -s rr # web\n-a -t 192.0.2.10:80 -r 192.0.2.21:80 -g -w 1\n";
  expect(imported([text])).toMatchObject({ services: ["192.0.2.10:80 tcp rr dr -> 192.0.2.21*1"], told: [] });
});

describe("a value that no topology takes never makes one that is invalid", () => {
  test.each([
    ["-A -t 192.0.2.10:80 -s wlc2", 'unknown scheduler "wlc2"'],
    ["-A -t 192.0.2.10:80 -s rr -b sh-port", "the flag sh-port is for the scheduler sh"],
    ["-A -t 192.0.2.10:80 -s sh -b sh-nothing", 'unknown scheduler flag "sh-nothing"'],
    ["-A -t 192.0.2.10:80 -s rr -p 0", "a persistence timeout of 0 s"],
    ["-A -t 192.0.2.10:80 -s rr -p 9999999", "a persistence timeout of 9999999 s"],
    [
      "-A -t 192.0.2.10:80 -s rr -p 60 -M 255.0.255.0",
      'unreadable netmask of the persistence, "255.0.255.0"',
    ],
    ["-A -t 192.0.2.10:80 -s rr -p 60 --pe sip", "the persistence engine sip is for UDP alone"],
    ["-A -t 192.0.2.10:80 -s rr -o", "one-packet scheduling is for UDP alone"],
    ["-a -t 192.0.2.10:80 -r 192.0.2.22:80 -w 99999", "a weight of 99999 is not possible"],
    ["-a -t 192.0.2.10:80 -r 192.0.2.22:80 -w -1", '"-1" is not a weight'],
    ["-a -t 192.0.2.10:80 -r 192.0.2.22:80 -x 70000", 'the upper threshold "70000"'],
    ["-a -t 192.0.2.10:80 -r 192.0.2.22:80 -x 10 -y 20", "the lower threshold 20 is above the upper one, 10"],
    [
      "-a -t 192.0.2.10:80 -r 192.0.2.22:80 -y 20",
      "the lower threshold 20 has no effect without an upper one",
    ],
    ["-a -t 192.0.2.10:80 -r [2001:db8::22]:80 -g", "IPv4 and IPv6 together need tunnels"],
    ["-A -u 192.0.2.10:0 -s rr", "port 0 is all ports, which needs persistence"],
    ["-a -t 192.0.2.10:80 -r 192.0.2.22:80 -i --tun-type vxlan", 'unknown tunnel type "vxlan"'],
    ["-a -t 192.0.2.10:80 -r 192.0.2.22:80 -i --tun-type gue", "a gue tunnel without a port"],
    ["-a -t 192.0.2.10:99999 -r 192.0.2.22:80", '"192.0.2.10:99999" is not an address with a port'],
    ["-A -f 0 -s rr", '"0" is not a firewall mark'],
    ["--start-daemon master --mcast-interface lo", 'unknown interface "lo"'],
    ["--start-daemon master --mcast-interface eth+", 'unknown interface "eth+"'],
    [
      "--start-daemon master --mcast-interface eth1 --syncid 3 --mcast-group all",
      '"all" is not a multicast address',
    ],
    ["--set 1 2 99999999", "--set needs three numbers of seconds"],
  ])("%s", (line, message) => {
    const own = line.startsWith("-A -t");
    const text = `${own ? "" : "-A -t 192.0.2.10:80 -s rr\n"}${line}\n-a -t 192.0.2.10:80 -r 192.0.2.21:80 -g -w 1\n`;
    const { topology, told, errors } = imported([text]);
    expect(topology).not.toBeNull();
    expect(told).toEqual([expect.stringContaining(message)]);
    expect(errors).toEqual([]);
  });
});
