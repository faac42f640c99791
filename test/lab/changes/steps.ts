/** The steps of the changing cluster, and what each may change: read by the test and by the runner in the kernel. */

export interface Changes {
  /** Folder of the rendered scripts by step. */
  readonly folders: Readonly<Record<string, string>>;
}

export interface Step {
  readonly name: string;
  readonly vip: string;
  /** Real servers with their weights. */
  readonly servers: Readonly<Record<string, number>>;
  /** By host the very lines that say what start changed, or "stop" for a host that lost its role. */
  readonly expected: Readonly<Record<string, readonly string[] | "stop">>;
  /** Who answers 12 requests how often. */
  readonly answers: Readonly<Record<string, number>>;
  /** An address that nobody may answer for afterwards. */
  readonly silent?: string;
}

const address: Readonly<Record<string, string>> = { rs1: "10.9.0.11", rs2: "10.9.0.12", rs3: "10.9.0.13" };
const service = (vip: string) => `-t ${vip}:80`;
const server = (vip: string, name: string) => `${service(vip)} -r ${address[name]}:80`;

const arp = ["all", "eth0"].flatMap((name) => [
  `+ sysctl -w net.ipv4.conf.${name}.arp_ignore=1 (was 0)`,
  `+ sysctl -w net.ipv4.conf.${name}.arp_announce=2 (was 0)`,
]);
const first = "10.9.0.200";
const moved = "10.9.0.201";

export const steps: readonly Step[] = [
  {
    name: "first",
    vip: first,
    servers: { rs1: 1, rs2: 1 },
    expected: {
      rs1: [...arp, `+ ip addr add ${first}/32 dev lo`],
      rs2: [...arp, `+ ip addr add ${first}/32 dev lo`],
      dr1: [
        "+ sysctl -w net.ipv4.vs.expire_nodest_conn=1 (was 0)",
        "+ sysctl -w net.ipv4.vs.expire_quiescent_template=1 (was 0)",
        `+ ipvsadm -A ${service(first)} -s wrr`,
        `+ ipvsadm -a ${server(first, "rs1")} -g -w 1`,
        `+ ipvsadm -a ${server(first, "rs2")} -g -w 1`,
        `+ ip addr add ${first}/32 dev eth0`,
        `+ arping -U -c 1 -I eth0 ${first}`,
      ],
    },
    answers: { rs1: 6, rs2: 6 },
  },
  {
    name: "added",
    vip: first,
    servers: { rs1: 1, rs2: 1, rs3: 1 },
    expected: {
      rs1: [],
      rs3: [...arp, `+ ip addr add ${first}/32 dev lo`],
      dr1: [`+ ipvsadm -a ${server(first, "rs3")} -g -w 1`],
    },
    answers: { rs1: 4, rs2: 4, rs3: 4 },
  },
  {
    name: "drained",
    vip: first,
    servers: { rs1: 1, rs2: 0, rs3: 1 },
    expected: { dr1: [`+ ipvsadm -e ${server(first, "rs2")} -g -w 0`] },
    answers: { rs1: 6, rs3: 6 },
  },
  {
    name: "removed",
    vip: first,
    servers: { rs1: 1, rs2: 0 },
    expected: { dr1: [`+ ipvsadm -d ${server(first, "rs3")}`], rs3: "stop" },
    answers: { rs1: 12 },
  },
  {
    name: "vip moved",
    vip: moved,
    servers: { rs1: 1, rs2: 1 },
    expected: {
      rs1: [`+ ip addr del ${first}/32 dev lo`, `+ ip addr add ${moved}/32 dev lo`],
      rs2: [`+ ip addr del ${first}/32 dev lo`, `+ ip addr add ${moved}/32 dev lo`],
      dr1: [
        `+ ip addr del ${first}/32 dev eth0`,
        `+ ipvsadm -A ${service(moved)} -s wrr`,
        `+ ipvsadm -a ${server(moved, "rs1")} -g -w 1`,
        `+ ipvsadm -a ${server(moved, "rs2")} -g -w 1`,
        `+ ipvsadm -D ${service(first)}`,
        `+ ip addr add ${moved}/32 dev eth0`,
        `+ arping -U -c 1 -I eth0 ${moved}`,
      ],
    },
    answers: { rs1: 6, rs2: 6 },
    silent: first,
  },
];

/** A step's topology; `director` carries the VIP. */
export function topologyOf(step: Pick<Step, "vip" | "servers">, director: string): object {
  return {
    version: 1,
    name: "changes",
    defaults: { os: "debian-12" },
    hosts: Object.fromEntries(
      Object.entries({ dr1: "10.9.0.1", dr2: "10.9.0.2", ...address }).map(([name, ip]) => [
        name,
        { interfaces: { eth0: `${ip}/24` } },
      ]),
    ),
    directors: { hosts: [director] },
    virtualServices: [
      {
        name: "web",
        vip: step.vip,
        port: 80,
        scheduler: "wrr",
        realServers: Object.entries(step.servers).map(([host, weight]) => ({ host, weight })),
      },
    ],
  };
}
