/** Rules about virtual services. */

import { listed } from "../base/counted.ts";
import { pointerOf } from "../base/json-pointer.ts";
import { suggestion } from "../base/suggest.ts";
import { say } from "../languages/say.ts";
import type { Problem } from "../topology/diagnostics.ts";
import type { Host, VirtualService } from "../topology/model.ts";
import type { PlacedService } from "./places.ts";
import type { Rule, RuleContext } from "./rule.ts";
import { countsNothing, turning } from "./uncounted.ts";

/** Seconds. */
const KERNEL_UDP_TIMEOUT = 300;

export const serviceRules: readonly Rule[] = [
  {
    code: "LVS130",
    name: "duplicate service name",
    severity: "error",
    explain: {
      what: `
        Two virtual services have the same name.`,
      why: `
        People and programs identify services by their names: in plans, in status, in comments of the scripts, in the
        lab's findings. With two services called "web" a message about "web" does not say which VIP is down.`,
      fix: `
        Rename one of them; names like web and web-tls are common for two ports of one VIP.`,
      wrong: `
        virtualServices:
          - { name: web, vip: 192.168.1.200, port: 80, realServers: [{ host: pi2 }] }
          - { name: web, vip: 192.168.1.201, port: 80, realServers: [{ host: pi3 }] }`,
      right: `
        virtualServices:
          - { name: web, vip: 192.168.1.200, port: 80, realServers: [{ host: pi2 }] }
          - { name: blog, vip: 192.168.1.201, port: 80, realServers: [{ host: pi3 }] }`,
    },
    check: ({ services }) => {
      const seen = new Map<string, string>();
      return services.flatMap(({ value: { name }, pointer }) => {
        const first = seen.get(name);
        if (first === undefined) {
          seen.set(name, pointer);
          return [];
        }
        return {
          pointer: `${pointer}/name`,
          message: say`duplicate virtual service ${JSON.stringify(name)} (${first})`,
          hint: say`rename one of them`,
        };
      });
    },
  },
  {
    code: "LVS131",
    name: "neither a port nor a firewall mark, or both",
    severity: "error",
    explain: {
      what: `
        The service has no port and no firewall mark, or both, or a mark without ports, or ports without a mark. Or it
        has port 0, which means every port, without persistence.`,
      why: `
        The kernel finds a service either by protocol, address and port, or by the mark that a firewall rule gave the
        packet. ipvsadm refuses port 0 without persistence ("Zero port specified for non-persistent service"): each
        connection of one client could go to another server, and protocols with several ports, such as FTP, would
        break.`,
      fix: `
        Set "port" for one port. For several ports that must go to the same server, set "fwmark" with "ports", or port 0
        with "persistence".`,
      wrong: `
        timeouts: { udp: 60 }
        virtualServices:
          - name: dns
            vip: 192.168.1.201
            protocol: udp
            realServers: [{ host: pi2 }]`,
      right: `
        timeouts: { udp: 60 }
        virtualServices:
          - name: dns
            vip: 192.168.1.201
            port: 53
            protocol: udp
            realServers: [{ host: pi2 }]`,
    },
    check: ({ services, intact }) => services.flatMap((service) => selector(service, intact) ?? []),
  },
  {
    code: "LVS137",
    name: "UDP clients that stay with a dead server",
    severity: "warning",
    explain: {
      what: `
        A UDP service has neither onePacket nor a UDP timeout below the kernel's 300 seconds.`,
      why: `
        UDP connections have no end: IPVS sends packets from one address and port to one server until none has come for
        the timeout. A resolver, a logger or a telephone sends from the same port all day. When its server dies or
        leaves the table for a while, its packets get no answer, and every one renews the timeout.`,
      fix: `
        Set onePacket with the scheduler rr or wrr if every packet is a request of its own (DNS), or a short
        timeouts.udp if packets of one client belong together.`,
      wrong: `
        virtualServices:
          - name: dns
            vip: 192.168.1.201
            port: 53
            protocol: udp
            realServers: [{ host: pi2 }, { host: pi3 }]`,
      right: `
        timeouts: { udp: 30 }
        virtualServices:
          - name: dns
            vip: 192.168.1.201
            port: 53
            protocol: udp
            realServers: [{ host: pi2 }, { host: pi3 }]`,
    },
    // IP_VS_UDP_S_NORMAL: 5 minutes (net/netfilter/ipvs/ip_vs_proto_udp.c); persistence is longer than either anyhow.
    check: ({ cluster, intact }) =>
      cluster.services.flatMap((service) => {
        const { name, protocol, onePacket, persistence, pointer } = service;
        const seconds = cluster.timeouts?.udp ?? KERNEL_UDP_TIMEOUT;
        const isStuck =
          protocol === "udp" && !onePacket && persistence === null && seconds >= KERNEL_UDP_TIMEOUT;
        const settings = [
          `${pointer}/protocol`,
          `${pointer}/onePacket`,
          `${pointer}/persistence`,
          "/timeouts/udp",
        ];
        if (!isStuck || !settings.every(intact)) return [];
        return {
          pointer: `${pointer}/protocol`,
          message: say`a client of ${name} that keeps its port stays with a dead server until it sends nothing for ${seconds} s`,
          hint: countsNothing(service)
            ? say`set "onePacket": true with "scheduler": ${turning(service)} if every packet is a request of its own, or a short timeouts.udp`
            : say`set "onePacket": true if every packet is a request of its own, or a short timeouts.udp`,
        };
      }),
  },
  {
    code: "LVS133",
    name: "unknown interface for a VIP",
    severity: "error",
    explain: {
      what: `
        A director has no interface for the VIP: either none of its subnets holds the VIP and the service names no
        interface, or it names one that the director does not have.`,
      why: `
        A VIP on the wrong interface answers no ARP request of the right network, and the ARP sysctls go to the wrong
        place. With an unknown name ("eht0") ip says "Cannot find device", and no host has the VIP. lvsgen's scripts
        then stop with exit status 6 before they change anything; scripts written by hand mostly go on and exit 0.`,
      fix: `
        Correct the VIP, the director's prefix length or the interface's name. For a VIP that is routed to the director
        from elsewhere, and so is in none of its subnets, set "interface" to the one that carries it.`,
      wrong: `
        virtualServices:
          - name: web
            vip: 10.0.0.1`,
      right: `
        virtualServices:
          - name: web
            vip: 10.0.0.1
            interface: eth0`,
    },
    check: (context) =>
      context.cluster.services.flatMap((service) =>
        context.cluster.directors.hosts.flatMap((name) => carrier(context, service, name) ?? []),
      ),
  },
  {
    code: "LVS134",
    name: "duplicate VIP, port and protocol",
    severity: "error",
    explain: {
      what: `
        Two services without a firewall mark have the same VIP, port and protocol.`,
      why: `
        The kernel's table has one entry for them. The second "ipvsadm -A" fails with "Service already exists", while
        the lines that add its real servers succeed: both services' servers end up in one list under the first one's
        scheduler, and ipvsadm -R still exits 0 if its last line succeeded.`,
      fix: `
        Give one of them another VIP or port, or make one service of both with all the real servers.`,
      wrong: `
        virtualServices:
          - { name: web, vip: 192.168.1.200, port: 80, realServers: [{ host: pi2 }] }
          - { name: blog, vip: 192.168.1.200, port: 80, realServers: [{ host: pi3 }] }`,
      right: `
        virtualServices:
          - { name: web, vip: 192.168.1.200, port: 80, realServers: [{ host: pi2 }] }
          - { name: blog, vip: 192.168.1.201, port: 80, realServers: [{ host: pi3 }] }`,
    },
    check: ({ cluster, topology }) => {
      const seen = new Map<string, VirtualService>();
      return cluster.services.flatMap((service) => {
        if (isMarked(topology.virtualServices, service)) return [];
        const key = `${service.protocol} ${service.vip} ${service.port}`;
        const first = seen.get(key);
        if (first === undefined) {
          seen.set(key, service);
          return [];
        }
        return {
          pointer: `${service.pointer}/vip`,
          message: say`duplicate VIP and port ${service.vip} port ${service.port} ${service.protocol}: ${first.name} has it already`,
          other: first.pointer,
          hint: say`give one of them another VIP or port, or make one service of both`,
        };
      });
    },
  },
  {
    code: "LVS135",
    name: "one VIP on two interfaces",
    severity: "error",
    explain: {
      what: `
        Two services share a VIP, and a director would carry it on one interface for the first and on another for the
        second.`,
      why: `
        An address belongs on one interface of a host. On two interfaces, the kernel would answer ARP for it on both,
        with two MAC addresses on two networks, and the routes of its subnet would point both ways; removing one copy
        would break the service that needs the other.`,
      fix: `
        Give both services the same "interface", or remove it from both, or use two VIPs.`,
      wrong: `
        hosts:
          pi1: { interfaces: { eth0: 192.168.1.114/24, eth1: 10.0.0.1/24 } }
        virtualServices:
          - name: web
            interface: eth0
          - name: tls
            vip: 192.168.1.200
            port: 443
            interface: eth1
            realServers: [{ host: pi2 }]`,
      right: `
        hosts:
          pi1: { interfaces: { eth0: 192.168.1.114/24, eth1: 10.0.0.1/24 } }
        virtualServices:
          - name: web
            interface: eth0
          - name: tls
            vip: 192.168.1.200
            port: 443
            interface: eth0
            realServers: [{ host: pi2 }]`,
    },
    check: ({ cluster }) => {
      const seen = new Map<string, { readonly service: VirtualService; readonly interface: string }>();
      return cluster.services.flatMap((service) =>
        [...service.interfaces].flatMap(([director, name]) => {
          const key = `${director} ${service.vip}`;
          const first = seen.get(key);
          if (first === undefined) seen.set(key, { service, interface: name });
          if (first === undefined || first.interface === name) return [];
          return {
            pointer: `${service.pointer}/vip`,
            message: say`${service.vip} is on ${first.interface} of ${director} for ${first.service.name}, and on ${name} for ${service.name}`,
            hint: say`give both services the same interface`,
          };
        }),
      );
    },
  },
  {
    code: "LVS136",
    name: "VIP on an interface without an address of its family",
    severity: "warning",
    explain: {
      what: `
        A service names the interface for its VIP, and on a director that interface has no address of the VIP's family,
        IPv4 or IPv6.`,
      why: `
        The director needs an address beside the VIP: it sends ARP requests for the real servers and the router from it,
        and status and probes too. If the VIP is the only address, the requests come from the VIP, and every neighbour
        learns that the VIP is here, even when another machine has taken it over. IPv6 may be disabled on such an
        interface, and then the VIP cannot be added.`,
      fix: `
        Add the interface's address of that family under the host, or name another interface. As a warning this does
        not stop rendering.`,
      wrong: `
        hosts:
          pi1: { interfaces: { eth0: 192.168.1.114/24, eth1: "fd00::1/64" } }
        virtualServices:
          - name: web
            interface: eth1`,
      right: `
        hosts:
          pi1: { interfaces: { eth0: 192.168.1.114/24, eth1: "fd00::1/64" } }
        virtualServices:
          - name: web
            interface: eth0`,
    },
    check: ({ cluster, intact }) =>
      cluster.services.flatMap((service) =>
        [...service.interfaces].flatMap(([name, carrier]) => {
          // Where directors announce a VIP, it is on lo: nothing is sent from there.
          if (cluster.directors.announce !== null) return [];
          const director = cluster.hosts.get(name);
          const own = director?.addresses.filter((address) => address.interface === carrier) ?? [];
          if (own.some(({ family }) => family === service.family) || !intact(pointerOf("hosts", name)))
            return [];
          return {
            pointer: `${service.pointer}/interface`,
            message: say`${carrier} of the director ${name} has no IPv${service.family} address beside the VIP ${service.vip}`,
            hint: say`add the interface's own address, or name another interface`,
          };
        }),
      ),
  },
];

function selector({ value, pointer }: PlacedService, intact: RuleContext["intact"]): Problem | null {
  const { port, fwmark, ports, persistence } = value;
  if (port === undefined && fwmark === undefined && intact(`${pointer}/fwmark`)) {
    return {
      pointer: `${pointer}/port`,
      message: say`the service ${value.name} has no port`,
      hint: say`add "port", for example 80, or "fwmark" with "ports"`,
    };
  }
  if (port !== undefined && fwmark !== undefined) {
    return {
      pointer: `${pointer}/fwmark`,
      message: say`the service ${value.name} has a port and a firewall mark`,
      hint: say`keep "port" for one port, or "fwmark" with "ports" for several`,
    };
  }
  if (fwmark === undefined && ports !== undefined && intact(`${pointer}/fwmark`)) {
    return {
      pointer: `${pointer}/ports`,
      message: say`"ports" needs a firewall mark, and the service has none`,
      hint: say`add "fwmark", or use "port"`,
    };
  }
  if (fwmark !== undefined && ports === undefined) {
    return {
      pointer: `${pointer}/ports`,
      message: say`the firewall mark ${fwmark} has no ports`,
      hint: say`add "ports", for example [80, 443]`,
    };
  }
  // ip_vs_add_service: "no port means all ports, for persistent services" (net/netfilter/ipvs/ip_vs_ctl.c).
  if (port === 0 && persistence === undefined && intact(`${pointer}/persistence`)) {
    return {
      pointer: `${pointer}/port`,
      message: say`port 0 (all ports) needs persistence`,
      hint: say`name the port, or add "persistence"`,
    };
  }
  return null;
}

/** Whether the service is identified by a mark, so that several may share an address. */
function isMarked(inputs: readonly { readonly fwmark?: number }[], { pointer }: VirtualService): boolean {
  return inputs[Number(pointer.slice(pointer.lastIndexOf("/") + 1))]?.fwmark !== undefined;
}

function carrier(
  { cluster, topology, intact }: RuleContext,
  service: VirtualService,
  name: string,
): Problem | null {
  const director = cluster.hosts.get(name);
  // An announced VIP needs no interface.
  if (cluster.directors.announce === null && !intact("/directors/announce")) return null;
  if (service.interfaces.has(name) || director === undefined || !intact(pointerOf("hosts", name)))
    return null;
  const asked = topology.virtualServices[Number(service.pointer.split("/").at(-1))]?.interface;
  const names = interfaceNames(director);
  if (asked !== undefined) {
    return {
      pointer: `${service.pointer}/interface`,
      message: say`unknown interface ${JSON.stringify(asked)} on the director ${name}`,
      hint: suggestion(asked, names, say`it has`),
    };
  }
  if (!intact(`${service.pointer}/interface`)) return null;
  return {
    pointer: `${service.pointer}/vip`,
    message: say`unknown interface for the VIP ${service.vip}: it is in no subnet of the director ${name}`,
    hint: say`correct the VIP, or set "interface" to ${listed(
      names.map((known) => JSON.stringify(known)),
      "or",
    )}`,
  };
}

function interfaceNames({ addresses }: Host): string[] {
  return [...new Set(addresses.map((address) => address.interface))];
}
