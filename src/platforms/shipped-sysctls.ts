/**
 * Settings of the network that decide whether a cluster works, and what a release's own packages make of them at boot. What a
 * release does not set is the kernel's own value (Documentation/networking/ip-sysctl.rst, net/ipv4/devinet.c,
 * net/bridge/br_netfilter_hooks.c).
 */

/** Of each interface: the file is in a folder for each, and in `all` and `default`. */
const PER_INTERFACE = {
  rp_filter: 0,
  arp_ignore: 0,
  arp_announce: 0,
  arp_filter: 0,
  accept_local: 0,
  send_redirects: 1,
  accept_redirects: 1,
} as const;

/** Of the whole host. Those of bridges are there when br_netfilter is loaded. */
const OF_THE_HOST = {
  "net.ipv4.ip_forward": 0,
  "net.bridge.bridge-nf-call-iptables": 1,
  "net.bridge.bridge-nf-call-ip6tables": 1,
  "net.bridge.bridge-nf-call-arptables": 1,
} as const;

type InterfaceSetting = keyof typeof PER_INTERFACE;

/** `*` is each interface, and neither `all` nor `default` (sysctl.d(5)). */
type Scope = "all" | "default" | "*";

export type ShippedSysctl = keyof typeof OF_THE_HOST | `net.ipv4.conf.${Scope}.${InterfaceSetting}`;

/** What packages set, by name as in sysctl.d(5). */
export type ShippedSysctls = Readonly<Partial<Record<ShippedSysctl, number>>>;

export const hostSettings = Object.keys(OF_THE_HOST) as readonly (keyof typeof OF_THE_HOST)[];
export const interfaceSettings = Object.keys(PER_INTERFACE) as readonly InterfaceSetting[];

/** One write of a boot; a pattern of a shell, so that `*` is every folder. */
export interface BootWrite {
  readonly file: string;
  readonly value: number;
}

/**
 * What a host's settings are when it has booted, as writes in their order: the later one counts. Interfaces that come after
 * begin with `default`; lo is there before.
 */
export function bootWrites(shipped: ShippedSysctls): BootWrite[] {
  const host = hostSettings.map((name) => ({
    file: `/proc/sys/${name.replaceAll(".", "/")}`,
    value: shipped[name] ?? OF_THE_HOST[name],
  }));
  const interfaces = interfaceSettings.flatMap((setting) => {
    const own = PER_INTERFACE[setting];
    const of = (scope: Scope): number | undefined => shipped[`net.ipv4.conf.${scope}.${setting}`];
    const write = (folder: string, value: number): BootWrite => ({
      file: `/proc/sys/net/ipv4/conf/${folder}/${setting}`,
      value,
    });
    return [
      write("*", of("*") ?? of("default") ?? own),
      write("lo", of("*") ?? own),
      write("default", of("default") ?? own),
      write("all", of("all") ?? own),
    ];
  });
  // Forwarding first: a change of it resets what interfaces do with redirects.
  return [...host, ...interfaces];
}

/** What a setting is on an interface that comes after boot: the value that counts, of it and of `all`. */
export function effectiveReversePath(shipped: ShippedSysctls): number {
  const { rp_filter: own } = PER_INTERFACE;
  const all = shipped["net.ipv4.conf.all.rp_filter"] ?? own;
  const each = shipped["net.ipv4.conf.*.rp_filter"] ?? shipped["net.ipv4.conf.default.rp_filter"] ?? own;
  return Math.max(all, each);
}

/** systemd's own 50-default.conf since 245 (systemd issue 32563); before, it set `all` alone, to 2 since 240 and to 1 before that. */
export const systemdLoose: ShippedSysctls = {
  "net.ipv4.conf.default.rp_filter": 2,
  "net.ipv4.conf.*.rp_filter": 2,
};
