/**
 * A library, in C, that programs of a lab without root load before the C library.
 *
 * A user namespace with one user has no groups to change to (user_namespaces(7)), and tcpdump ends where it cannot.
 */
const GROUPS = `
int initgroups(const char *user, unsigned group) { return 0; }
int setgroups(unsigned long count, const unsigned *groups) { return 0; }
`;

/**
 * Kernels take IPVS's netlink messages from the machine's root only (GENL_ADMIN_PERM in net/netfilter/ipvs/ip_vs_ctl.c,
 * 6.12 included), but its socket options from whoever is root of the network namespace (ns_capable in
 * do_ip_vs_set_ctl). ipvsadm uses the socket options where libnl finds no IPVS: here it finds none. The error is
 * NLE_OBJ_NOTFOUND of netlink/errno.h.
 */
const SOCKET_OPTIONS = `
int genl_ctrl_resolve(void *socket, const char *family) { return -12; }
`;

/** @param hasNetlink whether the kernel takes IPVS's netlink messages from a user namespace */
export function rootlessLibrary(hasNetlink: boolean): string {
  return hasNetlink ? GROUPS : GROUPS + SOCKET_OPTIONS;
}

/** What ipvsadm's rules may have that its socket options have no room for. */
const NETLINK_ONLY: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/--tun-type (gue|gre)/, "gue and gre tunnels"],
  [/--pe \w/, "persistence engines"],
  [
    /sync_daemon \w+ .*\b(maxlen|group|port|ttl)=|--(sync-maxlen|mcast-(group|port|ttl)) [0-9a-f]/,
    "options of the connection sync",
  ],
];

/** What a director's script sets and ipvsadm's socket options cannot, or null. */
export function netlinkOnly(script: string): string | null {
  return NETLINK_ONLY.find(([pattern]) => pattern.test(script))?.[1] ?? null;
}
