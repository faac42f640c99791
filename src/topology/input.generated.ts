/* Generated from schemas/topology.schema.json by npm run generate; do not edit. */

/**
 * Operating system of the host. raspbian is Raspberry Pi OS. It decides kernel, init system, tool versions and package manager. Not run in tests: centos-10, rhel-10, rocky-10, almalinux-10, ubuntu-25.10, ubuntu-26.04, fedora-43, fedora-44, openeuler-22.03, openeuler-24.03, anolis-8.
 */
export type Os =
  | "centos-6"
  | "centos-7"
  | "centos-8"
  | "centos-9"
  | "centos-10"
  | "debian-8"
  | "debian-9"
  | "debian-10"
  | "debian-11"
  | "debian-12"
  | "debian-13"
  | "raspbian-9"
  | "raspbian-10"
  | "raspbian-11"
  | "raspbian-12"
  | "raspbian-13"
  | "rhel-7"
  | "rhel-8"
  | "rhel-9"
  | "rhel-10"
  | "rocky-8"
  | "rocky-9"
  | "rocky-10"
  | "almalinux-8"
  | "almalinux-9"
  | "almalinux-10"
  | "ubuntu-18.04"
  | "ubuntu-20.04"
  | "ubuntu-22.04"
  | "ubuntu-24.04"
  | "ubuntu-25.10"
  | "ubuntu-26.04"
  | "fedora-43"
  | "fedora-44"
  | "openeuler-22.03"
  | "openeuler-24.03"
  | "anolis-8";
/**
 * The init system that starts services on the host. The default is the operating system's own.
 */
export type Init = "systemd" | "sysv";
/**
 * The running kernel as major.minor, if it is not the operating system's own. Set it too if lvsgen does not know enough of the release's kernels.
 */
export type Kernel = string;
/**
 * User to log in as over ssh.
 */
export type SshUser = string;
/**
 * Port of the host's ssh server.
 */
export type SshPort = number;
/**
 * Routes of the host beside its default gateway.
 */
export type Routes = Route[];
/**
 * Firewall rules: print (check prints what the firewall must allow) or apply (rules at the head of every filtering chain, until stop). A firewall that is reloaded loses them until the next start or reassert.
 */
export type Firewall = "print" | "apply";
/**
 * Seconds between reloads by a timer, for hosts whose network manager drops addresses that it did not set. 0 is off.
 */
export type Reassert = number;
/**
 * Default gateway of the host, if a rule or a NAT plan needs it.
 */
export type Gateway = string;
/**
 * Name of the package with ipvsadm, or a source tarball to build it from: put the tarball beside setup.sh, in the director's folder of the output, where render keeps it.
 */
export type PackageNameOrAnObjectWithASource = string | {/** A tarball beside setup.sh. */ source: string};
/**
 * The interface's own address as address/prefix; several are a list, IPv4 and IPv6 together.
 *
 * @minItems 1
 */
export type Cidrs = string | string[];
/**
 * VRRP router id, unique on its network segment.
 */
export type VirtualRouterId = number;
/**
 * Seconds between the master's adverts; below 1 needs VRRP version 3.
 */
export type AdvertInterval = number;
/**
 * VRRP version 2 password (at most 8 characters), or the environment variable or file to read it from. It protects against nobody who can listen.
 */
export type PasswordOrAnObjectWithEnvOrFile =
  string | {/** Environment variable. */ env?: string; /** File that holds the password. */ file?: string};
/**
 * What a host watches: while one of these fails, it gives the address up, or loses priority by the weight.
 *
 * @maxItems 32
 */
export type Tracks = Track[];
/**
 * Password of the session (TCP MD5, RFC 2385), or the environment variable or file to read it from.
 */
export type BGPPasswordOrAnObjectWithEnvOrFile =
  string | {/** Environment variable. */ env?: string; /** File that holds the password. */ file?: string};
/**
 * A mail address.
 */
export type Email = string;
/**
 * How packets reach the real server: dr (direct routing, same segment), nat (addresses rewritten), tun (tunnelled).
 */
export type Forwarding = "dr" | "nat" | "tun";

/**
 * A cluster: its hosts, and what moves between them. Virtual services are balanced by directors; floating addresses are answered by their hosts themselves. It has one of the two, or both.
 */
export interface Topology {
  /**
   * Path of this schema for editors; lvsgen itself does not read it. 'lvsgen schema --write' puts the schema beside a topology.
   */
  $schema?: string;
  /**
   * Version of the topology's own format.
   */
  version: 1;
  /**
   * Name of the cluster: a small letter, then up to 30 small letters, digits and hyphens.
   */
  name: string;
  defaults?: Defaults;
  /**
   * The managed hosts by name. A name is a DNS label: small letters, digits and inner hyphens, at most 63.
   */
  hosts: {
    [k: string]: Host;
  };
  directors?: Directors;
  /**
   * What clients connect to: a VIP with a port (or a firewall mark), and the real servers behind it.
   *
   * @minItems 1
   */
  virtualServices?: VirtualService[];
  /**
   * Addresses that move between hosts whose own programs answer: what keepalived does without IPVS. directors and virtualServices are optional beside them. An address that moves with the directors' VIPs belongs to directors.vrrp.addresses.
   *
   * @minItems 1
   * @maxItems 255
   */
  floatingAddresses?: FloatingAddress[];
  timeouts?: Timeouts;
  sysctls?: IPVSSysctls;
  /**
   * Warnings of lvsgen validate that are accepted: not shown and not counted, and --strict does not fail because of them.
   */
  ignore?: IgnoredWarning[];
}
/**
 * Settings of all hosts; a host's own settings override them. Objects are merged key by key.
 */
export interface Defaults {
  os?: Os;
  init?: Init;
  kernel?: Kernel;
  versions?: Versions;
  ssh?: Ssh;
  routes?: Routes;
  firewall?: Firewall;
  reassert?: Reassert;
  gateway?: Gateway;
  webServer?: WebServer;
  packages?: Packages;
  sysctls?: IPVSSysctls;
}
/**
 * Installed versions, if they are not the operating system's own.
 */
export interface Versions {
  /**
   * Version of ipvsadm on the host.
   */
  ipvsadm?: string;
  /**
   * Version of keepalived on the host.
   */
  keepalived?: string;
  /**
   * Version of systemd on the host.
   */
  systemd?: number;
}
/**
 * How lvsgen reaches the hosts.
 */
export interface Ssh {
  user?: SshUser;
  port?: SshPort;
}
/**
 * A route of the host.
 */
export interface Route {
  /**
   * Destination network as address/prefix.
   */
  to: string;
  /**
   * Address of the next hop.
   */
  via: string;
}
/**
 * A web server that setup.sh installs and starts on a real server. It listens on the ports that the cluster's web services use on the host.
 */
export interface WebServer {
  /**
   * The web server.
   */
  kind: "nginx" | "apache";
  /**
   * Install a page with the host's name, which shows the server that answered.
   */
  testPage?: boolean;
}
/**
 * Where the host's packages come from.
 */
export interface Packages {
  mirror?: Mirrors;
  ipvsadm?: PackageNameOrAnObjectWithASource;
}
/**
 * Package mirrors instead of the host's own; needed for releases that have left the mirrors.
 */
export interface Mirrors {
  /**
   * The distribution's own packages. apt: the folder with dists. yum and dnf: the folder with the releases, such as http://vault.centos.org.
   */
  main?: string;
  /**
   * Debian's security updates, if they are on a server of their own: the folder with dists.
   */
  security?: string;
  /**
   * Raspberry Pi's own packages, beside those of Debian or Raspbian: the folder with dists.
   */
  raspberrypi?: string;
  /**
   * Extra Packages for Enterprise Linux, which have nginx for CentOS 6 and 7: the folder with the releases.
   */
  epel?: string;
}
/**
 * Kernel settings of IPVS (net.ipv4.vs.*) on directors. The default of each is safe for the host's kernel.
 */
export interface IPVSSysctls {
  /**
   * Drop connections of a deleted real server at once, so that clients do not hang (expire_nodest_conn).
   */
  expireNodestConn?: boolean;
  /**
   * Drop persistence to a real server of weight 0 (expire_quiescent_template).
   */
  expireQuiescentTemplate?: boolean;
  /**
   * New connections from a port that is still in the table: 0 same server, 1 schedule again, 2 also for FTP (conn_reuse_mode). The safe value depends on the kernel.
   */
  connReuseMode?: number;
  /**
   * Keep netfilter connection tracking entries for IPVS connections (conntrack); needed for masquerading.
   */
  conntrack?: boolean;
  /**
   * Route answers of NAT real servers again after their source address is restored (snat_reroute).
   */
  snatReroute?: boolean;
  /**
   * Send ICMP errors for NAT connections without a real server (nat_icmp_send).
   */
  natIcmpSend?: boolean;
  /**
   * Path MTU discovery for tunnels (pmtu_disc).
   */
  pmtuDisc?: boolean;
  /**
   * Schedule ICMP errors to the server of their connection (schedule_icmp).
   */
  scheduleIcmp?: boolean;
  /**
   * Accept TCP connections in mid-stream, for a director that takes over (sloppy_tcp).
   */
  sloppyTcp?: boolean;
  /**
   * The same for SCTP (sloppy_sctp).
   */
  sloppySctp?: boolean;
}
/**
 * A managed host: a director, a real server, or both.
 */
export interface Host {
  os?: Os;
  /**
   * The host's network interfaces with their own addresses (never a VIP). The first is the one that ssh uses.
   */
  interfaces: {
    [k: string]: Cidrs;
  };
  /**
   * MAC addresses of the interfaces, in their order: one, or a list. With fwmark-mac directors recognise each other's packets by them.
   *
   * @minItems 1
   */
  mac?: string | string[];
  init?: Init;
  kernel?: Kernel;
  versions?: Versions;
  ssh?: Ssh1;
  routes?: Routes;
  firewall?: Firewall;
  reassert?: Reassert;
  gateway?: Gateway;
  webServer?: WebServer;
  packages?: Packages;
  sysctls?: IPVSSysctls;
}
/**
 * How lvsgen reaches the host.
 */
export interface Ssh1 {
  user?: SshUser;
  /**
   * Address or DNS name to connect to. The default is the first interface's first address.
   */
  address?: string;
  port?: SshPort;
}
/**
 * The hosts that balance.
 */
export interface Directors {
  /**
   * Names of the hosts that balance; with several, in the order of their priority.
   *
   * @minItems 1
   *
   * Items: Name of a host under hosts.
   */
  hosts: string[];
  /**
   * The program that sets up IPVS: ipvsadm (one director, no health checks), or keepalived (checks and failover).
   */
  engine?: "ipvsadm" | "keepalived";
  vrrp?: VRRP;
  announce?: Announcement;
  /**
   * Names of directors that announce nothing, so that they get no new connections; with announce.
   *
   * Items: Name of a host under hosts.
   */
  drained?: string[];
  /**
   * Directors that are real servers too: refuse, master-only (IPVS is idle while connection sync is backup; not while two directors are master at once), or fwmark-mac (packets from another director's MAC address are not scheduled again; needs hosts.*.mac).
   */
  asRealServer?: "refuse" | "master-only" | "fwmark-mac";
  notification?: Notification;
  connectionSync?: ConnectionSync;
}
/**
 * How directors choose the master; engine keepalived.
 */
export interface VRRP {
  virtualRouterId?: VirtualRouterId;
  advertInterval?: AdvertInterval;
  /**
   * Whether a director of higher priority takes over when it returns.
   */
  preempt?: boolean;
  /**
   * Send adverts to the other directors' addresses instead of the multicast group.
   */
  unicast?: boolean;
  /**
   * Interface of every director that adverts go over, where that is a link of their own; left out: the one that carries the VIP. The VIP's interface is tracked: a master that loses it gives up.
   */
  interface?: string;
  authPassword?: PasswordOrAnObjectWithEnvOrFile;
  track?: Tracks;
  /**
   * Addresses without a service that move together with the VIPs, such as the inner gateway of a NAT cluster. For addresses that move by themselves, see floatingAddresses.
   */
  addresses?: AddressOfTheMaster[];
}
/**
 * Something that a host watches.
 */
export interface Track {
  /**
   * What is watched, on the host itself.
   */
  type: "http" | "tcp" | "process" | "script" | "interface" | "file";
  /**
   * Address of the host to ask; http and tcp. The default is the loopback address: the floating address would be asked at the host that has it.
   */
  address?: string;
  /**
   * Port to ask; http and tcp.
   */
  port?: number;
  /**
   * Path to ask for (http; the default is /), or the file (file).
   */
  path?: string;
  /**
   * Status codes that count as working, one or a list of codes and ranges as "from-to"; http.
   *
   * @minItems 1
   * @maxItems 500
   */
  status?: number | string | (number | string)[];
  /**
   * Name of the process, as 'ps -o comm' shows it, or of the interface.
   */
  name?: string;
  /**
   * Program to run; script.
   */
  command?: string;
  /**
   * Arguments of the program, each a word of its own; script.
   *
   * @maxItems 64
   *
   * Items: Printable ASCII characters, spaces and quotes included: no shell reads them.
   */
  arguments?: string[];
  /**
   * User that runs the program; script.
   */
  user?: string;
  /**
   * Whole seconds between checks; not of interface and file.
   */
  interval?: number;
  /**
   * Whole seconds until a check counts as failed; not of interface and file.
   */
  timeout?: number;
  /**
   * Good checks in a row until it counts as working again; not of interface and file.
   */
  rise?: number;
  /**
   * Failed checks in a row until it counts as failed; not of interface and file.
   */
  fall?: number;
  /**
   * What is added to the host's priority while it works (above 0), or taken from it while it fails (below 0). Left out: the host gives the address up while it fails.
   */
  weight?: number;
}
/**
 * An address that moves with the master.
 */
export interface AddressOfTheMaster {
  /**
   * The moving address as address/prefix.
   */
  address: string;
  /**
   * Interface that carries it. The default is the one whose subnet holds it.
   */
  interface?: string;
  virtualRouterId?: VirtualRouterId;
}
/**
 * All directors are active: each announces the VIPs to its routers, which spread flows over them. Without VRRP.
 */
export interface Announcement {
  bgp: BGP;
  /**
   * The program that speaks BGP on directors.
   */
  daemon?: "bird" | "none";
  /**
   * A VIP is announced while all of its services have their quorum of servers, or any of them.
   */
  when?: "all" | "any";
}
/**
 * Sessions with the routers.
 */
export interface BGP {
  /**
   * The directors' AS number, the same for all of them.
   */
  asn: number;
  /**
   * The routers. A director speaks to those in its subnets, and to those with multihop.
   *
   * @minItems 1
   */
  neighbors: BGPNeighbor[];
  /**
   * Seconds without a message after which a router gives up a director that is cut off.
   */
  holdTime?: number;
  /**
   * Metric that is sent along (MULTI_EXIT_DISC); routers prefer the smallest. The default sends none.
   */
  med?: number;
  /**
   * Communities of the routes: two numbers, or three for large ones (RFC 1997, RFC 8092).
   *
   * Items: Two or three numbers with colons between.
   */
  communities?: string[];
}
/**
 * A router that the directors announce VIPs to.
 */
export interface BGPNeighbor {
  /**
   * The router's address. Directors with an interface in its subnet speak to it.
   */
  address: string;
  /**
   * The router's AS number.
   */
  asn: number;
  password?: BGPPasswordOrAnObjectWithEnvOrFile;
  /**
   * Every director speaks to it, also across other routers.
   */
  multihop?: boolean;
}
/**
 * Mail that keepalived sends when a state changes.
 */
export interface Notification {
  /**
   * Addresses that get the mail.
   *
   * @minItems 1
   */
  emails: Email[];
  from: Email;
  /**
   * The mail server.
   */
  smtpServer: string;
}
/**
 * The kernel's synchronisation of connections between directors, so that connections survive a failover.
 */
export interface ConnectionSync {
  /**
   * Interface for the synchronisation.
   */
  interface: string;
  /**
   * Number that the directors of one cluster share.
   */
  syncId?: number;
  /**
   * Multicast group.
   */
  group?: string;
  /**
   * UDP port.
   */
  port?: number;
  /**
   * Multicast time to live.
   */
  ttl?: number;
}
/**
 * A VIP with a port and protocol, or with a firewall mark, and the real servers behind it.
 */
export interface VirtualService {
  /**
   * Name of the service: a small letter, then up to 30 small letters, digits and hyphens.
   */
  name: string;
  /**
   * The address that clients connect to; it belongs to no host.
   */
  vip: string;
  /**
   * The port that clients connect to. 0 is all ports, and needs persistence.
   */
  port?: number;
  /**
   * Transport protocol.
   */
  protocol?: "tcp" | "udp" | "sctp";
  /**
   * Firewall mark for several ports of the VIP, instead of port.
   */
  fwmark?: number;
  /**
   * The ports that get the firewall mark: numbers or ranges as "from-to".
   *
   * @minItems 1
   * @maxItems 65535
   *
   * Items: A port, or a range as "from-to".
   */
  ports?: (number | string)[];
  /**
   * How IPVS picks a real server: the kernel's name of the scheduler.
   */
  scheduler?:
    | "rr"
    | "wrr"
    | "lc"
    | "wlc"
    | "lblc"
    | "lblcr"
    | "dh"
    | "sh"
    | "sed"
    | "nq"
    | "fo"
    | "ovf"
    | "mh"
    | "twos";
  /**
   * Flags of the schedulers sh and mh.
   *
   * Items: A flag: -port hashes the port too, -fallback uses another server if one is unavailable.
   */
  schedulerFlags?: ("sh-port" | "sh-fallback" | "mh-port" | "mh-fallback")[];
  forwarding?: Forwarding;
  persistence?: Persistence;
  /**
   * Schedule every UDP packet on its own; with the scheduler rr or wrr, as those that count connections count none here.
   */
  onePacket?: boolean;
  /**
   * The directors' interface that carries the VIP, if no interface's subnet holds it.
   */
  interface?: string;
  /**
   * The servers that requests go to.
   *
   * @minItems 1
   */
  realServers: RealServer[];
  healthCheck?: HealthCheck;
  nat?: NAT;
  sorryServer?: SorryServer;
  /**
   * Sum of the weights of working servers below which the service counts as down (keepalived's quorum).
   */
  quorum?: number;
}
/**
 * A client stays with its real server.
 */
export interface Persistence {
  /**
   * Seconds that a client stays with its server.
   */
  timeout?: number;
  /**
   * Clients of one network count as one client: a netmask, or a prefix length.
   */
  netmask?: string | number;
  /**
   * Recognise clients by something other than their address: sip by the call id.
   */
  engine?: "sip";
}
/**
 * A server behind the service: a managed host, or the address of a machine that lvsgen does not set up.
 */
export interface RealServer {
  /**
   * Name of a host under hosts.
   */
  host?: string;
  /**
   * Address of a machine that lvsgen does not set up; with host, one of the host's addresses.
   */
  address?: string;
  /**
   * Port on the real server; by default the service's. Only nat can change it.
   */
  port?: number;
  /**
   * Share of the connections, relative to the others'. 0 drains the server: old connections go on, new ones use other servers.
   */
  weight?: number;
  /**
   * Connections above which the server gets no new ones; 0: no limit.
   */
  upperThreshold?: number;
  /**
   * Connections below which an overloaded server gets new ones again; 0: three quarters of the upper threshold.
   */
  lowerThreshold?: number;
  /**
   * The forwarding method of this server, if it is not the service's.
   */
  forwarding?: "dr" | "nat" | "tun";
  tunnel?: Tunnel;
}
/**
 * The tunnel to this server; forwarding tun.
 */
export interface Tunnel {
  /**
   * Encapsulation: ipip, gue (UDP, kernel 5.2) or gre (kernel 5.3).
   */
  type?: "ipip" | "gue" | "gre";
  /**
   * UDP port of the tunnel; gue.
   */
  port?: number;
}
/**
 * How keepalived checks whether a real server works.
 */
export interface HealthCheck {
  /**
   * The protocol of the check.
   */
  type: "http" | "https" | "tcp" | "dns" | "smtp" | "udp" | "ping" | "script";
  /**
   * Path to ask for; http and https.
   */
  path?: string;
  /**
   * Host header to send; http and https.
   */
  virtualHost?: string;
  /**
   * Status codes that count as working, one or a list of codes and ranges as "from-to" (keepalived 2.0.17); http and https.
   *
   * @minItems 1
   * @maxItems 500
   */
  status?: number | string | (number | string)[];
  /**
   * MD5 of the page's body (genhash); http and https.
   */
  digest?: string;
  /**
   * Port to check, if it is not the service's; for script what {port} in its arguments becomes.
   */
  port?: number;
  /**
   * Seconds between checks (delay_loop).
   */
  interval?: number;
  /**
   * Seconds until a check counts as failed (connect_timeout).
   */
  timeout?: number;
  /**
   * Failed checks in a row until the server is removed, beside the first.
   */
  retries?: number;
  /**
   * Seconds between a failed check and its retry.
   */
  delayBeforeRetry?: number;
  /**
   * Name to ask for; dns.
   */
  name?: string;
  /**
   * Record to ask for; dns.
   */
  recordType?: "A" | "AAAA" | "NS" | "CNAME" | "SOA" | "MX" | "TXT";
  /**
   * Name to greet with; smtp.
   */
  helo?: string;
  /**
   * Bytes to send in hexadecimal; udp.
   */
  payload?: string;
  /**
   * Program to run; exit status 0 is working; script.
   */
  command?: string;
  /**
   * Arguments of the program, each a word of its own; {address} and {port} are replaced by those of the real server; script.
   *
   * @maxItems 64
   *
   * Items: Printable ASCII characters, spaces and quotes included: no shell reads them.
   */
  arguments?: string[];
}
/**
 * Settings of forwarding nat.
 */
export interface NAT {
  /**
   * How answers return through the director: by a source rule or the default gateway on the real servers, or by masquerading on the director.
   */
  returnPath?: "source-rule" | "default-gateway" | "masquerade";
}
/**
 * The server that answers when no real server works.
 */
export interface SorryServer {
  /**
   * Name of a host under hosts.
   */
  host?: string;
  /**
   * Address of a machine that lvsgen does not set up.
   */
  address?: string;
  /**
   * Its port; the service's by default.
   */
  port?: number;
  /**
   * Its forwarding method, if it is not the service's.
   */
  forwarding?: "dr" | "nat" | "tun";
}
/**
 * An address that one of its hosts has, and that moves to the next one when that host fails.
 */
export interface FloatingAddress {
  /**
   * Name of the address: a small letter, then up to 30 small letters, digits and hyphens. keepalived's messages have it.
   */
  name: string;
  /**
   * The address as address/prefix; it belongs to no host.
   */
  address: string;
  /**
   * Interface of each host that carries it. The default is the one whose subnet holds it.
   */
  interface?: string;
  /**
   * The hosts that may have it, in the order of their priority, or with priorities. Two addresses with different orders make an active/active pair.
   *
   * @minItems 1
   * @maxItems 254
   */
  hosts: HostOfTheAddress[];
  virtualRouterId?: VirtualRouterId;
  advertInterval?: AdvertInterval;
  /**
   * Whether a host of higher priority takes the address over when it returns.
   */
  preempt?: boolean;
  /**
   * Seconds that a host of higher priority waits before it takes the address over; with preempt.
   */
  preemptDelay?: number;
  /**
   * Send adverts to the other hosts' addresses instead of the multicast group.
   */
  unicast?: boolean;
  track?: Tracks;
  notify?: ProgramToRun;
  notifyOn?: ProgramsByState;
  /**
   * Units that run on the host that has the address, and on no other: names of systemd services, or of init scripts. A host starts them when it gets the address and stops them when it loses it; at boot they no longer start by themselves. Uninstalling puts that back.
   *
   * @maxItems 32
   *
   * Items: Name of a service, with or without .service.
   */
  runOnMaster?: string[];
  garp?: Announcements;
  /**
   * Whether programs may listen at the address on hosts that do not have it (net.ipv4.ip_nonlocal_bind, and IPv6's): without it, nginx with 'listen 192.168.1.200:80' does not start on the backup.
   */
  bindBeforehand?: boolean;
}
/**
 * A host that may have the address.
 */
export interface HostOfTheAddress {
  /**
   * Name of a host under hosts.
   */
  host: string;
  /**
   * Its VRRP priority; the highest is master first. Either all hosts of the address have one, or none: then the order decides.
   */
  priority?: number;
}
/**
 * A program of yours that keepalived runs. As notify it runs at each change of state, and gets after arguments of yours INSTANCE, the name of the address (of several that share a virtual router, the first), the new state (MASTER, BACKUP, FAULT or STOP) and the priority. In notifyOn it gets your arguments alone.
 */
export interface ProgramToRun {
  /**
   * The program.
   */
  command: string;
  /**
   * Its first arguments, each a word of its own.
   *
   * @maxItems 64
   *
   * Items: Printable ASCII characters, spaces and quotes included: no shell reads them.
   */
  arguments?: string[];
  /**
   * User that runs the program.
   */
  user?: string;
}
/**
 * Programs of yours that keepalived runs at a change to that state alone.
 */
export interface ProgramsByState {
  master?: ProgramToRun;
  backup?: ProgramToRun;
  fault?: ProgramToRun;
  stop?: ProgramToRun;
}
/**
 * How a new master announces the address to its neighbours: gratuitous ARP, and for IPv6 unsolicited neighbour advertisements.
 */
export interface Announcements {
  /**
   * Whole seconds after which a new master announces the address a second time; 0: it does not.
   */
  delay?: number;
  /**
   * Messages of each announcement of a new master.
   */
  repeat?: number;
  /**
   * Whole seconds after which the master announces the address again and again, for neighbours that missed the first time; 0: it does not.
   */
  refresh?: number;
  /**
   * Messages of each of these.
   */
  refreshRepeat?: number;
}
/**
 * IPVS connection timeouts of the directors in seconds (ipvsadm --set). Without them the kernel's stay.
 */
export interface Timeouts {
  /**
   * Seconds until an idle TCP connection expires.
   */
  tcp?: number;
  /**
   * Seconds until a TCP connection with a FIN expires.
   */
  tcpFin?: number;
  /**
   * Seconds until the entry of a silent UDP client expires.
   */
  udp?: number;
}
/**
 * A warning that is accepted.
 */
export interface IgnoredWarning {
  /**
   * The code of the warning; all of that code are accepted. Errors cannot be.
   */
  code: string;
  /**
   * Why it is accepted, for the next person who reads the topology.
   */
  reason: string;
}
