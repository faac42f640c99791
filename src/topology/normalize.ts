/** Topology as written -> the cluster as the rest of lvsgen sees it. */

import { pointerOf } from "../base/json-pointer.ts";
import { canonicalIp } from "./addresses.ts";
import type { Directors, Topology } from "./input.generated.ts";
import type { Cluster, ConnectionSync, Host, Timeouts } from "./model.ts";
import { normalizeAnnounce } from "./normalize-announce.ts";
import { normalizeFloating } from "./normalize-floating.ts";
import { normalizeHost } from "./normalize-host.ts";
import { normalizeService } from "./normalize-service.ts";
import { normalizeVrrp } from "./normalize-vrrp.ts";
import type { SecretAt } from "./secret-sources.ts";
import { wholeTopology } from "./whole.ts";

const vrrpPassword = pointerOf("directors", "vrrp", "authPassword");

/** The kernel's own (net/netfilter/ipvs/ip_vs_proto_tcp.c, ip_vs_proto_udp.c). */
const kernelTimeouts: Timeouts = { tcp: 900, tcpFin: 120, udp: 300 };

/**
 * Fills in defaults, brings addresses into canonical form and resolves references. What cannot be resolved is left
 * out, as rules report it. Lists may have holes where the schema found something wrong: they keep their places.
 *
 * @param secretAt finds passwords, wherever the topology has them
 */
export function normalize(written: Topology, secretAt: SecretAt): Cluster {
  const topology = wholeTopology(written);
  const hosts = normalizeHosts(topology);
  const directorNames = topology.directors.hosts.filter((name) => hosts.has(name));
  const directors = directorNames.flatMap((name) => hosts.get(name) ?? []);
  const announce = normalizeAnnounce(topology.directors.announce, secretAt);
  return {
    name: topology.name,
    hosts,
    directors: {
      hosts: directorNames,
      // Nobody asked for ipvsadm where there is nothing to balance.
      engine: topology.directors.engine ?? (written.directors === undefined ? "keepalived" : "ipvsadm"),
      asRealServer: topology.directors.asRealServer ?? "refuse",
      connectionSync: normalizeSync(topology.directors.connectionSync),
      vrrp: normalizeVrrp(topology.directors.vrrp, secretAt(vrrpPassword), directors),
      announce,
      drained: topology.directors.drained ?? [],
      notification: topology.directors.notification ?? null,
    },
    services: topology.virtualServices.flatMap(
      (service, index) =>
        normalizeService(service, pointerOf("virtualServices", index), hosts, directors, announce !== null) ??
        [],
    ),
    floating: topology.floatingAddresses.flatMap(
      (address, index) => normalizeFloating(address, pointerOf("floatingAddresses", index), hosts) ?? [],
    ),
    timeouts: topology.timeouts === undefined ? null : { ...kernelTimeouts, ...topology.timeouts },
  };
}

function normalizeHosts(topology: Topology): Map<string, Host> {
  const hosts = new Map<string, Host>();
  for (const [name, input] of Object.entries(topology.hosts)) {
    const host = normalizeHost(topology, name, input);
    if (host !== null) hosts.set(name, host);
  }
  return hosts;
}

function normalizeSync(input: Directors["connectionSync"]): ConnectionSync | null {
  if (input === undefined) return null;
  const group = input.group === undefined ? null : canonicalIp(input.group);
  return {
    interface: input.interface,
    syncId: input.syncId ?? 1,
    group,
    port: input.port ?? null,
    ttl: input.ttl ?? null,
  };
}
