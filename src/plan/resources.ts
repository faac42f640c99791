/**
 * What lvsgen can set up on a host. The plan is a list of these; the shell scripts, `lvsgen plan` and
 * everything else are views of it, and a new kind fails to compile until every view handles it.
 */

import type {
  Announcements,
  AsRealServer,
  Family,
  Forwarding,
  HealthCheck,
  Notification,
  Notify,
  NotifyOn,
  PortRange,
  Protocol,
  Timeouts,
  Track,
  Tunnel,
} from "../topology/model.ts";
import type { Secret } from "../topology/secret.ts";

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

/** A network device that is up. It is its module's own, and stays on stop, down again if it was. */
export interface LinkResource {
  readonly kind: "link";
  readonly name: string;
}

/** A UDP port at which the kernel unwraps packets (ip-fou(8)). */
export interface FouResource {
  readonly kind: "fou";
  readonly family: Family;
  readonly port: number;
}

/** A route. */
export interface RouteResource {
  readonly kind: "route";
  readonly family: Family;
  /** `default`, a network as address/prefix, or an address. */
  readonly to: string;
  /** Gateway; null is a destination on the interface's own segment. */
  readonly via: string | null;
  readonly interface: string;
  /** Routing table; null is main. */
  readonly table: number | null;
  /** Smaller goes first; null is the kernel's own. */
  readonly metric: number | null;
}

/** The host's default route of IPv4, which replaces the present one. */
export interface DefaultRouteResource {
  readonly kind: "default-route";
  readonly via: string;
  readonly interface: string;
}

/** A routing rule: packets of a service, or of an address, use a table of their own. */
export interface RuleResource {
  readonly kind: "rule";
  readonly family: Family;
  readonly priority: number;
  /** Source address. */
  readonly from: string;
  /** Source ports of a protocol (kernel 4.17); null is whatever comes from the address. */
  readonly service: RuleService | null;
  readonly table: number;
}

export interface RuleService {
  readonly protocol: Protocol;
  readonly ports: PortRange | null;
}

/** A firewall rule. lvsgen owns exactly the rules it adds. */
export interface FirewallRuleResource {
  readonly kind: "firewall-rule";
  readonly family: Family;
  readonly match: FirewallMatch;
  readonly action: FirewallAction;
  readonly reason: string;
}

export interface FirewallMatch {
  readonly protocol: Protocol;
  /** MAC addresses of hosts whose packets are left out. */
  readonly notFromMacs: readonly string[];
  readonly from: string | null;
  readonly to: string | null;
  /** Destination ports; none: any. */
  readonly ports: readonly PortRange[];
}

export interface MarkAction {
  readonly kind: "mark";
  readonly value: number;
}

export interface MasqueradeAction {
  readonly kind: "masquerade";
}

/** Limits the segments that a TCP handshake announces; smaller ones are left. */
export interface SegmentSizeAction {
  readonly kind: "segment-size";
  /** The largest. */
  readonly bytes: number;
}

export type FirewallAction = MarkAction | MasqueradeAction | SegmentSizeAction;

/** Packets that a host must allow. */
export interface Opening {
  /** `in`: to this host itself; `through`: from one interface to another. */
  readonly direction: "in" | "through";
  /** A protocol's name, or its number where IP carries it directly. */
  readonly protocol: Protocol | "ipip" | "ipv6" | "gre" | "vrrp" | "icmp" | "ipv6-icmp";
  /** Of ICMP, only this type, which "fragmentation needed" is one of; absent: all of the protocol. */
  readonly icmp?: "destination-unreachable";
  /** Only packets of connections that this host has begun, as far as the protocol shows it. */
  readonly answers: boolean;
  readonly from: string | null;
  readonly to: string | null;
  readonly fromPorts: readonly PortRange[];
  readonly toPorts: readonly PortRange[];
}

/**
 * What the host's firewall lets through: a rule at the head of each of its chains that filters such packets, as a
 * verdict of one chain does not bind another.
 */
export interface OpeningResource extends Opening {
  readonly kind: "opening";
  readonly family: Family;
}

/** An address on an interface. */
export interface AddressResource {
  readonly kind: "address";
  /** With its prefix length, e.g. `192.168.1.200/32`. */
  readonly address: string;
  readonly interface: string;
  /** Announce it to the neighbours (gratuitous ARP). Only directors answer for a VIP. */
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
  /** 0: the port that the client asked for. */
  readonly port: number;
  readonly forwarding: Forwarding;
  readonly tunnel: Tunnel;
  readonly weight: number;
  readonly upperThreshold: number;
  readonly lowerThreshold: number;
}

/** The key of a service in IPVS: an address with a port, or a firewall mark. */
export type ServiceSelector = PortSelector | MarkSelector;

export interface PortSelector {
  readonly kind: "port";
  readonly vip: string;
  readonly port: number;
  readonly protocol: Protocol;
}

export interface MarkSelector {
  readonly kind: "mark";
  readonly value: number;
  readonly family: Family;
}

/** An IPVS virtual service with its real servers. */
export interface VirtualServiceResource extends ServiceSettings {
  readonly kind: "virtual-service";
}

/** A virtual service, for ipvsadm or keepalived. */
export interface ServiceSettings {
  readonly name: string;
  readonly selector: ServiceSelector;
  readonly scheduler: string;
  readonly schedulerFlags: readonly string[];
  readonly persistence: ServicePersistence | null;
  readonly onePacket: boolean;
  readonly destinations: readonly Destination[];
}

export interface ServicePersistence {
  /** Seconds. */
  readonly timeout: number;
  /** ipvsadm's -M: a netmask for IPv4, a prefix length for IPv6; null is a client alone. */
  readonly netmask: string | null;
  readonly engine: "sip" | null;
}

/** The kernel's connection sync, which sends this director's connections to the others. */
export interface SyncDaemonResource {
  readonly kind: "sync-daemon";
  readonly state: "master" | "backup";
  readonly interface: string;
  readonly syncId: number;
  readonly group: string | null;
  readonly port: number | null;
  readonly ttl: number | null;
}

/**
 * A keepalived with this configuration, which then owns the moving addresses, the virtual services and the connection
 * sync: its file is a view of this.
 */
export interface KeepalivedResource {
  readonly kind: "keepalived";
  /** Of the program that reads it: spellings differ. */
  readonly version: string;
  /** Its name in mails. */
  readonly routerId: string;
  readonly notification: Notification | null;
  readonly sync: KeepalivedSync | null;
  /** How this director is a real server of the others. */
  readonly asRealServer: AsRealServer;
  /** The directors' instances move together under this name, where there are several. */
  readonly syncGroup: string | null;
  readonly instances: readonly VrrpInstance[];
  /** What instances track; absent where they track nothing. */
  readonly tracks?: readonly NamedTrack[];
  readonly services: readonly KeepalivedService[];
  /** Whether all directors are active: servers that fail stay in the table with weight 0, and a gate hears of each change. */
  readonly announces?: true;
}

/** keepalived runs the sync daemon, as master or backup with the state of one instance. */
export interface KeepalivedSync extends Omit<SyncDaemonResource, "kind" | "state"> {
  readonly instance: string;
}

export interface VrrpInstance {
  readonly name: string;
  /** Absent where it tracks nothing. */
  readonly tracks?: readonly InstanceTrack[];
  /** Of floating addresses; absent in the directors' instances. */
  readonly floating?: FloatingInstance;
  readonly interface: string;
  readonly family: Family;
  readonly version: 2 | 3;
  readonly virtualRouterId: number;
  readonly priority: number;
  /** Seconds. */
  readonly advertInterval: number;
  readonly preempt: boolean;
  /** Seconds until a director that returns takes over, so that its checks have found the servers; null: at once. */
  readonly preemptDelay: number | null;
  /** Own address to send from; null: keepalived's choice, for IPv6 the link-local one. */
  readonly source: string | null;
  /** The other directors; none: adverts go to the multicast group. */
  readonly peers: readonly string[];
  readonly password: Secret | null;
  /** With their prefix lengths. */
  readonly addresses: readonly string[];
  /** Interface of each of the addresses, in their order. */
  readonly carriers: readonly string[];
  /** Interfaces of addresses where adverts have a link of their own: without one of them a director gives up. */
  readonly tracked: readonly string[];
}

/** A track under the name that keepalived's configuration and messages have; without its weight. */
export interface NamedTrack {
  readonly name: string;
  readonly track: Track;
}

/** A track of an instance, by its name. */
export interface InstanceTrack {
  readonly name: string;
  readonly by: "script" | "interface" | "file";
  /** null: the instance gives up while it fails. */
  readonly weight: number | null;
}

/** What an instance of floating addresses has beside its addresses. */
export interface FloatingInstance {
  /** The group that it moves with; null: it moves alone. */
  readonly syncGroup: string | null;
  readonly notify: Notify | null;
  readonly notifyOn: NotifyOn;
  readonly garp: Announcements;
  /** Whether a change of state starts or stops units. */
  readonly units: boolean;
}

export interface KeepalivedService extends ServiceSettings {
  readonly family: Family;
  readonly protocol: Protocol;
  readonly check: HealthCheck | null;
  readonly quorum: number;
  /** Answers when no real server works. */
  readonly sorryServer: Destination | null;
}

/**
 * The servers of every service that hashes are in IPVS in the order of their services: with mh and sh the order decides
 * who gets a connection, and all active directors must choose the same.
 */
export interface ServerOrderResource {
  readonly kind: "server-order";
}

/** A BIRD with this configuration, which announces what the gate opens. */
export interface BirdResource {
  readonly kind: "bird";
  /** An IPv4 address of the host. */
  readonly routerId: string;
  readonly asn: number;
  /** Whole seconds. */
  readonly holdTime: number;
  readonly med: number | null;
  readonly communities: readonly string[];
  readonly sessions: readonly BgpSession[];
}

export interface BgpSession {
  readonly address: string;
  readonly asn: number;
  /** The host's own address in the router's subnet; null: there is none. */
  readonly source: string | null;
  readonly multihop: boolean;
  readonly password: Secret | null;
}

/** A VIP that routers hear of while its services have their quorum of servers. */
export interface AnnouncementResource {
  readonly kind: "announcement";
  /** With its prefix length. */
  readonly vip: string;
  /** Whether all of its services need their quorum, or one. */
  readonly when: "all" | "any";
  /** The host announces nothing. */
  readonly drained: boolean;
  readonly services: readonly AnnouncedService[];
}

export interface AnnouncedService {
  readonly selector: ServiceSelector;
  /** Sum of weights in IPVS. */
  readonly quorum: number;
  readonly servers: readonly Destination[];
}

/**
 * A service of the user's that runs while the host has one of the addresses. It changes with keepalived's state: start
 * and stop of the script only correct it, and put back what ran before.
 */
export interface UnitResource {
  readonly kind: "unit";
  /** Without `.service`; an init script has the same name. */
  readonly name: string;
  /** ADDRESS/PREFIX%INTERFACE. */
  readonly places: readonly string[];
}

/**
 * A boolean of SELinux's policy that must be on. setup.sh and the Ansible role turn it on permanently on hosts with SELinux;
 * a script only checks it.
 */
export interface SelinuxBooleanResource {
  readonly kind: "selinux-boolean";
  readonly name: string;
  readonly reason: string;
}

export type Resource =
  | ModuleResource
  | SysctlResource
  | LinkResource
  | FouResource
  | RouteResource
  | DefaultRouteResource
  | RuleResource
  | FirewallRuleResource
  | OpeningResource
  | AddressResource
  | TimeoutsResource
  | VirtualServiceResource
  | SyncDaemonResource
  | SelinuxBooleanResource
  | UnitResource
  | ServerOrderResource
  | BirdResource
  | AnnouncementResource
  | KeepalivedResource;

export type Role = "director" | "real-server";
