/** Rules about a link that VRRP's adverts have to themselves. */

import { pointerOf } from "../base/json-pointer.ts";
import { suggestion } from "../base/suggest.ts";
import { say } from "../languages/say.ts";
import { advertSource, virtualRouters } from "../plan/vrrp.ts";
import { inSubnet } from "../topology/addresses.ts";
import type { Problem } from "../topology/diagnostics.ts";
import type { Cluster, Family, Host } from "../topology/model.ts";
import type { Rule, RuleContext } from "./rule.ts";

const place = pointerOf("directors", "vrrp", "interface");

export const advertLinkRules: readonly Rule[] = [
  {
    code: "LVS216",
    name: "directors do not reach each other over the link of their adverts",
    severity: "error",
    explain: {
      what: `
        directors.vrrp.interface names an interface that a director does not have, that has no address of the moving
        addresses' family, or whose addresses are in different subnets.`,
      why: `
        Adverts are sent from that interface's address to those of the other directors; by multicast IPv6 needs no
        address, as every interface has a link-local one. A director that hears nothing takes itself for the only one:
        all of them become master, and all answer ARP for the VIP.`,
      fix: `
        Name an interface that all directors have, with addresses of one subnet on each.`,
      wrong: `
        hosts:
          pi1: { interfaces: { eth0: 192.168.1.114/24, bond0: 10.9.0.1/30 } }
          pi4: { interfaces: { eth0: 192.168.1.115/24 } }
        directors:
          hosts: [pi1, pi4]
          engine: keepalived
          vrrp: { interface: bond0 }`,
      right: `
        hosts:
          pi1: { interfaces: { eth0: 192.168.1.114/24, bond0: 10.9.0.1/30 } }
          pi4: { interfaces: { eth0: 192.168.1.115/24, bond0: 10.9.0.2/30 } }
        directors:
          hosts: [pi1, pi4]
          engine: keepalived
          vrrp: { interface: bond0 }`,
    },
    check: (context) => {
      const directors = directorsOf(context);
      const link = linkOf(context);
      if (link === null) return [];
      return directors.flatMap((director, at) => {
        const problem = linkProblem(context.cluster, link, director, directors.slice(0, at));
        return problem === null ? [] : problem;
      });
    },
  },
  {
    code: "LVS217",
    name: "the link of the adverts is the one that carries the VIP",
    severity: "warning",
    explain: {
      what: `
        directors.vrrp.interface names the interface that carries a VIP on a director.`,
      why: `
        Adverts go over the VIP's interface anyhow. Named here, that interface is the adverts' own link, which is not
        tracked: a director whose cable to the clients is pulled goes on being master, beside the one that takes over.`,
      fix: `
        Take "interface" out, or name another link between the directors.`,
      wrong: `
        hosts:
          pi4: { interfaces: { eth0: 192.168.1.115/24 } }
        directors:
          hosts: [pi1, pi4]
          engine: keepalived
          vrrp: { interface: eth0 }`,
      right: `
        hosts:
          pi4: { interfaces: { eth0: 192.168.1.115/24 } }
        directors:
          hosts: [pi1, pi4]
          engine: keepalived
          vrrp: { advertInterval: 1 }`,
    },
    check: (context) => {
      const link = linkOf(context);
      const own = context.cluster.services.find(({ interfaces }) =>
        [...interfaces.values()].some((name) => name === link),
      );
      if (link === null || own === undefined) return [];
      return [
        {
          pointer: place,
          message: say`${link} carries the VIP ${own.vip} too: adverts have no link of their own`,
          hint: say`take "interface" out, or name another link between the directors`,
        },
      ];
    },
  },
  {
    code: "LVS218",
    name: "a single cable between the directors decides that there is one master",
    severity: "warning",
    explain: {
      what: `
        directors.vrrp.interface names one network card, and no bond.`,
      why: `
        Directors hear each other over that link alone. When its cable, card or driver fails, each takes the other for
        dead, and both are master until it is back: both answer ARP for the VIP, clients change from one to the other,
        and connections break. The clients' network, over which they could still have heard each other, is not asked.`,
      fix: `
        Make the link a bond of two cards and two cables, and name the bond (bond0). Where both cables end at one
        switch, adverts over the VIP's own interface are as good: leave "interface" out. As a warning this does not
        stop rendering.`,
      wrong: `
        hosts:
          pi1: { interfaces: { eth0: 192.168.1.114/24, eth1: 10.9.0.1/30 } }
          pi4: { interfaces: { eth0: 192.168.1.115/24, eth1: 10.9.0.2/30 } }
        directors:
          hosts: [pi1, pi4]
          engine: keepalived
          vrrp: { interface: eth1 }`,
      right: `
        hosts:
          pi1: { interfaces: { eth0: 192.168.1.114/24, bond0: 10.9.0.1/30 } }
          pi4: { interfaces: { eth0: 192.168.1.115/24, bond0: 10.9.0.2/30 } }
        directors:
          hosts: [pi1, pi4]
          engine: keepalived
          vrrp: { interface: bond0 }`,
    },
    check: (context) => {
      const link = linkOf(context);
      const { services, directors } = context.cluster;
      const isOwn = services.every(
        ({ interfaces }) => ![...interfaces.values()].some((name) => name === link),
      );
      if (link === null || isBond(link) || !isOwn || directors.hosts.length < 2) return [];
      return [
        {
          pointer: place,
          message: say`when ${link} fails, every director is master: they hear each other nowhere else`,
          hint: say`make the link a bond of two cards and name the bond, or leave it out`,
        },
      ];
    },
  },
];

/** The names that network managers and people give bonds and teams. */
function isBond(name: string): boolean {
  return /^(bond|team)/.test(name);
}

function linkOf({ cluster, intact }: RuleContext): string | null {
  return cluster.directors.engine === "keepalived" && intact(place) ? cluster.directors.vrrp.interface : null;
}

function directorsOf({ cluster, intact }: RuleContext): Host[] {
  return cluster.directors.hosts.flatMap((name) =>
    intact(pointerOf("hosts", name)) ? (cluster.hosts.get(name) ?? []) : [],
  );
}

function linkProblem(
  cluster: Cluster,
  link: string,
  director: Host,
  others: readonly Host[],
): Problem | null {
  const here = director.addresses.filter((address) => address.interface === link);
  if (here.length === 0) {
    const names = [...new Set(director.addresses.map((address) => address.interface))];
    return {
      pointer: place,
      message: say`the director ${director.name} has no interface ${JSON.stringify(link)}`,
      hint: suggestion(link, names, say`it has`),
    };
  }
  const family = missingFamily(cluster, director);
  if (family !== null)
    return {
      pointer: place,
      message: say`${link} of the director ${director.name} has no IPv${family} address to send adverts from`,
      hint: say`give it one, of one subnet on all directors`,
    };
  const apart = others.find(
    (other) =>
      !here.some((own) =>
        other.addresses.some(({ interface: name, ip }) => name === link && inSubnet(ip, own)),
      ),
  );
  if (apart === undefined) return null;
  return {
    pointer: place,
    message: say`${link} of ${director.name} (${here[0]?.ip}) and of ${apart.name} are in different subnets`,
    hint: say`give them addresses of one subnet`,
  };
}

/** The family of a moving address that the director has no address to send adverts of from. */
function missingFamily(cluster: Cluster, director: Host): Family | null {
  const { unicast } = cluster.directors.vrrp;
  const silent = virtualRouters(cluster).find(
    (router) => advertSource(director, router) === null && (router.family === 4 || unicast),
  );
  return silent?.family ?? null;
}
