/**
 * The cluster as the rest of lvsgen sees it: what `normalize` makes of a topology.
 * Nothing here is optional, every default is filled in and every reference is resolved.
 */

import type { Platform } from "../plan/platforms.ts";

/** IP version of an address: 4 or 6. */
export type Family = 4 | 6;

/** An interface address with its prefix, e.g. `192.168.1.114/24`. */
export interface InterfaceAddress {
  readonly interface: string;
  /** Address without the prefix length, in canonical text form. */
  readonly ip: string;
  /** Prefix length in bits: 0–32 or 0–128. */
  readonly prefix: number;
  readonly family: Family;
}

export type InitSystem = "systemd" | "sysv";

export interface Ssh {
  readonly user: string;
  readonly address: string;
  readonly port: number;
}

export interface Host {
  readonly name: string;
  readonly platform: Platform;
  readonly init: InitSystem;
  /** Running kernel as `major.minor`: the platform's, or `hosts.*.kernel`. */
  readonly kernel: string;
  readonly addresses: readonly InterfaceAddress[];
  readonly ssh: Ssh;
  /** Seconds between `reload`s by a timer; 0: no timer. */
  readonly reassert: number;
}

export type Protocol = "tcp" | "udp" | "sctp";
export type Forwarding = "dr" | "nat" | "tun";

export interface RealServer {
  /** Name of a managed host, or null for someone else's machine. */
  readonly host: string | null;
  /** RIP: the address the director sends to. */
  readonly address: string;
  readonly port: number;
  /** 0 drains the server: old connections finish, new ones go elsewhere. */
  readonly weight: number;
  readonly forwarding: Forwarding;
  /** Connections above which the server gets no new ones; 0: no limit. */
  readonly upperThreshold: number;
  /** Connections below which it gets new ones again; 0: three quarters of the upper one (ip_vs). */
  readonly lowerThreshold: number;
  /** Place in the topology, a JSON pointer. */
  readonly pointer: string;
}

export interface VirtualService {
  readonly name: string;
  readonly vip: string;
  readonly family: Family;
  readonly port: number;
  readonly protocol: Protocol;
  readonly scheduler: string;
  /** The director's interface that carries the VIP, by director. */
  readonly interfaces: ReadonlyMap<string, string>;
  readonly realServers: readonly RealServer[];
  readonly pointer: string;
}

/** IPVS timeouts in seconds (ipvsadm --set); null leaves the kernel's. */
export interface Timeouts {
  readonly tcp: number;
  readonly tcpFin: number;
  readonly udp: number;
}

export type Engine = "ipvsadm" | "keepalived";

export interface Cluster {
  readonly name: string;
  /** Every host by name, in the topology's order. */
  readonly hosts: ReadonlyMap<string, Host>;
  readonly directors: { readonly hosts: readonly string[]; readonly engine: Engine };
  readonly services: readonly VirtualService[];
  readonly timeouts: Timeouts | null;
}
