/** Facts about a running cluster, from any source. The topology is built from them. */

import type {
  Directors,
  FloatingAddress,
  HealthCheck,
  Topology,
  Track,
} from "../topology/input.generated.ts";
import type { Family, Forwarding, Protocol, TunnelType } from "../topology/model.ts";
import type { Place } from "./place.ts";

/** A track, and where its list says so. */
export interface FoundTrack {
  readonly track: Track;
  readonly place: Place;
  /** Of its definition; an interface has none. */
  readonly definition: Place | null;
}

/** A director's permanent address. */
export interface OwnAddress {
  readonly ip: string;
  /** null if unknown. */
  readonly prefix: number | null;
  readonly interface: string | null;
  readonly place: Place;
}

/** An address that a director gets for clients or for servers: a VIP, or an inner gateway. */
export interface CarriedAddress extends OwnAddress {
  /** Of the VRRP instance that moves it. */
  readonly virtualRouterId: number | null;
  /** Name of that instance; left out where there is none. */
  readonly instance?: string;
}

export interface ObservedServer {
  readonly address: string;
  /** null: that of its service. */
  readonly port: number | null;
  readonly weight: number;
  readonly forwarding: Forwarding;
  readonly tunnel: { readonly type: TunnelType; readonly port: number | null } | null;
  readonly upperThreshold: number;
  readonly lowerThreshold: number;
  readonly check: HealthCheck | null;
  readonly place: Place;
}

export type Selector =
  | { readonly kind: "port"; readonly vip: string; readonly port: number; readonly protocol: Protocol }
  | { readonly kind: "mark"; readonly value: number; readonly family: Family; readonly protocol: Protocol };

export interface ObservedService {
  readonly selector: Selector;
  /** Where the text has no protocol: what its program uses then. */
  readonly unsaidProtocol?: Protocol;
  /** A name that the text has for it; null: none. */
  readonly name: string | null;
  readonly scheduler: string;
  readonly schedulerFlags: readonly string[];
  readonly persistence: Persistence | null;
  readonly onePacket: boolean;
  readonly servers: readonly ObservedServer[];
  readonly sorryServer: Omit<ObservedServer, "check"> | null;
  readonly quorum: number | null;
  readonly place: Place;
}

export interface Persistence {
  readonly timeout: number;
  /** ipvsadm's -M: a netmask, or for IPv6 a prefix length. */
  readonly netmask: string | null;
  readonly engine: "sip" | null;
}

/** What a firewall rule marks. */
export interface MarkedPorts {
  readonly value: number;
  readonly vip: string | null;
  readonly protocol: Protocol;
  readonly ports: readonly (number | string)[];
  readonly place: Place;
}

/** A route of the director to a network. */
export interface ObservedRoute {
  readonly to: string;
  readonly via: string;
  readonly place: Place;
}

type DirectorsInput = Directors;

export interface ObservedVrrp {
  readonly virtualRouterId: number;
  readonly advertInterval: number;
  readonly preempt: boolean;
  readonly unicast: boolean;
  /** The link that adverts have to themselves. */
  readonly interface: string | null;
  readonly password: string | null;
  readonly track: readonly FoundTrack[];
  /** Whether the director comes before its peers or after them; null: unknown. */
  readonly order: "first" | "last" | null;
  readonly place: Place;
}

/** A vrrp_instance of floating addresses, as all texts have it. */
export interface ObservedElection {
  readonly name: string;
  readonly place: Place;
  readonly virtualRouterId: number;
  readonly addresses: readonly CarriedAddress[];
  readonly members: readonly ObservedMember[];
  /** How many further hosts there are, which no text is of. */
  readonly others: number;
  readonly advertInterval: number;
  readonly preempt: boolean;
  /** Whole seconds or parts of them; 0: none. */
  readonly preemptDelay: number;
  readonly unicast: boolean;
  readonly track: readonly FoundTrack[];
  readonly notifies: Pick<FloatingAddress, "notify" | "notifyOn" | "runOnMaster">;
  readonly garp: NonNullable<FloatingAddress["garp"]>;
}

export interface ObservedMember {
  /** Which of the hosts. */
  readonly host: number;
  readonly priority: number;
  /** Of its priority, or of the instance. */
  readonly place: Place;
  /** Whether it comes before hosts that no text is of; null: unknown. */
  readonly order: "first" | "last" | null;
}

/** A host that a text is of. */
export interface ObservedHost {
  readonly place: Place;
  /** null: unknown. */
  readonly name: string | null;
  readonly own: readonly OwnAddress[];
  /** Whether these are all that it has. */
  readonly ownIsComplete: boolean;
  /** Its names of the first host's interfaces, where they differ. */
  readonly interfaces: ReadonlyMap<string, string>;
}

/** What texts without services say: addresses that move between hosts. */
export interface ObservedFloating {
  readonly place: Place;
  readonly clusterName: string | null;
  readonly hosts: readonly ObservedHost[];
  /** Addresses of each of the hosts that no text is of. */
  readonly others: readonly (readonly OwnAddress[])[];
  readonly elections: readonly ObservedElection[];
}

export interface Observed {
  /** The beginning of the text, for what has no line of its own. */
  readonly place: Place;
  readonly engine: "ipvsadm" | "keepalived";
  /** Name of the director that the text is of, or null. */
  readonly directorName: string | null;
  readonly clusterName: string | null;
  /** Of the director that the text is of. */
  readonly own: readonly OwnAddress[];
  /** Whether `own` has all of its addresses. */
  readonly ownIsComplete: boolean;
  /** Of each of the other directors. */
  readonly peers: readonly (readonly OwnAddress[])[];
  readonly carried: readonly CarriedAddress[];
  readonly services: readonly ObservedService[];
  readonly marks: readonly MarkedPorts[];
  /** Of the director; null: unknown. */
  readonly gateway: Omit<ObservedRoute, "to"> | null;
  readonly routes: readonly ObservedRoute[];
  /** Whether some firewall rule hides clients behind the director. */
  readonly masquerades: boolean;
  /** Whether the text shows thresholds: the output of `ipvsadm -S` does not. */
  readonly tellsThresholds: boolean;
  readonly vrrp: ObservedVrrp | null;
  readonly notification: DirectorsInput["notification"] | null;
  readonly connectionSync: DirectorsInput["connectionSync"] | null;
  readonly timeouts: Topology["timeouts"] | null;
}
