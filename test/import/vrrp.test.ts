/** What keepalived.conf says of VRRP, and what a topology has of it. */

import { describe, expect, test } from "vitest";
import { importConf, instance, pair, server, service } from "../helpers/import-conf.ts";

const web = service(server());
const unicast = (peers: string) => `unicast_src_ip 192.0.2.12\nunicast_peer {\n${peers}\n}`;
const backup = `state BACKUP\npriority 90`;

describe("the order of directors", () => {
  test.each([
    ["a backup comes after its peer", backup, "192.0.2.11", ["director2", "director"], /state BACKUP/],
    [
      "and after all of them",
      backup,
      "192.0.2.11\n192.0.2.13",
      ["director2", "director3", "director"],
      / and order /,
    ],
    [
      "a master comes first",
      "state MASTER\npriority 90",
      "192.0.2.11",
      ["director", "director2"],
      /state MASTER/,
    ],
    [
      "nobody takes over: unknown",
      `${backup}\nnopreempt`,
      "192.0.2.11",
      ["director", "director2"],
      / and order /,
    ],
    ["no state: unknown", "priority 90", "192.0.2.11", ["director", "director2"], / and order /],
  ])("%s", (_, own, peers, hosts, note) => {
    const { topology, told, errors } = importConf(pair(`${own}\n${unicast(peers)}`) + web);
    expect(topology?.directors.hosts).toEqual(hosts);
    expect(topology?.hosts.director?.interfaces.eth0).toBe("192.0.2.12/24");
    expect(told).toMatch(note);
    expect(told).toMatch(/IMP104 \d+ other: priority 90 becomes the place in the order/);
    expect(errors).toEqual([]);
  });
});

test("what state MASTER clears is cleared in the topology, too", () => {
  const { topology, told } = importConf(pair("state MASTER\nnopreempt\npreempt_delay 5") + web);
  expect(topology?.directors.vrrp?.preempt).toBe(true);
  expect(told).toMatch(/traffic: nopreempt has no effect with state MASTER/);
  expect(told).toMatch(/other: preempt_delay 5 has no effect with state MASTER/);
});

describe("adverts on another link", () => {
  test("keep their interface and their real addresses", () => {
    const { topology, errors } = importConf(
      instance(
        "interface eth1\nvirtual_router_id 61\nunicast_src_ip 198.51.100.11\nunicast_peer {\n198.51.100.12\n}\nvirtual_ipaddress {\n192.0.2.10/24 dev eth0\n}",
      ) + web,
    );
    expect(topology?.directors.vrrp?.interface).toBe("eth1");
    expect(topology?.hosts.director?.interfaces.eth1).toBe("198.51.100.11/24");
    expect(topology?.hosts.director2?.interfaces.eth1).toBe("198.51.100.12/24");
    expect(errors).toEqual([]);
  });

  test("which differ between instances are noted", () => {
    const other = instance("interface eth1\nvirtual_router_id 62\nvirtual_ipaddress {\n10.0.0.1\n}", "VI_2");
    const first = instance(
      "interface eth2\nvirtual_router_id 61\nvirtual_ipaddress {\n192.0.2.10 dev eth0\n}",
    );
    expect(importConf(first + other + web).told).toMatch(
      /IMP104 1 traffic: VI_1's adverts go over eth2; lvsgen's go over eth0/,
    );
  });

  test("of IPv6 have an address of that family", () => {
    const vrrp = instance(
      "interface eth1\nvirtual_router_id 61\nvirtual_ipaddress {\n2001:db8::10/64 dev eth0\n}",
    );
    const { topology, errors } = importConf(vrrp + service(server("", "2001:db8::21 80"), "2001:db8::10 80"));
    expect(topology?.directors.vrrp?.interface).toBe("eth1");
    expect(errors).toEqual([]);
  });
});

describe("made-up VRRP", () => {
  const elsewhere = instance("interface eth1\nvirtual_router_id 77\nvirtual_ipaddress {\n198.51.100.10\n}");
  test.each([
    ["no instance", web, 51],
    ["an instance without the VIP", elsewhere + web, 77],
  ])("%s: the note names its router id", (_, text, id) => {
    const { topology, notes, errors } = importConf(text);
    expect(topology?.directors.vrrp?.virtualRouterId).toBe(id);
    expect(notes).toContainEqual(
      expect.objectContaining({
        code: "IMP101",
        pointer: "/directors/vrrp/virtualRouterId",
        message: `who carries 192.0.2.10 is unknown: VRRP with router id ${id} is the placeholder`,
      }),
    );
    expect(errors).toEqual([]);
  });
});

describe("several instances", () => {
  const second = (more: string) =>
    instance(`interface eth1\nvirtual_router_id 62\n${more}\nvirtual_ipaddress {\n10.0.0.1/24\n}`, "VI_2");
  const group = (members: string) => `vrrp_sync_group G {\ngroup {\n${members}\n}\n}\n`;

  test.each([
    [
      "with other masters",
      second("state BACKUP\npriority 50"),
      /traffic: VI_2 and VI_1 differ in priority, state/,
    ],
    ["in no sync group", second("state MASTER"), /traffic: no vrrp_sync_group has both VI_2 and VI_1/],
  ])("%s", (_, text, note) => {
    expect(importConf(pair() + text + web).told).toMatch(note);
  });

  test("in one sync group move together, as in a topology", () => {
    const { told } = importConf(group("VI_1\nVI_2\nVI_3") + pair() + second("state MASTER") + web);
    expect(told).not.toMatch(/VI_2 and/);
    expect(told).toMatch(/IMP103 5 other: VI_3 in vrrp_sync_group G is no vrrp_instance/);
  });
});

describe("connection sync", () => {
  test.each([
    ["the instance's router id", "lvs_sync_daemon eth1 VI_1", 61, null],
    ["its own", "lvs_sync_daemon eth1 inst VI_1 id 7", 7, null],
    [
      "a placeholder for 0",
      "lvs_sync_daemon eth1 VI_1 id 0",
      1,
      /IMP101 2 placeholder: the id of the connection sync is 0/,
    ],
    [
      "a placeholder without an instance",
      "lvs_sync_daemon eth1",
      1,
      /IMP104 2 traffic: lvs_sync_daemon follows no vrrp_instance/,
    ],
  ])("has %s as its id", (_, line, id, note) => {
    const { topology, told, errors } = importConf(`global_defs {\n${line}\n}\n${pair()}${web}`);
    // 1 is the default of a topology.
    expect(topology?.directors.connectionSync?.syncId ?? 1).toBe(id);
    expect(told).toMatch(note ?? /./);
    expect(errors).toEqual([]);
  });
});

describe("interfaces of VIPs", () => {
  test.each(["dummy0", "tunl0", "lo"])("%s is not one that clients' packets come in by", (name) => {
    const { topology, told, errors } = importConf(pair("state MASTER", `192.0.2.10/32 dev ${name}`) + web);
    expect(Object.keys(topology?.hosts.director?.interfaces ?? {})).toEqual(["eth0"]);
    expect(told).toMatch(new RegExp(`traffic: 192.0.2.10 was on ${name}; lvsgen has it on eth0`));
    expect(errors).toEqual([]);
  });

  test("an address on two is on the first", () => {
    const { told, errors } = importConf(pair("state MASTER", "192.0.2.10\n192.0.2.10 dev eth1") + web);
    expect(told).toMatch(/IMP102 7 traffic: the address 192.0.2.10 is on eth0 already: eth1 is left out/);
    expect(errors).toEqual([]);
  });

  test("a prefix length is the network's, of servers and directors too", () => {
    const servers = `${server("", "10.0.3.21 80")}\n${server("", "10.0.1.22 80")}`;
    const { topology, told } = importConf(
      pair("state MASTER", "10.0.0.10/22") + service(servers, "10.0.0.10 80"),
    );
    expect(topology?.hosts.director?.interfaces.eth0).toBe("10.0.3.250/22");
    expect(topology?.hosts.rs2?.interfaces.eth0).toBe("10.0.1.22/22");
    expect(topology?.virtualServices[0]?.interface).toBeUndefined();
    expect(told).toMatch(/the VIP 10.0.0.10\/22 becomes 10.0.0.10\/32/);
  });
});
