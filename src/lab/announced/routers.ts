/** The layout as hosts of the lab, and everybody's routes. */

import type { Announce, Cluster } from "../../topology/model.ts";
import { contains } from "../addressing.ts";
import { type Draft, nextMac, plainHost, wire } from "../draft.ts";
import { everywhere, gatewayOf, isBetweenDirectors } from "../routing.ts";
import type { LabAnnounce, LabHost, LabInterface, LabPath, LabRoute, LabSubnet } from "../spec.ts";
import { type Edge, type Layout, layoutOf } from "./layout.ts";
import type { Outside } from "./outside.ts";
import { edgeConfig, topConfig } from "./router-config.ts";

export interface Announced {
  readonly hosts: readonly LabHost[];
  readonly announce: LabAnnounce;
}

/** A way out of a subnet. */
interface Gateway {
  readonly subnet: LabSubnet;
  readonly ip: string;
}

/** Adds the routers, and everybody's routes to them. */
export function withBgpRouters(
  draft: Draft,
  cluster: Cluster,
  announce: Announce,
  outside: Outside,
  ends: readonly LabHost[],
): Announced {
  const layout = layoutOf(draft, cluster, announce, outside);
  const atEdges = layout.edges.flatMap(gatewaysOf);
  const atTop = draft.subnets
    .filter((subnet) => subnet !== outside.clients && subnet !== outside.between)
    .filter((subnet) => atEdges.every((gateway) => gateway.subnet !== subnet))
    .filter((subnet) => !isBetweenDirectors(cluster, subnet))
    .map((subnet) => ({ subnet, ip: gatewayOf(draft, cluster, subnet) }));
  const gateways = [...atEdges, ...atTop, { subnet: outside.clients, ip: layout.top.gateway }];
  const routed = ends.map((host) => ({
    ...host,
    routes: [...host.routes, ...defaultRoutes(host, cluster.hosts.get(host.name)?.gateway ?? null, gateways)],
  }));
  const top = topRouter(draft, layout, atTop);
  const edges = layout.edges.map((edge) => edgeRouter(draft, edge, layout, announce));
  const spec = labAnnounce(cluster, announce, layout, atTop);
  const routers = [...edges, top].map((host) => withFixedWays(host, spec));
  return { hosts: [...routed, ...routers], announce: spec };
}

/** Where somebody else announces, routers know all directors. */
function withFixedWays(host: LabHost, { daemon, vips, paths, drained }: LabAnnounce): LabHost {
  if (daemon === "bird" || host.router === null) return host;
  const hops = paths.filter(({ director }) => !drained.includes(director)).flatMap((path) => path.hops);
  const via = [...new Set(hops.filter(({ router }) => router === host.name).map((hop) => hop.via))];
  const ways = via.length === 0 ? [] : vips.map((vip) => ({ vip, via }));
  return { ...host, router: { ...host.router, bird: "", ways } };
}

function gatewaysOf({ subnet, neighbor, gateways }: Edge): Gateway[] {
  return subnet === null ? [] : [neighbor.address, ...gateways].map((ip) => ({ subnet, ip }));
}

/** A default route of each family that has none, by the gateway that a host names, else by any of its subnets'. */
function defaultRoutes(
  { interfaces, routes }: LabHost,
  named: string | null,
  gateways: readonly Gateway[],
): LabRoute[] {
  const own = interfaces.flatMap(({ addresses }) => addresses.map((address) => address.split("/")[0] ?? ""));
  const near = own.flatMap((ip) => gateways.filter(({ subnet }) => contains(subnet.cidr, ip)));
  const has = new Set(routes.map(({ to }) => to));
  return ([4, 6] as const).flatMap((family) => {
    const ofFamily = near.filter(({ subnet }) => subnet.family === family);
    const gateway = ofFamily.find(({ ip }) => ip === named) ?? ofFamily[0];
    return gateway === undefined || has.has(everywhere[family])
      ? []
      : [{ to: everywhere[family], via: gateway.ip }];
  });
}

function edgeRouter(draft: Draft, edge: Edge, layout: Layout, announce: Announce): LabHost {
  const { name, neighbor, uplink, subnet, gateways } = edge;
  const up = wire(draft, layout.outside.between, uplink);
  const interfaces: LabInterface[] =
    subnet === null
      ? [{ ...up, addresses: [...up.addresses, `${neighbor.address}/32`] }]
      : [up, { ...wire(draft, subnet, neighbor.address, ...gateways), name: "eth1" }];
  return {
    ...plainHost(name, "router", interfaces),
    routes: [{ to: everywhere[4], via: layout.top.address }],
    router: { bird: edgeConfig(edge, layout, announce), ways: [], spreadsBy: "source port" },
  };
}

function topRouter(draft: Draft, layout: Layout, atTop: readonly Gateway[]): LabHost {
  const { top, outside, edges } = layout;
  const below = atTop.map(
    ({ subnet, ip }, index): LabInterface => ({
      ...wire(draft, subnet, ip),
      name: `eth${index + 2}`,
      mac: nextMac(draft),
    }),
  );
  const known = new Set<string>();
  const routes = edges.flatMap(({ subnet, neighbor, uplink }): LabRoute[] => {
    const to = subnet?.cidr ?? `${neighbor.address}/32`;
    if (known.has(to)) return [];
    known.add(to);
    return [{ to, via: uplink }];
  });
  return {
    ...plainHost(top.name, "router", [
      { ...wire(draft, outside.clients, top.gateway), name: "eth0" },
      { ...wire(draft, outside.between, top.address), name: "eth1" },
      ...below,
    ]),
    routes,
    router: { bird: topConfig(layout), ways: [], spreadsBy: "connection" },
  };
}

function labAnnounce(
  { directors, services }: Cluster,
  announce: Announce,
  layout: Layout,
  atTop: readonly Gateway[],
): LabAnnounce {
  const { holdTime, daemon, when } = announce;
  const vips = [...new Set(services.flatMap(({ vip, family }) => (family === 4 ? [vip] : [])))];
  return {
    holdTime,
    daemon,
    when,
    vips,
    top: layout.top.name,
    drained: directors.drained,
    paths: directors.hosts.flatMap((director) => pathTo(director, layout, atTop) ?? []),
  };
}

/** How packets for a VIP come to one director: by the first neighbor beside it, else from the router above. */
function pathTo(director: string, { edges, top }: Layout, atTop: readonly Gateway[]): LabPath | null {
  const sessions = edges.flatMap((edge) =>
    edge.sessions.filter((session) => session.director === director).map((session) => ({ edge, session })),
  );
  const near = sessions.find(({ session }) => !session.isDistant);
  if (near !== undefined) {
    const { edge, session } = near;
    return {
      director,
      address: session.address,
      neighbor: edge.name,
      hops: [
        { router: top.name, via: edge.uplink },
        { router: edge.name, via: session.address },
      ],
    };
  }
  const far = sessions.find(({ session }) =>
    atTop.some(({ subnet }) => contains(subnet.cidr, session.address)),
  );
  if (far === undefined) return null;
  const { address } = far.session;
  return { director, address, neighbor: far.edge.name, hops: [{ router: top.name, via: address }] };
}
