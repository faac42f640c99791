/** Rules about directors.announce beside other settings: what has no effect there, and what it cannot announce. */

import { pointerOf } from "../base/json-pointer.ts";
import { unique } from "../base/unique.ts";
import { say } from "../languages/say.ts";
import type { Problem } from "../topology/diagnostics.ts";
import { Subnets } from "../topology/subnets.ts";
import { announcing } from "./announce-example.ts";
import type { Rule } from "./rule.ts";

/** What goes with one master, and with nothing else. */
const ofOneMaster = ["vrrp", "connectionSync", "asRealServer"] as const;

/** What a daemon of the site's own has in its own configuration. */
const ofBird = ["holdTime", "med", "communities"] as const;

export const announceRules: readonly Rule[] = [
  {
    code: "LVS300",
    name: "setting of one master, where all directors are active",
    severity: "error",
    explain: {
      what: `
        The topology has directors.announce, and also directors.vrrp, directors.connectionSync, or directors.asRealServer
        other than refuse.`,
      why: `
        With announce every director has every VIP, and routers choose among them. There are no adverts, no master, and
        nothing moves: an address of directors.vrrp would be on no host, and a track would decide nothing. Connections
        are not synchronised: all directors choose the same server for a connection, so that none has to know it
        beforehand. A director cannot be a real server of others, as its own table would schedule their packets again,
        to and fro.`,
      fix: `
        Remove the setting. An address that must move between the directors, such as a gateway, is a floating address
        with hosts of its own. If one director at a time is meant, remove announce.`,
      wrong: announcing({
        directors: "hosts: [pi1, pi4]\nengine: keepalived\nvrrp: { virtualRouterId: 52 }",
      }),
      right: announcing({}),
    },
    check: ({ topology: { directors }, intact }) => {
      if (directors.announce === undefined) return [];
      return ofOneMaster
        .filter((key) => directors[key] !== undefined && directors[key] !== "refuse")
        .filter((key) => intact(pointerOf("directors", key)))
        .map((key) => ({
          pointer: pointerOf("directors", key),
          message: say`${key} is for one master at a time, and with announce all directors are active`,
          hint: say`remove "${key}", or "announce"`,
        }));
    },
  },
  {
    code: "LVS301",
    name: "IPv6 with announce",
    severity: "error",
    explain: {
      what: `
        The topology has directors.announce, and a VIP or a BGP neighbor is IPv6.`,
      why: `
        lvsgen announces IPv4 addresses to IPv4 neighbors so far. An IPv6 VIP would be on every director and on none of
        the routers: no client would reach it.`,
      fix: `
        Use IPv4 addresses. Where a service needs IPv6, too, give it other directors, with VRRP.`,
      wrong: announcing({
        vip: '"2001:db8::10"',
        service:
          "scheduler: mh\nhealthCheck: { type: tcp }\nrealServers: [{ address: 2001:db8::20, forwarding: tun }]",
      }),
      right: announcing({
        service:
          "scheduler: mh\nhealthCheck: { type: tcp }\nrealServers: [{ address: 192.0.2.20, forwarding: tun }]",
      }),
    },
    check: ({ cluster: { directors, services } }) => {
      if (directors.announce === null) return [];
      const vips = services.map(({ vip, family, pointer }) => ({
        ip: vip,
        family,
        pointer: `${pointer}/vip`,
      }));
      const neighbors = directors.announce.neighbors.map(({ address, family, pointer }) => ({
        ip: address,
        family,
        pointer: `${pointer}/address`,
      }));
      return [...neighbors, ...vips]
        .filter(({ family }) => family === 6)
        .map(({ ip, pointer }) => ({
          pointer,
          message: say`${ip} is IPv6, and directors announce IPv4 addresses to IPv4 neighbors only`,
          hint: say`use an IPv4 address`,
        }));
    },
  },
  {
    code: "LVS302",
    name: "announced VIP in a network of hosts",
    severity: "warning",
    explain: {
      what: `
        A VIP that directors announce is in a subnet of a director, or of another host.`,
      why: `
        Hosts of that network take the VIP for a neighbour and ask for it by ARP. No director answers: each has the VIP
        on lo, and keeps silent, as all of them would answer at once. Clients and real servers in that network cannot
        reach the service. Others can, by the routers.`,
      fix: `
        Take the VIP from a network that no host is in. If no client is in that network, keep it; as a warning this does
        not stop rendering.`,
      wrong: announcing({ vip: "192.168.1.201" }),
      right: announcing({ vip: "203.0.113.10" }),
    },
    check: ({ cluster: { directors, services, hosts } }) => {
      if (directors.announce === null) return [];
      // A host of a directors' network is named by the director.
      const names = unique([...directors.hosts, ...hosts.keys()]);
      const subnets = new Subnets(
        names.flatMap((name) => (hosts.get(name)?.addresses ?? []).map((address) => ({ ...address, name }))),
      );
      return services.flatMap(({ vip, pointer }): Problem[] => {
        const near = subnets.near(vip);
        if (near === undefined) return [];
        return [
          {
            pointer: `${pointer}/vip`,
            message: say`hosts in the network of ${near.name} (${near.ip}/${near.prefix}) ask for ${vip} by ARP, and no director answers`,
            hint: say`take the VIP from a network that no host is in`,
          },
        ];
      });
    },
  },
  {
    code: "LVS303",
    name: "interface of an announced VIP",
    severity: "warning",
    explain: {
      what: `
        The topology has directors.announce, and a service names the "interface" of its VIP.`,
      why: `
        An announced VIP is on lo of every director: routers send its packets to the directors' own addresses, by
        whichever interface is the nearest. The setting has no effect.`,
      fix: `
        Remove "interface".`,
      wrong: announcing({ service: "scheduler: mh\nhealthCheck: { type: tcp }\ninterface: eth0" }),
      right: announcing({}),
    },
    check: ({ cluster, services }) =>
      cluster.directors.announce === null
        ? []
        : services.flatMap(({ value, pointer }) =>
            value.interface === undefined
              ? []
              : {
                  pointer: `${pointer}/interface`,
                  message: say`"interface" has no effect: directors that announce a VIP have it on lo`,
                  hint: say`remove "interface"`,
                },
          ),
  },
  {
    code: "LVS304",
    name: "BGP setting that another daemon has to have",
    severity: "warning",
    explain: {
      what: `
        directors.announce.daemon is none, and the topology has a hold time, a MED, communities, or the password of a
        neighbor.`,
      why: `
        With daemon none lvsgen writes no BGP configuration: these settings reach no file, and the session has what your
        own daemon's configuration says.`,
      fix: `
        Remove them here, and set them in your daemon. Or remove "daemon", if BIRD is to be lvsgen's.`,
      wrong: announcing({
        announce: "daemon: none",
        bgp: "med: 100\nneighbors: [{ address: 192.168.1.1, asn: 65000 }]",
      }),
      right: announcing({ announce: "daemon: none" }),
    },
    check: ({ topology, intact }) => {
      const { announce } = topology.directors;
      if (announce?.daemon !== "none" || !intact("/directors/announce/daemon")) return [];
      const { bgp } = announce;
      const place = pointerOf("directors", "announce", "bgp");
      const found = [
        ...ofBird
          .filter((key) => bgp?.[key] !== undefined)
          .map((key) => ({ key, pointer: place + pointerOf(key) })),
        ...(bgp?.neighbors ?? []).flatMap(({ password }, at) =>
          password === undefined ? [] : { key: "password", pointer: `${place}/neighbors/${at}/password` },
        ),
      ];
      return found.map(({ key, pointer }) => ({
        pointer,
        message: say`"${key}" has no effect: with daemon none lvsgen configures no BGP`,
        hint: say`set it in your own daemon, and remove it here`,
      }));
    },
  },
];
