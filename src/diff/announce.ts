/** Directors that announce their VIPs, before and after: where flows move to. */

import { listed } from "../base/counted.ts";
import { phrase, say } from "../languages/say.ts";
import { neighborsOf } from "../plan/announce.ts";
import { announceText } from "../render/announce-text.ts";
import type { Announce, BgpNeighbor, Cluster, VirtualService } from "../topology/model.ts";
import { choosesAlike } from "../topology/same-everywhere.ts";
import { type Aspects, type Change, changesBy, type Fate, told } from "./change.ts";

const restarts = phrase`sessions start again on one director after the other: flows move to the others meanwhile, and return`;
const bothSides = phrase`sessions come up again when the routers have it, too: change one director and its routers at a time`;

const announceAspects: Aspects<Announce> = {
  asn: {
    compare: told(phrase`AS number`, ({ asn }) => `${asn}`),
    connections: "at risk",
    effect: bothSides,
  },
  // Compared one by one: see below.
  neighbors: null,
  holdTime: {
    compare: told(phrase`hold time`, ({ holdTime }) => `${holdTime} s`),
    connections: "kept",
    effect: restarts,
  },
  med: {
    compare: told(phrase`MED`, ({ med }) => (med === null ? say`none` : `${med}`)),
    connections: "kept",
    effect: phrase`until all directors have it, flows move to those whose MED is smallest`,
  },
  communities: {
    compare: told(phrase`communities`, ({ communities }) => listed(communities) || say`none`),
    connections: "at risk",
    effect: phrase`what routers do with a community is theirs: flows may move to other directors, or routes go no further`,
  },
  daemon: {
    compare: told(phrase`BGP daemon`, ({ daemon }) => daemon),
    connections: "at risk",
    effect: phrase`a director announces nothing until the other daemon does`,
  },
  when: {
    compare: told(phrase`condition of an announcement`, ({ when }) => when),
    connections: "kept",
    effect: phrase`VIPs of several services may be announced, or withdrawn, while one of these is without its servers`,
  },
};

const neighborAspects: Aspects<BgpNeighbor> = {
  // Neighbors are matched by this.
  address: null,
  family: null,
  pointer: null,
  asn: {
    compare: told(phrase`AS number`, ({ asn }) => `${asn}`),
    connections: "at risk",
    effect: bothSides,
  },
  password: {
    // Its text is never shown.
    compare: ({ password: before }, { password: after }) =>
      (before?.reveal() ?? null) === (after?.reveal() ?? null) ? null : say`password changes`,
    connections: "at risk",
    effect: bothSides,
  },
  multihop: {
    compare: told(phrase`multihop`, ({ multihop }) => (multihop ? say`on` : say`off`)),
    connections: "kept",
    effect: restarts,
  },
};

/** Without what hosts' own changes say. */
export function compareAnnounce(before: Cluster, after: Cluster): Change[] {
  const [old, now] = [before.directors.announce, after.directors.announce];
  if (old === null && now === null) return [];
  if (old === null || now === null) return [beginsOrEnds(old, now)];
  const changes = [
    ...changesBy(announceAspects, say`directors`, old, now),
    ...compareNeighbors(before, after, old, now),
    ...compareActive(before, after),
  ];
  return changes.length > 0 ? changes : compareOrder(before, after);
}

/** Sessions and directors are equal, whichever comes first. */
function compareOrder({ directors: old }: Cluster, { directors: now }: Cluster): Change[] {
  const orderOf = ({ hosts, drained, announce }: Cluster["directors"]): string =>
    [hosts, drained, announce?.neighbors.map(({ address }) => address)].join(" ");
  if (orderOf(old) === orderOf(now)) return [];
  return [
    {
      subject: say`directors`,
      what: say`order of directors or neighbors`,
      connections: "none",
      effect: say`only the order in files changes`,
    },
  ];
}

function beginsOrEnds(old: Announce | null, now: Announce | null): Change {
  return {
    subject: say`directors`,
    what: say`announcement ${announceText(old)} -> ${announceText(now)}`,
    connections: "at risk",
    effect:
      old === null
        ? say`every director gets the VIPs, and routers spread flows over all: open ones that come to another director than theirs may get another server`
        : say`routers lose their routes, and one director at a time has the VIPs: open flows of the others end`,
  };
}

function compareNeighbors(before: Cluster, after: Cluster, old: Announce, now: Announce): Change[] {
  const earlier = new Map(old.neighbors.map((neighbor) => [neighbor.address, neighbor]));
  const later = new Map(now.neighbors.map((neighbor) => [neighbor.address, neighbor]));
  const subject = (address: string): string => say`neighbor ${address}`;
  return [
    ...now.neighbors.flatMap((neighbor): Change[] => {
      const { address, asn } = neighbor;
      const same = earlier.get(address);
      if (same !== undefined) return changesBy(neighborAspects, subject(address), same, neighbor);
      const who = listed(speakersTo(after, neighbor));
      const move = fateOf(
        after,
        () => say`flows that come by it move to ${who}: every director chooses the same server`,
        (names) => say`flows that come by it move to ${who}; those of ${names} may get another server there`,
      );
      return [{ subject: subject(address), what: say`added, AS ${asn}`, ...move }];
    }),
    ...old.neighbors
      .filter(({ address }) => !later.has(address))
      .map((neighbor) => {
        const who = listed(speakersTo(before, neighbor));
        const move = fateOf(
          after,
          () =>
            say`flows that come by it leave ${who} for directors of other routers: every director chooses the same server`,
          (names) =>
            say`flows that come by it leave ${who} for directors of other routers; those of ${names} may get another server there`,
        );
        return { subject: subject(neighbor.address), what: say`removed`, ...move };
      }),
  ];
}

function speakersTo(cluster: Cluster, { address }: BgpNeighbor): string[] {
  return cluster.directors.hosts.filter((name) => {
    const host = cluster.hosts.get(name);
    return host !== undefined && neighborsOf(cluster, host).some((neighbor) => neighbor.address === address);
  });
}

/** Who is drained, who comes and who goes. */
function compareActive(before: Cluster, after: Cluster): Change[] {
  const [old, now] = [active(before), active(after)];
  const [known, still] = [new Set(before.directors.hosts), new Set(after.directors.hosts)];
  const come = now.filter((name) => !old.includes(name));
  const gone = old.filter((name) => !now.includes(name));
  const stay = now.filter((name) => old.includes(name));
  return [
    ...gone.map((name) => {
      const what = still.has(name) ? say`${name} drained` : say`${name} leaves`;
      if (now.length === 0)
        return {
          subject: say`directors`,
          what,
          connections: "ended" as const,
          effect: say`no director announces the VIPs: routers have no route, and no client is answered`,
        };
      const to = listed(stay.length > 0 ? stay : now);
      const move = fateOf(
        after,
        () => say`flows move to ${to}: every director chooses the same server`,
        (names) => say`flows move to ${to}; those of ${names} may get another server there`,
      );
      return { subject: say`directors`, what, ...move };
    }),
    ...come.map((name) => {
      const what = known.has(name) ? say`${name} no longer drained` : say`${name} joins`;
      if (now.length === 1) return { subject: say`directors`, what, ...allTo(after, name) };
      const move = fateOf(
        after,
        () => say`about one flow in ${now.length} moves to ${name}: every director chooses the same server`,
        (names) =>
          say`about one flow in ${now.length} moves to ${name}; those of ${names} may get another server there`,
      );
      return { subject: say`directors`, what, ...move };
    }),
    ...after.directors.hosts
      .filter((name) => !known.has(name) && !now.includes(name))
      .map((name) => ({
        subject: say`directors`,
        what: say`${name} joins, drained`,
        connections: "none" as const,
        effect: say`it announces nothing yet`,
      })),
    ...before.directors.hosts
      .filter((name) => !still.has(name) && !old.includes(name))
      .map((name) => ({
        subject: say`directors`,
        what: say`${name} leaves`,
        connections: "none" as const,
        effect: say`it was drained, and announced nothing`,
      })),
  ];
}

function allTo(after: Cluster, name: string): ReturnType<typeof fateOf> {
  return fateOf(
    after,
    () => say`all flows move to ${name}: every director chooses the same server`,
    (names) => say`all flows move to ${name}; those of ${names} may get another server there`,
  );
}

/** Those that announce. */
function active({ directors }: Cluster): string[] {
  const drained = new Set(directors.drained);
  return directors.hosts.filter((name) => !drained.has(name));
}

/**
 * What becomes of flows that move.
 *
 * @param alike where every director chooses the same server
 * @param otherwise with the names of services whose servers they choose each by itself
 */
function fateOf(
  { services }: Cluster,
  alike: () => string,
  otherwise: (names: string) => string,
): { readonly connections: Fate; readonly effect: string } {
  const others = services.filter((service) => !service.onePacket && !choosesAlike(service));
  return others.length === 0
    ? { connections: "kept", effect: alike() }
    : { connections: "at risk", effect: otherwise(listed(others.map(({ name }) => name))) };
}

/** What a new service does to others on its VIP; null where it does nothing. */
export function withholds(service: VirtualService, before: Cluster, after: Cluster): string | null {
  const { announce } = after.directors;
  const wasAnnounced =
    before.directors.announce !== null && before.services.some(({ vip }) => vip === service.vip);
  if (announce === null || announce.when === "any" || !wasAnnounced) return null;
  return say`no director announces ${service.vip} until it has its quorum of servers: set them up first`;
}
