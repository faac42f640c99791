/** Walks over the topology with pointers, for rules that look at it as written. */

import { pointerOf } from "../base/json-pointer.ts";
import type {
  FloatingAddress,
  Host,
  HostOfTheAddress,
  RealServer,
  Topology,
  VirtualService,
} from "../topology/input.generated.ts";
import { mergeDefaults } from "../topology/merge-defaults.ts";
import type { WholeTopology } from "../topology/whole.ts";

export interface Placed<T> {
  readonly value: T;
  readonly pointer: string;
}

export interface PlacedService extends Placed<VirtualService> {
  readonly realServers: readonly Placed<RealServer>[];
  /** All that packets may be sent to: the sorry server too. */
  readonly servers: readonly Placed<RealServer>[];
}

/** Virtual services with their real servers; holes are skipped. */
export function placedServices(topology: WholeTopology): PlacedService[] {
  return topology.virtualServices.flatMap((service, index) => {
    const pointer = pointerOf("virtualServices", index);
    const realServers = service.realServers.flatMap((server, at) => [
      { value: server, pointer: `${pointer}/realServers/${at}` },
    ]);
    const { sorryServer } = service;
    const sorry =
      sorryServer === undefined ? [] : [{ value: sorryServer, pointer: `${pointer}/sorryServer` }];
    return [{ value: service, pointer, realServers, servers: [...realServers, ...sorry] }];
  });
}

export interface PlacedAddress extends Placed<FloatingAddress> {
  readonly members: readonly Placed<HostOfTheAddress>[];
}

/** Floating addresses with their hosts; holes are skipped. */
export function placedFloating({ floatingAddresses }: WholeTopology): PlacedAddress[] {
  return floatingAddresses.flatMap((value, index) => {
    const pointer = pointerOf("floatingAddresses", index);
    const members = value.hosts.flatMap((member, at) => [
      { value: member, pointer: `${pointer}/hosts/${at}` },
    ]);
    return [{ value, pointer, members }];
  });
}

export interface PlacedHost extends Placed<Host> {
  readonly name: string;
  /** Over the defaults of all hosts. */
  readonly merged: Host;
}

export function placedHosts(topology: Topology): PlacedHost[] {
  return Object.entries(topology.hosts).map(([name, value]) => ({
    name,
    value,
    merged: mergeDefaults(topology, value),
    pointer: pointerOf("hosts", name),
  }));
}

/** Interface addresses as written. */
export function placedAddresses({
  value,
  pointer,
}: PlacedHost): (Placed<string> & { readonly interface: string })[] {
  return Object.entries(value.interfaces ?? {}).flatMap(([name, given]) => {
    const place = pointer + pointerOf("interfaces", name);
    if (typeof given === "string") return [{ value: given, pointer: place, interface: name }];
    return given.flatMap((address, index) => [
      { value: address, pointer: `${place}/${index}`, interface: name },
    ]);
  });
}

/** Where a host's setting is written: at the host, or in the defaults. */
export function settingPlace(topology: Topology, host: PlacedHost, key: keyof Host): string {
  const inherited = !Object.hasOwn(host.value, key) && Object.hasOwn(topology.defaults ?? {}, key);
  return inherited ? pointerOf("defaults", key) : host.pointer + pointerOf(key);
}

/** Where a director's IPVS sysctl is written: at the host, in the defaults, or at the top. */
export function sysctlPlace({ value, merged, pointer }: PlacedHost, key: string): string {
  if (Object.hasOwn(value.sysctls ?? {}, key)) return pointer + pointerOf("sysctls", key);
  const inherited = Object.hasOwn(merged.sysctls ?? {}, key);
  return inherited ? pointerOf("defaults", "sysctls", key) : pointerOf("sysctls", key);
}
