/** Rules about the synchronisation of connections between directors. */

import { pointerOf } from "../base/json-pointer.ts";
import { suggestion } from "../base/suggest.ts";
import { say } from "../languages/say.ts";
import { addressKind, familyOf } from "../topology/addresses.ts";
import { allServers } from "../topology/servers.ts";
import type { Rule } from "./rule.ts";

const place = pointerOf("directors", "connectionSync");

export const syncRules: readonly Rule[] = [
  {
    code: "LVS125",
    name: "connectionSync over an interface that a director lacks",
    severity: "error",
    explain: {
      what: `
        directors.connectionSync names an interface that a director does not have, or one without an IPv4 address for
        an IPv4 group.`,
      why: `
        The kernel's daemon sends from the interface's own address: "ipvsadm --start-daemon" fails on one that does not
        exist, or that has none of the group's family. No other director would know the connections of this one, and a
        failover would reset them.`,
      fix: `
        Choose the interface that the directors share.`,
      wrong: `
        directors:
          hosts: [pi1, pi3]
          engine: keepalived
          connectionSync: { interface: eht0 }
        virtualServices:
          - name: web
            realServers: [{ host: pi2 }]`,
      right: `
        directors: { hosts: [pi1] }`,
    },
    check: ({ cluster, intact }) => {
      const sync = cluster.directors.connectionSync;
      if (sync === null || !intact(place)) return [];
      const family = familyOf(sync.group ?? "224.0.0.81");
      return cluster.directors.hosts.flatMap((name) => {
        const director = cluster.hosts.get(name);
        if (director === undefined || !intact(pointerOf("hosts", name))) return [];
        const here = director.addresses.filter((address) => address.interface === sync.interface);
        // Every IPv6 interface has a link-local address.
        if (here.some((address) => family === 6 || address.family === 4)) return [];
        const names = [...new Set(director.addresses.map((address) => address.interface))];
        return {
          pointer: `${place}/interface`,
          message:
            here.length === 0
              ? say`unknown interface ${JSON.stringify(sync.interface)} on the director ${name}`
              : say`${sync.interface} of the director ${name} has no IPv4 address to send from`,
          hint: suggestion(sync.interface, names, say`it has`),
        };
      });
    },
  },
  {
    code: "LVS126",
    name: "connectionSync group that is not multicast",
    severity: "error",
    explain: {
      what: `
        The "group" of directors.connectionSync is not a multicast address.`,
      why: `
        The daemon sends to a group, and directors that listen join it. The kernel refuses any other address
        ("Invalid argument"), and no daemon runs.`,
      fix: `
        Remove "group" for 224.0.0.81, or choose one of 239.0.0.0/8 (ff05::/16 for IPv6), which are free for local use.`,
      wrong: `
        directors:
          hosts: [pi1, pi3]
          engine: keepalived
          connectionSync: { interface: eth0, group: 192.168.1.107 }
        virtualServices:
          - name: web
            realServers: [{ host: pi2 }]`,
      right: `
        directors:
          hosts: [pi1]`,
    },
    // ip_vs_genl_new_daemon: ipv4_is_multicast, IPV6_ADDR_MULTICAST, else -EINVAL (net/netfilter/ipvs/ip_vs_ctl.c).
    check: ({ cluster }) => {
      const group = cluster.directors.connectionSync?.group ?? null;
      if (group === null || addressKind(group) === "multicast") return [];
      return [
        {
          pointer: `${place}/group`,
          message: say`${group} is not a multicast address`,
          hint: say`remove "group" for 224.0.0.81, or choose one of 239.0.0.0/8`,
        },
      ];
    },
  },
  {
    code: "LVS127",
    name: "connectionSync with one director",
    severity: "warning",
    explain: {
      what: `
        The topology has directors.connectionSync and one director.`,
      why: `
        The director sends its connections to a group that nobody has joined: it costs packets and saves no connection.
        After a restart it does not get its own old ones back.`,
      fix: `
        Remove connectionSync. If a director that is not in the topology listens, keep it; as a warning this does not
        stop rendering.`,
      wrong: `
        directors: { hosts: [pi1], connectionSync: { interface: eth0 } }`,
      right: `
        directors: { hosts: [pi1] }`,
    },
    check: ({ cluster, topology, intact }) => {
      const { hosts } = topology.directors;
      if (cluster.directors.connectionSync === null || !intact("/directors/hosts")) return [];
      // LVS300's business.
      if (cluster.directors.announce !== null) return [];
      if (new Set(hosts).size > 1) return [];
      return [
        {
          pointer: place,
          message: say`connectionSync has no effect: there is one director`,
          hint: say`remove connectionSync, unless a director that is not in the topology listens`,
        },
      ];
    },
  },
  {
    code: "LVS128",
    name: "connectionSync with real servers of both address families",
    severity: "error",
    explain: {
      what: `
        The topology has directors.connectionSync, and a real server reached by tun has an address of another family
        than its VIP.`,
      why: `
        The messages of the daemon carry addresses of one family. The kernel refuses to start it where such a server is
        in its table, and refuses such a server where the daemon runs ("Invalid argument", both times).`,
      fix: `
        Reach the server at an address of the VIP's family, or remove connectionSync.`,
      wrong: `
        hosts:
          pi3: { interfaces: { eth0: "fd00::108/64" } }
        directors:
          hosts: [pi1, pi2]
          engine: keepalived
          connectionSync: { interface: eth0 }
        virtualServices:
          - name: web
            realServers:
              - { host: pi3, forwarding: tun, tunnel: { type: gre } }`,
      right: `
        hosts:
          pi3: { interfaces: { eth0: "fd00::108/64" } }
        directors: { hosts: [pi1] }
        virtualServices:
          - name: web
            realServers:
              - { host: pi3, forwarding: tun, tunnel: { type: gre } }`,
    },
    // mixed_address_family_dests and sync_state exclude each other (net/netfilter/ipvs/ip_vs_ctl.c, since v3.18).
    check: ({ cluster, intact }) => {
      if (cluster.directors.connectionSync === null) return [];
      return cluster.services.flatMap((service) =>
        allServers(service)
          .filter(({ address, forwarding, pointer }) => {
            return forwarding === "tun" && familyOf(address) !== service.family && intact(pointer);
          })
          .map(({ address, host, pointer }) => ({
            pointer: `${pointer}/${host === null ? "address" : "host"}`,
            message: say`connectionSync does not support the IPv${familyOf(address)} address of ${host ?? address} for an IPv${service.family} VIP`,
            hint: say`reach it at an address of the VIP's family, or remove connectionSync`,
          })),
      );
    },
  },
];
