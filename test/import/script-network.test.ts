/** Addresses, routes, firewall rules and sync daemons of scripts. */

import { describe, expect, test } from "vitest";
import { imported } from "../helpers/imported.ts";

const nat = "ipvsadm -A -t 198.51.100.10:80 -s wlc\nipvsadm -a -t 198.51.100.10:80 -r 10.0.0.21:80 -m\n";
const dr = "ipvsadm -A -t 192.0.2.10:80 -s rr\nipvsadm -a -t 192.0.2.10:80 -r 192.0.2.21 -g\n";

describe("a rule is the return path only if it meets IPVS's packets", () => {
  const wired = "ip addr add 198.51.100.10/24 dev eth0\nip addr add 10.0.0.1/24 dev eth1\n";

  test.each<[string, boolean]>([
    ["iptables -t nat -A POSTROUTING -s 10.0.0.0/24 -j MASQUERADE", false],
    ["iptables -t nat -A POSTROUTING -o eth0 -j MASQUERADE", false],
    ["iptables -t nat -A POSTROUTING -s 10.0.0.0/24 -o eth0 -j SNAT --to-source 198.51.100.10", false],
    ["iptables -t nat -A POSTROUTING ! -d 10.0.0.0/8 -j MASQUERADE", false],
    ["iptables -t nat -A POSTROUTING -d 10.9.0.0/24 -j MASQUERADE", false],
    ["nft add rule ip nat postrouting oifname eth0 masquerade", false],
    ["iptables -t nat -D POSTROUTING -d 10.0.0.0/24 -j MASQUERADE", false],
    ["iptables -t nat -A POSTROUTING -m ipvs --vaddr 198.51.100.10/32 --vport 80 -j MASQUERADE", true],
    ["iptables -t nat -A POSTROUTING -d 10.0.0.21 -p tcp --dport 80 -j SNAT --to-source 10.0.0.1", true],
    ["iptables -t nat -A POSTROUTING -d 10.0.0.0/255.255.255.0 -j MASQUERADE", true],
    ["iptables -t nat -A POSTROUTING -o eth1 -j MASQUERADE", true],
    ["iptables -t nat -A POSTROUTING ! -o eth0 -j MASQUERADE", true],
    ["nft 'add rule ip nat postrouting ip daddr 10.0.0.0/24 masquerade'", true],
  ])("%s", (rule, meets) => {
    const { topology, told, notes, errors } = imported([`#!/bin/sh\n${wired}${rule}\n${nat}`]);
    const path = topology?.virtualServices[0]?.nat?.returnPath;
    expect(path === "masquerade").toBe(meets);
    const isPlaceholder = notes.some(({ code, pointer }) => code === "IMP101" && pointer.endsWith("/nat"));
    expect(isPlaceholder).toBe(!meets);
    expect(told.filter((text) => / file0:4 (iptables|nft)/.test(text))).toHaveLength(1);
    expect(errors).toEqual([]);
  });
});

describe("what carries a VIP", () => {
  test.each([
    ["ifconfig tunl0 192.0.2.10 netmask 255.255.255.255 up", "tunl0"],
    ["ip addr add 192.0.2.10/32 dev dummy0", "dummy0"],
    ["ip a a 192.0.2.10 dev ip6tnl0", "ip6tnl0"],
  ])("%s is no network interface", (line, name) => {
    const { topology, told, errors } = imported([`#!/bin/sh\n${line}\n${dr}`]);
    expect(topology?.hosts.director?.interfaces).toEqual({ eth0: "192.0.2.250/24" });
    expect(told).toEqual([expect.stringContaining(`IMP104 file0:2 the VIP was on ${name}`)]);
    expect(told[0]).toContain("lvsgen has it on eth0");
    expect(errors).toEqual([]);
  });

  test("a prefix of its network is named, as lvsgen adds it alone", () => {
    for (const line of [
      "ip addr add 192.0.2.10/22 dev eth0",
      "ifconfig eth0:0 192.0.2.10 netmask 0xfffffc00",
    ])
      expect(imported([`#!/bin/sh\n${line}\n${dr}`]).told).toEqual([
        expect.stringContaining("IMP104 file0:2 the VIP 192.0.2.10/22 becomes 192.0.2.10/32"),
      ]);
  });

  test("an address on a real server's lo that is no VIP", () => {
    const server =
      "#!/bin/sh\nip addr add 192.0.2.10/32 dev lo\nip addr add 198.51.100.9/32 dev lo label lo:1\n";
    expect(imported([`#!/bin/sh\n${dr}`, server]).told).toEqual([
      "IMP103 file1:3 198.51.100.9 on lo is no VIP of the director's services",
    ]);
  });
});

describe("routes and gateways", () => {
  test.each<[string, object]>([
    ["route add default gw 192.0.2.1", { gateway: "192.0.2.1" }],
    ["route add -net 0.0.0.0 netmask 0.0.0.0 gw 192.0.2.1", { gateway: "192.0.2.1" }],
    ["ip -4 route replace default via 192.0.2.1 dev eth0", { gateway: "192.0.2.1" }],
    [
      "route add -net 203.0.113.0 netmask 255.255.255.0 gw 192.0.2.2",
      { routes: [{ to: "203.0.113.0/24", via: "192.0.2.2" }] },
    ],
    ["ip r a 203.0.113.9 via 192.0.2.2", { routes: [{ to: "203.0.113.9/32", via: "192.0.2.2" }] }],
    ["ip route add 203.0.113.0/24 via 10.7.7.1", { routes: [{ to: "203.0.113.0/24", via: "10.7.7.1" }] }],
  ])("%s", (line, expected) => {
    const { topology, told, errors } = imported([`#!/bin/sh\n${line}\n${dr}`]);
    expect(topology?.hosts.director).toMatchObject(expected);
    expect(told).toEqual([]);
    expect(errors).toEqual([]);
  });

  test.each([
    ["ip route add 203.0.113.0/24 via 192.0.2.2 table 7", "IMP102", "a topology's routes have no table"],
    ["ip route add 203.0.113.0/24 via $GW", "IMP103", "the value of $GW"],
    ["ip link add dummy0 type dummy", "IMP102", "lvsgen sets up what its own methods need"],
    [
      "ip route add default via 192.0.2.1\nip route add default via 192.0.2.9",
      "IMP102",
      "a second default gateway",
    ],
  ])("%s is named", (line, code, message) => {
    const { told } = imported([`#!/bin/sh\n${line}\n${dr}`]);
    expect(told).toEqual([expect.stringContaining(message)]);
    expect(told[0]).toContain(code);
  });

  test("a real server's is not the director's", () => {
    const { topology, told } = imported([
      `#!/bin/sh\n${dr}`,
      "#!/bin/sh\nip route add default via 192.0.2.9\n",
    ]);
    expect(topology?.hosts.director).not.toHaveProperty("gateway");
    expect(told).toEqual([expect.stringContaining("IMP102 file1:2 the route to all networks by 192.0.2.9")]);
  });
});

describe("sync daemons", () => {
  const daemon = "ipvsadm --start-daemon";
  test.each<[string, object, number]>([
    [
      `${daemon} master --mcast-interface eth1 --syncid 7\n${daemon}=backup --mcast-interface=eth1 --syncid 7`,
      { interface: "eth1", syncId: 7 },
      0,
    ],
    [
      `${daemon} master --mcast-interface eth1 --syncid 7\n${daemon} backup --mcast-interface eth1`,
      { interface: "eth1", syncId: 7 },
      1,
    ],
    [`${daemon} master --mcast-interface eth1`, { interface: "eth1", syncId: 1 }, 1],
    [`${daemon} master --mcast-interface eth1 --syncid 0`, { interface: "eth1", syncId: 1 }, 1],
    [
      `${daemon} master --mcast-interface eth1 --syncid 999 --mcast-port 8849`,
      { interface: "eth1", syncId: 1, port: 8849 },
      2,
    ],
  ])("%s", (lines, expected, notes) => {
    const { topology, told, errors } = imported([`#!/bin/sh\n${lines}\n${dr}`]);
    expect(topology?.directors.connectionSync).toEqual(expected);
    expect(told).toHaveLength(notes);
    expect(errors).toEqual([]);
  });
});
