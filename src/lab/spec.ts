/**
 * What the lab builds and runs: hosts as network namespaces, switches, clients, scripts and scenarios.
 * One JSON file of this shape is all the in-kernel runner knows of a cluster.
 */

import type { BootWrite } from "../platforms/shipped-sysctls.ts";
import type { CheckType, Engine, Forwarding, Persistence, Protocol, TrackType } from "../topology/model.ts";

/** A carrier has floating addresses, and no virtual service. */
export type ScriptRole = "director" | "real-server" | "carrier";

export interface LabScript {
  readonly role: ScriptRole;
  /** Name under /usr/local/sbin of its host, e.g. `lvs_dr.sh`. */
  readonly name: string;
  /** Where the very file that would be shipped lies. */
  readonly source: string;
  /** Its work goes on in keepalived when it has ended. */
  readonly startsKeepalived: boolean;
}

/** A file that comes with a host's scripts. */
export interface LabFile {
  /** Where the very file that would be shipped lies. */
  readonly source: string;
  /** Where setup.sh puts it. */
  readonly destination: string;
  readonly mode: number;
}

export interface LabInterface {
  readonly name: string;
  readonly mac: string;
  /** Switch it is plugged into. */
  readonly switch: number;
  /** With prefix length. */
  readonly addresses: readonly string[];
}

export interface LabRoute {
  readonly to: string;
  /** Gateway; null: on the wire of the first interface. */
  readonly via: string | null;
}

/** A namespace. `managed` hosts run scripts; the others are what stands around them. */
export interface LabHost {
  readonly name: string;
  readonly kind: "managed" | "unmanaged" | "client" | "router";
  readonly interfaces: readonly LabInterface[];
  /** What its network is set to before anything of it is there, in this order; `*` is every folder. */
  readonly sysctls: readonly BootWrite[];
  readonly routes: readonly LabRoute[];
  /** Command that runs a script on this host, e.g. `["dash"]`. */
  readonly interpreter: readonly string[];
  readonly scripts: readonly LabScript[];
  readonly files: readonly LabFile[];
  /** Programs of health checks and tracks that are the lab's own, by their paths. */
  readonly programs: readonly string[];
  /** What answers at addresses that move, and what tracks look at. A host with such programs has its own process ids. */
  readonly applications: readonly LabApplication[];
  /** Ports the responder listens on; empty: no responder. */
  readonly ports: readonly LabPort[];
  /** What a router does beside forwarding; null on other hosts, and where there is nothing to choose. */
  readonly router: LabRouter | null;
  /** An address of a client's wire that is nobody's, for the lab's own questions; empty on other hosts. */
  readonly unused: string;
  /** VIPs an unmanaged real server carries on its loopback, with ARP held back. */
  readonly carriedVips: readonly string[];
  /** Devices that an unmanaged real server takes tunnelled packets at. */
  readonly tunnelDevices: readonly string[];
}

/** A router that has several ways to a VIP. */
export interface LabRouter {
  /** Its bird.conf; empty: it speaks no BGP. */
  readonly bird: string;
  /** Fixed next hops to VIPs, where it speaks no BGP. */
  readonly ways: readonly { readonly vip: string; readonly via: readonly string[] }[];
  /**
   * What of a packet decides which way it goes. Routers behind each other differ: with the same hash, all packets that come to the
   * second one would go the same way.
   */
  readonly spreadsBy: "connection" | "source port";
}

/** A program that the topology's user runs on a host. */
export interface LabApplication {
  /** Name of its process; null: nothing asks for it. */
  readonly process: string | null;
  /** It answers with its host's name. */
  readonly ports: readonly LabPort[];
}

export interface LabPort {
  readonly protocol: Protocol;
  readonly port: number;
  /** Types of the health checks that ask here: what is spoken beside what the lab's clients send. */
  readonly asked: readonly CheckType[];
  readonly pages: readonly LabPage[];
}

/** A page that a health check asks for. */
export interface LabPage {
  readonly path: string;
  readonly virtualHost: string | null;
  /** HTTP status that it is found with. */
  readonly status: number;
  /** One that no check of it takes. */
  readonly wrongStatus: number;
  /** Known by its digest, so the same on all servers. */
  readonly isFixed: boolean;
}

/** How a port misbehaves: nobody listens; nothing is answered; something else than what is expected. */
export type PortFault = "closed" | "hanging" | "wrong";

export interface LabCheck {
  readonly type: CheckType;
  /** Port where it is not the server's. */
  readonly port: number | null;
  readonly path: string;
  /** Program that the directors run. */
  readonly command: string | null;
  /** What the program gets for each of the service's servers, in their order; empty without a program. */
  readonly arguments: readonly (readonly string[])[];
}

export interface LabServer {
  readonly host: string;
  readonly address: string;
  readonly port: number;
  readonly weight: number;
  readonly upperThreshold: number;
  readonly forwarding: Forwarding;
}

export interface LabService {
  readonly name: string;
  readonly vip: string;
  readonly family: 4 | 6;
  /** Ports to try it at; one, but for marks. */
  readonly ports: readonly number[];
  readonly protocol: Protocol;
  /** What its directors know it by, where that is no port. */
  readonly mark: number | null;
  readonly scheduler: string;
  readonly schedulerFlags: readonly string[];
  readonly persistence: Persistence | null;
  readonly onePacket: boolean;
  /** Its servers are taken out when they fail it. */
  readonly check: LabCheck | null;
  readonly servers: readonly LabServer[];
  /** Answers when none of the servers works. */
  readonly sorry: LabServer | null;
  /** Client host that sends to it. */
  readonly client: string;
  readonly directors: readonly string[];
}

export interface LabVrrp {
  /** Seconds. */
  readonly advertInterval: number;
  /** The first director takes over again when it returns. */
  readonly preempt: boolean;
  /**
   * Seconds in which every server is asked once, and the slowest is given up; 0 where none is asked. A director that takes over
   * again waits for as long.
   */
  readonly checkPeriod: number;
  /** Directors tell each other of connections. */
  readonly isSynced: boolean;
  /** The interface that adverts have to themselves; null: they go where the VIPs are. */
  readonly link: string | null;
}

/** All directors are active, and announce the VIPs by BGP. */
export interface LabAnnounce {
  /** Seconds after which a router gives up a director that says nothing. */
  readonly holdTime: number;
  /** none: somebody else announces, and the lab's routers have fixed routes. */
  readonly daemon: "bird" | "none";
  /** Whether a VIP needs the quorum of all its services, or of any. */
  readonly when: "all" | "any";
  readonly vips: readonly string[];
  /** The router that clients are attached to. */
  readonly top: string;
  /** Directors that announce nothing. */
  readonly drained: readonly string[];
  /** One for each director that the lab's routers reach. */
  readonly paths: readonly LabPath[];
}

/** How packets for a VIP come to one director. */
export interface LabPath {
  readonly director: string;
  /** The director's, for the last router. */
  readonly address: string;
  /** The router that it has a session with. */
  readonly neighbor: string;
  /** The clients' router first. */
  readonly hops: readonly { readonly router: string; readonly via: string }[];
}

/** An address that moves by what its hosts watch on themselves. */
export interface LabMoving {
  readonly name: string;
  readonly vip: string;
  readonly family: 4 | 6;
  /** Port that clients ask. */
  readonly port: number;
  readonly client: string;
  /** Those that may have it. */
  readonly members: readonly { readonly host: string; readonly priority: number }[];
  /** Seconds. */
  readonly advertInterval: number;
  readonly preempt: boolean;
  /** Seconds. */
  readonly preemptDelay: number;
  /** Addresses of one group move together: its first one's name. */
  readonly group: string;
  readonly tracks: readonly LabTrack[];
}

export interface LabTrack {
  readonly type: TrackType;
  readonly port: number | null;
  /** Name of a process or an interface, path of a file or a program. */
  readonly name: string;
  /** Seconds. */
  readonly interval: number;
  readonly timeout: number;
  /** Checks in a row. */
  readonly rise: number;
  readonly fall: number;
  /** null: a host gives up while it fails. */
  readonly weight: number | null;
}

export interface LabSubnet {
  readonly cidr: string;
  readonly family: 4 | 6;
  /** The wire it is on; subnets may share one. */
  readonly switch: number;
}

export interface Injection {
  readonly host: string;
  readonly command: string;
}

/** A scenario to run, possibly only one share of its cases (work is split between two kernels). */
export interface ScenarioTask {
  readonly name: string;
  readonly share: number;
  readonly shares: number;
}

export interface LabSpec {
  readonly name: string;
  readonly engine: Engine;
  /** How directors agree on a master; null where there is nothing to agree on. */
  readonly vrrp: LabVrrp | null;
  readonly subnets: readonly LabSubnet[];
  /** Kernel modules to load before any namespace is made. */
  readonly modules: readonly string[];
  readonly hosts: readonly LabHost[];
  readonly services: readonly LabService[];
  readonly moving: readonly LabMoving[];
  /** null: the VIPs are on one director. */
  readonly announce: LabAnnounce | null;
  readonly tasks: readonly ScenarioTask[];
  /** Injects every fault, also where it leaves a state that another one left before. */
  readonly thorough: boolean;
  readonly injections: readonly Injection[];
  /** Host to open a shell on after the checks, or null. */
  readonly shell: string | null;
  /** Settings in net.ipv4.vs that hosts get as files without effect, as the kernel withholds them; and their values. */
  readonly placeholders: readonly { readonly name: string; readonly value: string }[];
  /** The machine's folder through which others ask for commands after the checks, or null to end then. */
  readonly door: string | null;
}

/** The cluster's part of a spec; what to run on it comes later. */
export type ClusterSpec = Omit<LabSpec, "tasks" | "thorough" | "door" | "placeholders">;

/** Choices a user makes on the command line. */
export interface LabOptions {
  readonly interpreter: Interpreter | null;
  readonly injections: readonly Injection[];
  readonly shell: string | null;
}

/** yash splits what `local` is given as dash did before 0.5.11 (Debian 8 to 10). */
export type Interpreter = "dash" | "bash" | "busybox" | "yash";
