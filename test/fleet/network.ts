/** The fleet's cables, as lines for `ip -batch`: a bridge for each switch, a pair for each interface. Pure. */

import { freeAddress, networkOf, prefixOf } from "../../src/lab/addressing.ts";
import { interfacesOf, subnetsOf } from "../../src/lab/subnets.ts";
import type { Cluster, Host } from "../../src/topology/model.ts";

export interface FleetNetwork {
  /** Bridges with the controller's addresses. */
  readonly switches: readonly string[];
  readonly hosts: ReadonlyMap<
    string,
    { readonly cables: readonly string[]; readonly inside: readonly string[] }
  >;
}

export function fleetNetwork(cluster: Cluster): FleetNetwork {
  const subnets = subnetsOf(cluster);
  const ids = new Set(subnets.map((subnet) => subnet.switch));
  const taken = takenAddresses(cluster);
  const hosts = [...cluster.hosts.values()];
  return {
    switches: [
      ...[...ids].flatMap((id) => [
        `link add name sw${id} type bridge forward_delay 0 mcast_snooping 0`,
        `link set dev sw${id} up`,
      ]),
      ...subnets.map(
        ({ cidr, family, switch: id }) =>
          `address add ${freeAddress(cidr, taken)}/${prefixOf(cidr)}${family === 6 ? " nodad" : ""} dev sw${id}`,
      ),
    ],
    hosts: new Map(hosts.map((host, at) => [host.name, hostNetwork(host, at, subnets)])),
  };
}

function hostNetwork(host: Host, at: number, subnets: ReturnType<typeof subnetsOf>) {
  const interfaces = [...interfacesOf(host)].map(([name, addresses], index) => {
    const [first] = addresses;
    const subnet = subnets.find(
      ({ cidr }) => first !== undefined && cidr === networkOf(first.ip, first.prefix),
    );
    return { name, addresses, switch: subnet?.switch ?? 0, cable: `h${at}p${index}`, mac: macOf(at, index) };
  });
  return {
    cables: interfaces.flatMap(({ name, cable, mac, switch: id }) => [
      `link add name ${cable} type veth peer name ${name} address ${mac} netns ${host.name}`,
      `link set dev ${cable} master sw${id} up`,
    ]),
    inside: [
      "link set dev lo up",
      ...interfaces.flatMap(({ name, addresses }) => [
        `link set dev ${name} up`,
        ...addresses.map(
          ({ ip, prefix, family }) =>
            `address add ${ip}/${prefix}${family === 6 ? " nodad" : " broadcast +"} dev ${name}`,
        ),
      ]),
      ...(host.gateway === null ? [] : [`route add default via ${host.gateway}`]),
    ],
  };
}

/** Locally administered. A host has the same after it was switched off and on: others have it in their ARP tables. */
function macOf(host: number, index: number): string {
  const octet = (value: number): string => value.toString(16).padStart(2, "0");
  return ["02", "f1", "ee", "00", octet(host), octet(index)].join(":");
}

/** The VIPs and all that a host or an unmanaged server has. */
function takenAddresses({ hosts, services }: Cluster): Set<string> {
  return new Set([
    ...[...hosts.values()].flatMap(({ addresses, gateway }) => [
      ...addresses.map(({ ip }) => ip),
      gateway ?? "",
    ]),
    ...services.flatMap(({ vip, realServers }) => [vip, ...realServers.map(({ address }) => address)]),
  ]);
}
