/** Hosts of two clusters. */

import type { Cluster, Host } from "../topology/model.ts";
import { type Aspects, type Change, changesBy, told } from "./change.ts";

const hostAspects: Aspects<Host> = {
  // Hosts are matched by this.
  name: null,
  platform: {
    compare: told("operating system", ({ platform }) => platform.id),
    connections: "none",
    effect: "its files are for the new system; lvsgen does not install it",
  },
  init: {
    compare: told("init system", ({ init }) => init),
    connections: "at risk",
    effect: "stop and uninstall the old service first, or both start it",
  },
  kernel: {
    compare: told("kernel", ({ kernel }) => kernel),
    connections: "none",
    effect: "lvsgen uses the features of this kernel; it does not install it",
  },
  addresses: {
    compare: told("addresses", ({ addresses }) =>
      addresses.map((own) => `${own.interface} ${own.ip}/${own.prefix}`).join(", "),
    ),
    connections: "at risk",
    effect: "lvsgen does not change a host's own addresses: do that first; connections to an old address end",
  },
  macs: {
    compare: told("MAC addresses", ({ macs }) => macs.join(", ") || "unknown"),
    connections: "kept",
    effect: "directors recognise each other's packets by them",
  },
  webServer: {
    compare: told("web server", ({ webServer }) => webServer?.kind ?? "none from lvsgen"),
    connections: "at risk",
    effect: "setup.sh installs or removes the web server",
  },
  mirrors: {
    compare: told(
      "package mirrors",
      ({ mirrors }) =>
        Object.entries(mirrors)
          .flatMap(([key, value]) => (value === null ? [] : `${key} ${value}`))
          .join(", ") || "the host's own",
    ),
    connections: "none",
    effect: "packages come from other mirrors",
  },
  ipvsadm: {
    compare: told("ipvsadm", ({ ipvsadm }) =>
      ipvsadm.kind === "package" ? `package ${ipvsadm.name}` : `built from ${ipvsadm.tarball}`,
    ),
    connections: "kept",
    effect: "setup.sh installs another ipvsadm; the kernel's table stays",
  },
  ssh: {
    compare: told("ssh", ({ ssh }) => `${ssh.user}@${ssh.address}:${ssh.port}`),
    connections: "none",
    effect: "lvsgen reaches the host another way",
  },
  reassert: {
    compare: told("reload", ({ reassert }) => (reassert === 0 ? "only by hand" : `every ${reassert} s`)),
    connections: "none",
    effect: "a reload changes only what differs",
  },
  gateway: {
    compare: told("gateway", ({ gateway }) => gateway ?? "unknown"),
    connections: "at risk",
    effect: "answers may take another path",
  },
  routes: {
    compare: told(
      "routes",
      ({ routes }) => routes.map(({ to, via }) => `${to} via ${via}`).join(", ") || "none",
    ),
    connections: "at risk",
    effect: "packets to these networks take another path",
  },
  firewall: {
    compare: told("firewall", ({ firewall }) => firewall),
    connections: "kept",
    effect: "lvsgen adds or removes its own firewall rules only",
  },
  sysctls: {
    compare: told(
      "IPVS sysctls",
      ({ sysctls }) =>
        Object.entries(sysctls)
          .toSorted(([a], [b]) => (a < b ? -1 : 1))
          .map(([key, value]) => `${key} ${value}`)
          .join(", ") || "defaults",
    ),
    connections: "kept",
    effect: "the kernel uses them from the next packet on",
  },
};

export function compareHosts(before: Cluster, after: Cluster): Change[] {
  const changed = [...after.hosts].flatMap(([name, host]) => {
    const earlier = before.hosts.get(name);
    if (earlier !== undefined) return changesBy(hostAspects, `host ${name}`, earlier, host);
    return [
      {
        subject: `host ${name}`,
        what: "joins",
        connections: "none" as const,
        effect: "run its setup.sh before the directors send it anything",
      },
    ];
  });
  const gone = [...before.hosts.keys()].filter((name) => !after.hosts.has(name));
  return [
    ...changed,
    ...gone.map((name) => ({
      subject: `host ${name}`,
      what: "leaves",
      connections: "none" as const,
      effect: "when the directors have their new files, take lvsgen off it (lvsgen retire)",
    })),
  ];
}
