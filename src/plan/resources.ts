/**
 * What lvsgen can want of a host. One list of these is the plan; the shell scripts, `lvsgen plan` and
 * everything else are views of it, and a new kind fails to compile until every view handles it.
 */

import type { Forwarding, Protocol, Timeouts } from "../topology/model.ts";

/** A kernel module that is loaded. It stays loaded on stop: others may use it by then. */
export interface ModuleResource {
  readonly kind: "module";
  readonly name: string;
}

/** A sysctl's value. `name` is dotted; a dot inside an interface's name is written `/` (sysctl.d(5)). */
export interface SysctlResource {
  readonly kind: "sysctl";
  readonly name: string;
  readonly value: string;
  /** Why it is needed, for the reader of the plan. */
  readonly reason: string;
}

/** An address on an interface. */
export interface AddressResource {
  readonly kind: "address";
  /** With its prefix length, e.g. `192.168.1.200/32`. */
  readonly address: string;
  readonly interface: string;
  /** Tell the neighbours when it appears (gratuitous ARP). Only directors answer for a VIP. */
  readonly announce: boolean;
}

/** IPVS timeouts of the whole host, in seconds. */
export interface TimeoutsResource extends Timeouts {
  readonly kind: "timeouts";
}

export interface Destination {
  /** Host name or address, for the reader. */
  readonly label: string;
  readonly address: string;
  readonly port: number;
  readonly forwarding: Forwarding;
  readonly weight: number;
  readonly upperThreshold: number;
  readonly lowerThreshold: number;
}

/** An IPVS virtual service with its real servers. */
export interface VirtualServiceResource {
  readonly kind: "virtual-service";
  readonly name: string;
  readonly vip: string;
  readonly port: number;
  readonly protocol: Protocol;
  readonly scheduler: string;
  readonly destinations: readonly Destination[];
}

export type Resource =
  | ModuleResource
  | SysctlResource
  | AddressResource
  | TimeoutsResource
  | VirtualServiceResource;

export type Role = "director" | "real-server";
