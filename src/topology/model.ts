/**
 * The cluster as the rest of lvsgen sees it: what `normalize` makes of a topology.
 * Nothing here is optional, every default is filled in and every reference is resolved.
 */

import type { InitSystem } from "../platforms/platform.ts";
import type { Platform } from "../platforms/platforms.ts";
import type { Secret } from "./secret.ts";

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

export interface Ssh {
  readonly user: string;
  readonly address: string;
  readonly port: number;
}

export interface Host {
  readonly name: string;
  readonly platform: Platform;
  readonly init: InitSystem;
  /** Running kernel as `major.minor`, or with a third number: the platform's, or `hosts.*.kernel`. */
  readonly kernel: string;
  readonly addresses: readonly InterfaceAddress[];
  /** MAC addresses in the topology, in the order of interfaces, in lower case. */
  readonly macs: readonly string[];
  readonly ssh: Ssh;
  /** Seconds between `reload`s by a timer; 0: no timer. */
  readonly reassert: number;
  /** Its own default gateway, or null if the topology has none. */
  readonly gateway: string | null;
  readonly routes: readonly HostRoute[];
  readonly firewall: FirewallHandling;
  /** Settings of IPVS in the topology: the cluster's, and the host's over them. */
  readonly sysctls: IpvsSysctls;
  /** A web server that setup.sh provides, or null. */
  readonly webServer: WebServer | null;
  readonly mirrors: Mirrors;
  readonly ipvsadm: IpvsadmOrigin;
}

export interface WebServer {
  readonly kind: "nginx" | "apache";
  /** Whether it gets a page that names the host. */
  readonly testPage: boolean;
}

/** Addresses of package mirrors, without a slash at the end; null: the host's own. */
export interface Mirrors {
  readonly main: string | null;
  readonly security: string | null;
  readonly raspberrypi: string | null;
  readonly epel: string | null;
}

/** Where the program ipvsadm comes from: a package's name, or a source tarball's file name. */
export interface IpvsadmPackage {
  readonly kind: "package";
  readonly name: string;
}

export interface IpvsadmSource {
  readonly kind: "source";
  /** File name beside setup.sh. */
  readonly tarball: string;
}

export type IpvsadmOrigin = IpvsadmPackage | IpvsadmSource;

/** A route of a host beside its default gateway. */
export interface HostRoute {
  /** Network as address/prefix, in canonical form. */
  readonly to: string;
  readonly via: string;
  readonly family: Family;
}

/** Whether scripts only print the rules that a firewall needs, or add them. */
export type FirewallHandling = "print" | "apply";

/** net.ipv4.vs.* as in the topology; the others get a default. */
export type IpvsSysctls = Readonly<
  Partial<{
    expireNodestConn: boolean;
    expireQuiescentTemplate: boolean;
    connReuseMode: number;
    conntrack: boolean;
    snatReroute: boolean;
    natIcmpSend: boolean;
    pmtuDisc: boolean;
    scheduleIcmp: boolean;
    sloppyTcp: boolean;
    sloppySctp: boolean;
  }>
>;

export type Protocol = "tcp" | "udp" | "sctp";
export type Forwarding = "dr" | "nat" | "tun";

/** How answers of NAT real servers return to the director, which must undo the rewriting. */
export type ReturnPath = "source-rule" | "default-gateway" | "masquerade";

export type TunnelType = "ipip" | "gue" | "gre";

export interface Tunnel {
  readonly type: TunnelType;
  /** UDP port of gue; 0 for the others. */
  readonly port: number;
}

export interface RealServer {
  /** Name of a managed host, or null for a machine that lvsgen does not set up. */
  readonly host: string | null;
  /** RIP: the address the director sends to. */
  readonly address: string;
  readonly port: number;
  /** 0 drains the server: old connections finish, new ones go elsewhere. */
  readonly weight: number;
  readonly forwarding: Forwarding;
  /** How packets are wrapped; only where forwarding is tun. */
  readonly tunnel: Tunnel;
  /** Connections above which the server gets no new ones; 0: no limit. */
  readonly upperThreshold: number;
  /** Connections below which it gets new ones again; 0: three quarters of the upper one (ip_vs). */
  readonly lowerThreshold: number;
  /** Place in the topology, a JSON pointer. */
  readonly pointer: string;
}

/** A range of ports; a single one has both ends equal. */
export interface PortRange {
  readonly first: number;
  readonly last: number;
}

/** Several ports of a VIP as one service: the firewall marks their packets, IPVS goes by the mark. */
export interface FirewallMark {
  /** 1 to 2^32 - 1. */
  readonly value: number;
  readonly ports: readonly PortRange[];
}

/** A client stays with its real server. */
export interface Persistence {
  /** Seconds. */
  readonly timeout: number;
  /** Clients that share so many leading bits count as one. */
  readonly prefix: number;
  /** What distinguishes clients beside their address. */
  readonly engine: "sip" | null;
}

export interface VirtualService {
  readonly name: string;
  readonly vip: string;
  readonly family: Family;
  /** 0: any port (with persistence), or those of the mark. */
  readonly port: number;
  readonly mark: FirewallMark | null;
  readonly protocol: Protocol;
  readonly scheduler: string;
  /** In the kernel's order: fallback before port. */
  readonly schedulerFlags: readonly string[];
  readonly persistence: Persistence | null;
  /** Every UDP packet is scheduled on its own. */
  readonly onePacket: boolean;
  readonly returnPath: ReturnPath;
  /** The director's interface that carries the VIP, by director. */
  readonly interfaces: ReadonlyMap<string, string>;
  readonly realServers: readonly RealServer[];
  /** Who answers when no real server works. */
  readonly sorryServer: RealServer | null;
  /** How keepalived checks whether a real server works; null: not at all. */
  readonly healthCheck: HealthCheck | null;
  /** Sum of the weights of working servers below which the service counts as down. */
  readonly quorum: number;
  readonly pointer: string;
}

export type CheckType = "http" | "https" | "tcp" | "dns" | "smtp" | "udp" | "ping" | "script";

/** keepalived's check of each real server of a service. Settings of other types have their default, or null. */
export interface HealthCheck {
  readonly type: CheckType;
  readonly path: string;
  /** Host header of http and https; null: keepalived's own, the address. */
  readonly virtualHost: string | null;
  /** One code; a list of codes and ranges (`200-299`) where there is more than one. */
  readonly status: number | readonly string[];
  /** MD5 of the page, 32 hex digits. */
  readonly digest: string | null;
  /** Port to look at; null: the real server's. */
  readonly port: number | null;
  /** Seconds between checks. */
  readonly interval: number;
  /** Seconds until a check counts as failed. */
  readonly timeout: number;
  /** Failed checks in a row that take a server out, beside the first. */
  readonly retries: number;
  /** Seconds. */
  readonly delayBeforeRetry: number;
  /** Name to ask for by DNS. */
  readonly name: string;
  readonly recordType: string;
  /** Name that SMTP is greeted with; null: keepalived's own. */
  readonly helo: string | null;
  /** Hex digits of a UDP datagram; null: keepalived's own. */
  readonly payload: string | null;
  /** Absolute path of a program; only of the type script. */
  readonly command: string | null;
  /** Its arguments, with placeholders for what differs between servers: see src/plan/check-command.ts. */
  readonly arguments: readonly string[];
}

/** IPVS timeouts in seconds (ipvsadm --set); null leaves the kernel's. */
export interface Timeouts {
  readonly tcp: number;
  readonly tcpFin: number;
  readonly udp: number;
}

/** The kernel's synchronisation of connections between directors (ipvsadm --start-daemon). */
export interface ConnectionSync {
  readonly interface: string;
  readonly syncId: number;
  /** Multicast group; null is the kernel's own, 224.0.0.81. */
  readonly group: string | null;
  /** UDP port; null is the kernel's own, 8848. */
  readonly port: number | null;
  /** Multicast time to live; null is the kernel's own, 1. */
  readonly ttl: number | null;
}

export type Engine = "ipvsadm" | "keepalived";

/**
 * What keeps a director without the VIP from scheduling again the packets that it gets as a real server: directors are
 * not real servers; IPVS runs on the VRRP master only; or IPVS takes only packets that no other director sent.
 */
export type AsRealServer = "refuse" | "master-only" | "fwmark-mac";

/** How keepalived on several directors agrees who owns the VIPs (RFC 9568, and RFC 3768 for version 2). */
export interface Vrrp {
  /** 1 to 255, unique on its network segment. */
  readonly virtualRouterId: number;
  /** Seconds between the master's adverts. */
  readonly advertInterval: number;
  /** Whether a director of higher priority takes over when it returns. */
  readonly preempt: boolean;
  /** Adverts go to the other directors' addresses, not to the multicast group. */
  readonly unicast: boolean;
  /** The link that adverts have to themselves; null: each goes where its addresses are. */
  readonly interface: string | null;
  readonly authPassword: Secret | null;
  readonly track: readonly Track[];
  readonly addresses: readonly MasterAddress[];
}

/** How each director announces the VIPs to its routers by BGP, in place of VRRP: all directors are active. */
export interface Announce {
  /** Of the directors. */
  readonly asn: number;
  readonly neighbors: readonly BgpNeighbor[];
  /** Whole seconds, 3 to 65535. */
  readonly holdTime: number;
  readonly med: number | null;
  /** As `65010:100`, or with three numbers. */
  readonly communities: readonly string[];
  /** none: whoever speaks BGP on the director is not lvsgen's to set up. */
  readonly daemon: "bird" | "none";
  /** Whether a VIP needs the quorum of all its services, or of any. */
  readonly when: "all" | "any";
}

/** A router that directors speak BGP to. */
export interface BgpNeighbor {
  readonly address: string;
  readonly family: Family;
  readonly asn: number;
  readonly password: Secret | null;
  /** Directors outside its subnets speak to it, too. */
  readonly multihop: boolean;
  readonly pointer: string;
}

export type TrackType = "http" | "tcp" | "process" | "script" | "interface" | "file";

/** What a host watches on itself. Settings of other types have their default, or null. */
export interface Track {
  readonly type: TrackType;
  /** Asked by http and tcp. */
  readonly address: string;
  readonly port: number | null;
  /** Of the URL, or of the file. */
  readonly path: string | null;
  /** Codes and ranges, as `200-299`. */
  readonly status: readonly string[];
  /** Of a process or an interface. */
  readonly name: string | null;
  /** Absolute path of a program, its arguments, and who runs it. */
  readonly command: string | null;
  readonly arguments: readonly string[];
  readonly user: string;
  /** Whole seconds. */
  readonly interval: number;
  readonly timeout: number;
  /** Checks in a row. */
  readonly rise: number;
  readonly fall: number;
  /** -253 to 253, not 0; null: the host gives up while it fails. */
  readonly weight: number | null;
}

/** An address that moves, on whichever host. */
interface MovingAddress {
  readonly ip: string;
  readonly prefix: number;
  readonly family: Family;
  /** The interface that carries it, by host. */
  readonly interfaces: ReadonlyMap<string, string>;
  /** 1 to 255. */
  readonly virtualRouterId: number;
  readonly pointer: string;
}

/** An address without a service that moves with the directors' VIPs. Its router's id is theirs, or its own. */
export type MasterAddress = MovingAddress;

/** An address that moves between hosts whose own programs answer. */
export interface FloatingAddress extends MovingAddress {
  readonly name: string;
  /** In the order of the topology. */
  readonly members: readonly AddressHost[];
  /** Seconds between the master's adverts. */
  readonly advertInterval: number;
  /** Whether a host of higher priority takes over when it returns, and after how many seconds. */
  readonly preempt: boolean;
  readonly preemptDelay: number;
  /** Adverts go to the other hosts' addresses, not to the multicast group. */
  readonly unicast: boolean;
  readonly track: readonly Track[];
  readonly notify: Notify | null;
  readonly notifyOn: NotifyOn;
  /** Names of services that run on its master alone, without `.service`. */
  readonly runOnMaster: readonly string[];
  readonly garp: Announcements;
  /** Programs may listen at it where it is not. */
  readonly bindBeforehand: boolean;
}

export type NotifyState = "master" | "backup" | "fault" | "stop";

/** What keepalived runs at a change to one state. */
export type NotifyOn = Readonly<Partial<Record<NotifyState, Notify>>>;

/** How a new master announces an address to its neighbours. */
export interface Announcements {
  /** Whole seconds until it does so a second time; 0: it does not. */
  readonly delay: number;
  /** Messages each time. */
  readonly repeat: number;
  /** Whole seconds between further ones; 0: there are none. */
  readonly refresh: number;
  readonly refreshRepeat: number;
}

/** A program that keepalived runs when an address comes or goes. */
export interface Notify {
  /** Absolute path. */
  readonly command: string;
  readonly arguments: readonly string[];
  readonly user: string;
}

export interface AddressHost {
  /** A host's name. */
  readonly host: string;
  /** 1 to 254; null where the order decides. */
  readonly priority: number | null;
}

/** Mail that keepalived sends when a director or a real server changes its state. */
export interface Notification {
  readonly emails: readonly string[];
  readonly from: string;
  /** Address or DNS name. */
  readonly smtpServer: string;
}

export interface Cluster {
  readonly name: string;
  /** Every host by name, in the topology's order. */
  readonly hosts: ReadonlyMap<string, Host>;
  /** Without any hosts where there are only floating addresses. */
  readonly directors: {
    readonly hosts: readonly string[];
    readonly engine: Engine;
    readonly asRealServer: AsRealServer;
    readonly connectionSync: ConnectionSync | null;
    readonly vrrp: Vrrp;
    /** null: the VIPs are on one director. */
    readonly announce: Announce | null;
    /** Names of directors that announce nothing. */
    readonly drained: readonly string[];
    readonly notification: Notification | null;
  };
  readonly services: readonly VirtualService[];
  readonly floating: readonly FloatingAddress[];
  readonly timeouts: Timeouts | null;
}
