/** A topology with every field of the schema: for tests that try each. Much of it is not supported yet. */

const hostSettings = {
  os: "debian-12",
  init: "systemd",
  kernel: "6.1",
  versions: { ipvsadm: "1.31", keepalived: "2.2.7", systemd: 252 },
  routes: [{ to: "192.168.88.88/32", via: "192.168.150.13" }],
  firewall: "apply",
  reassert: 60,
  gateway: "192.168.1.1",
  webServer: { kind: "nginx", testPage: true },
  packages: {
    mirror: {
      main: "http://archive.debian.org/debian",
      security: "https://security.debian.org:8080/debian-security/",
      raspberrypi: "http://mirrors.tuna.tsinghua.edu.cn/raspberrypi",
      epel: "http://mirror.example.net/epel",
    },
    ipvsadm: { source: "ipvsadm-1.26.tar.gz" },
  },
  sysctls: { conntrack: true, connReuseMode: 1 },
};

const program = { command: "/usr/local/sbin/on", arguments: ["a b"], user: "nobody" };
const track = {
  type: "http",
  address: "127.0.0.1",
  port: 80,
  path: "/health",
  status: 200,
  name: "nginx",
  command: "/usr/local/sbin/check",
  arguments: ["a b"],
  user: "nobody",
  interval: 2,
  timeout: 2,
  rise: 2,
  fall: 2,
  weight: -20,
};

export const everything = {
  $schema: "../../schemas/topology.schema.json",
  version: 1,
  name: "everything",
  defaults: { ...hostSettings, ssh: { user: "pi", port: 22 }, packages: { ipvsadm: "ipvsadm" } },
  hosts: {
    pi1: {
      ...hostSettings,
      interfaces: { eth0: "192.168.1.114/24" },
      mac: "b8:27:eb:00:00:01",
      ssh: { user: "root", address: "pi1.lan", port: 2222 },
    },
    pi2: { interfaces: { eth0: ["192.168.1.107/24", "fd00::107/64"] }, ssh: { address: "192.168.1.107" } },
  },
  directors: {
    hosts: ["pi1"],
    engine: "keepalived",
    vrrp: {
      virtualRouterId: 51,
      advertInterval: 0.5,
      preempt: false,
      unicast: true,
      interface: "eth1",
      authPassword: { env: "VRRP_PASSWORD" },
      track: [track],
      addresses: [{ address: "10.0.0.29/24", interface: "eth1", virtualRouterId: 52 }],
    },
    announce: {
      bgp: {
        asn: 65010,
        neighbors: [
          { address: "192.168.1.1", asn: 65000, password: { env: "BGP_PASSWORD" }, multihop: true },
        ],
        holdTime: 9,
        med: 100,
        communities: ["65010:100", "65010:1:2"],
      },
      daemon: "bird",
      when: "all",
    },
    drained: ["pi1"],
    asRealServer: "master-only",
    notification: { emails: ["root@example.net"], from: "lvs@example.net", smtpServer: "127.0.0.1" },
    connectionSync: { interface: "eth1", syncId: 1, group: "224.0.0.81", port: 8848, ttl: 1 },
  },
  virtualServices: [
    {
      name: "web",
      vip: "192.168.1.200",
      port: 80,
      protocol: "tcp",
      scheduler: "sh",
      schedulerFlags: ["sh-port"],
      forwarding: "tun",
      persistence: { timeout: 300, netmask: "255.255.255.0", engine: "sip" },
      onePacket: false,
      interface: "eth0",
      realServers: [
        {
          host: "pi2",
          address: "192.168.1.107",
          port: 80,
          weight: 1,
          upperThreshold: 2,
          lowerThreshold: 1,
          forwarding: "tun",
          tunnel: { type: "gue", port: 6080 },
        },
        { address: "192.168.1.50", weight: 0 },
      ],
      healthCheck: {
        type: "http",
        path: "/health?a=b",
        virtualHost: "www.example.net",
        status: [200, "300-308"],
        digest: "640205b7b0fc66c1ea91c463fac6334d",
        port: 8080,
        interval: 3,
        timeout: 3,
        retries: 2,
        delayBeforeRetry: 1,
        name: "example.net",
        recordType: "A",
        helo: "lvs.example.net",
        payload: "00ff",
        command: "/usr/local/bin/check-web",
        arguments: ["{address}", "my db"],
      },
      nat: { returnPath: "masquerade" },
      sorryServer: { host: "pi2", address: "192.168.1.107", port: 80, forwarding: "nat" },
      quorum: 1,
    },
    {
      name: "marked",
      vip: "192.168.1.201",
      fwmark: 1,
      ports: [80, "8000-8010"],
      protocol: "udp",
      realServers: [{ host: "pi2" }],
    },
  ],
  floatingAddresses: [
    {
      name: "api",
      address: "192.168.1.210/24",
      interface: "eth0",
      hosts: [
        { host: "pi1", priority: 150 },
        { host: "pi2", priority: 100 },
      ],
      virtualRouterId: 53,
      advertInterval: 1,
      preempt: true,
      preemptDelay: 60,
      unicast: true,
      track: [{ ...track, type: "process" }],
      notify: { command: "/usr/local/sbin/notify", arguments: ["a b"], user: "nobody" },
      notifyOn: { master: program, backup: program, fault: program, stop: program },
      runOnMaster: ["haproxy"],
      garp: { delay: 1, repeat: 3, refresh: 30, refreshRepeat: 2 },
      bindBeforehand: true,
    },
  ],
  timeouts: { tcp: 30, tcpFin: 120, udp: 300 },
  sysctls: { expireNodestConn: true },
  ignore: [{ code: "LVS104", reason: "its packages are on our own mirror" }],
};

/** The same with the other forms of values that have several. */
export const samples = [everything, withPassword("s3cr3t"), withPassword({ file: "secrets/vrrp" })];

function withPassword(authPassword: unknown) {
  const { directors } = everything;
  const { bgp } = directors.announce;
  const neighbors = bgp.neighbors.map((neighbor) => ({ ...neighbor, password: authPassword }));
  return {
    ...everything,
    directors: {
      ...directors,
      vrrp: { ...directors.vrrp, authPassword },
      announce: { ...directors.announce, bgp: { ...bgp, neighbors } },
    },
  };
}
