/** One of each that scripts do beside direct routing: NAT both ways, tunnels, marks, IPv6, sync; two hosts have it all. */

const dual = (last: number): string[] => [`10.7.0.${last}/24`, `fd07::${last}/64`];

const server = { realServers: [{ host: "rs" }] };

export const kinds = {
  version: 1,
  name: "kinds",
  defaults: { os: "debian-12" },
  hosts: {
    dr: { interfaces: { eth0: dual(1) } },
    rs: { interfaces: { eth0: dual(11) } },
  },
  directors: { hosts: ["dr"], connectionSync: { interface: "eth0" } },
  virtualServices: [
    { name: "masked", vip: "10.7.0.100", port: 80, forwarding: "nat", nat: { returnPath: "masquerade" } },
    { name: "ruled", vip: "10.7.0.100", port: 81, forwarding: "nat" },
    { name: "wrapped", vip: "10.7.0.101", port: 80, forwarding: "tun" },
    { name: "six", vip: "fd07::100", port: 80 },
    { name: "marked", vip: "10.7.0.102", fwmark: 7, ports: [80, 443] },
    { name: "marked-six", vip: "fd07::101", fwmark: 7, ports: [80, 443] },
  ].map((service) => ({ ...service, scheduler: "rr", ...server })),
};
