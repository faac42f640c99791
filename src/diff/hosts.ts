/** Hosts of two clusters. */

import { listed } from "../base/counted.ts";
import { phrase, say } from "../languages/say.ts";
import type { Cluster, Host } from "../topology/model.ts";
import { type Aspects, type Change, changesBy, told } from "./change.ts";

const hostAspects: Aspects<Host> = {
  // Hosts are matched by this.
  name: null,
  platform: {
    compare: told(phrase`operating system`, ({ platform }) => platform.id),
    connections: "none",
    effect: phrase`its files are for the new system; lvsgen does not install it`,
  },
  init: {
    compare: told(phrase`init system`, ({ init }) => init),
    connections: "at risk",
    effect: phrase`stop and uninstall the old service first, or both start it`,
  },
  kernel: {
    compare: told(phrase`kernel`, ({ kernel }) => kernel),
    connections: "none",
    effect: phrase`lvsgen uses the features of this kernel; it does not install it`,
  },
  addresses: {
    compare: told(phrase`addresses`, ({ addresses }) =>
      listed(addresses.map((own) => `${own.interface} ${own.ip}/${own.prefix}`)),
    ),
    connections: "at risk",
    effect: phrase`lvsgen does not change a host's own addresses: do that first; connections to an old address end`,
  },
  macs: {
    compare: told(phrase`MAC addresses`, ({ macs }) => listed(macs) || say`unknown`),
    connections: "kept",
    effect: phrase`directors recognise each other's packets by them`,
  },
  webServer: {
    compare: told(phrase`web server`, ({ webServer }) => webServer?.kind ?? say`none from lvsgen`),
    connections: "at risk",
    effect: phrase`setup.sh installs or removes the web server`,
  },
  mirrors: {
    compare: told(
      phrase`package mirrors`,
      ({ mirrors }) =>
        Object.entries(mirrors)
          .flatMap(([key, value]) => (value === null ? [] : `${key} ${value}`))
          .join(", ") || say`the host's own`,
    ),
    connections: "none",
    effect: phrase`packages come from other mirrors`,
  },
  ipvsadm: {
    compare: told(phrase`ipvsadm`, ({ ipvsadm }) =>
      ipvsadm.kind === "package" ? say`package ${ipvsadm.name}` : say`built from ${ipvsadm.tarball}`,
    ),
    connections: "kept",
    effect: phrase`setup.sh installs another ipvsadm; the kernel's table stays`,
  },
  ssh: {
    compare: told(phrase`ssh`, ({ ssh }) => `${ssh.user}@${ssh.address}:${ssh.port}`),
    connections: "none",
    effect: phrase`lvsgen reaches the host another way`,
  },
  reassert: {
    compare: told(phrase`reload`, ({ reassert }) =>
      reassert === 0 ? say`only by hand` : say`every ${reassert} s`,
    ),
    connections: "none",
    effect: phrase`a reload changes only what differs`,
  },
  gateway: {
    compare: told(phrase`gateway`, ({ gateway }) => gateway ?? say`unknown`),
    connections: "at risk",
    effect: phrase`answers may take another path`,
  },
  routes: {
    compare: told(
      phrase`routes`,
      ({ routes }) => listed(routes.map(({ to, via }) => say`${to} via ${via}`)) || say`none`,
    ),
    connections: "at risk",
    effect: phrase`packets to these networks take another path`,
  },
  firewall: {
    compare: told(phrase`firewall`, ({ firewall }) => firewall),
    connections: "kept",
    effect: phrase`lvsgen adds or removes its own firewall rules only`,
  },
  sysctls: {
    compare: told(
      phrase`IPVS sysctls`,
      ({ sysctls }) =>
        Object.entries(sysctls)
          .toSorted(([a], [b]) => (a < b ? -1 : 1))
          .map(([key, value]) => `${key} ${value}`)
          .join(", ") || say`defaults`,
    ),
    connections: "kept",
    effect: phrase`the kernel uses them from the next packet on`,
  },
};

export function compareHosts(before: Cluster, after: Cluster): Change[] {
  const changed = [...after.hosts].flatMap(([name, host]) => {
    const earlier = before.hosts.get(name);
    if (earlier !== undefined) return changesBy(hostAspects, say`host ${name}`, earlier, host);
    return [
      {
        subject: say`host ${name}`,
        what: say`joins`,
        connections: "none" as const,
        effect: say`run its setup.sh before the directors send it anything`,
      },
    ];
  });
  const gone = [...before.hosts.keys()].filter((name) => !after.hosts.has(name));
  return [
    ...changed,
    ...gone.map((name) => ({
      subject: say`host ${name}`,
      what: say`leaves`,
      connections: "none" as const,
      effect: say`when the directors have their new files, take lvsgen off it (lvsgen retire)`,
    })),
  ];
}
