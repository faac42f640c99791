/** Rules about one host and what its operating system can do. */

import { listed } from "../base/counted.ts";
import { inLanguage, phrase, say } from "../languages/say.ts";
import { newestAnsible, oldestAnsible } from "../platforms/ansible-core.ts";
import { type Platform, packagingOf, platforms } from "../platforms/platforms.ts";
import type { Problem } from "../topology/diagnostics.ts";
import type { Host as HostInput } from "../topology/input.generated.ts";
import { settingPlace } from "./places.ts";
import type { Rule, RuleContext } from "./rule.ts";

export const hostRules: readonly Rule[] = [
  {
    code: "LVS101",
    name: "host without an operating system",
    severity: "error",
    explain: {
      what: `
        A host has no "os", neither its own nor one from "defaults".`,
      why: `
        The operating system says which kernel, and so which IPVS schedulers, a director has, which version of ipvsadm
        its script talks to, which init system starts it and which package manager setup.sh calls. lvsgen cannot guess
        them: with the wrong one setup.sh would fail half-way, or the unit would not start after a reboot.`,
      fix: `
        Set "os" on the host, or once in "defaults" for all. If the host runs another kernel or ipvsadm than its release
        ships, set "kernel" and "versions" too.`,
      wrong: `
        defaults: {}`,
      right: `
        defaults: { os: debian-12 }`,
    },
    check: ({ hosts, intact }) =>
      hosts.flatMap((host) =>
        host.merged.os === undefined && intact("/defaults/os")
          ? {
              pointer: `${host.pointer}/os`,
              message: say`${host.name} has no operating system`,
              hint: say`add "os" here or in "defaults", for example "debian-12"`,
            }
          : [],
      ),
  },
  {
    code: "LVS102",
    name: "init system that the operating system does not have",
    severity: "error",
    explain: {
      what: `
        "init" asks for an init system that this release does not have.`,
      why: `
        Nothing runs an init.d script on a release without SysV init, or a unit on one without systemd. Started by hand
        everything works; after the next reboot the VIP and the IPVS table are gone.`,
      fix: `
        Remove "init": the default is the release's own init system. To use the other one, choose a release that
        has it.`,
      wrong: `
        hosts:
          pi2: { os: centos-9, init: sysv, interfaces: { eth0: 192.168.1.107/24 } }`,
      right: `
        hosts:
          pi2: { os: centos-9, interfaces: { eth0: 192.168.1.107/24 } }`,
    },
    check: (context) =>
      onSettings(context, "init", ({ os = "", init }) => {
        const platform = platforms.get(os);
        if (platform === undefined || init === undefined || platform.inits.includes(init)) return null;
        return {
          message: say`${platform.title} does not have the init system ${init}`,
          hint: say`remove "init" for the default; it has ${listed(platform.inits, "and")}`,
        };
      }),
  },
  {
    code: "LVS103",
    name: "reassert on a host without systemd",
    severity: "error",
    explain: {
      what: `
        "reassert" is set for a host whose init system is sysv.`,
      why: `
        Re-asserting is a systemd timer that calls reload, for hosts whose network manager drops addresses that it did
        not set itself: NetworkManager, systemd-networkd and dhcpcd may do so whenever a link comes back or a lease is
        renewed. SysV init has no timers, so that the setting would have no effect.`,
      fix: `
        Remove "reassert", or use systemd on this host. If the network manager drops addresses, configure it to keep
        them; KeepConfiguration does that in systemd-networkd.`,
      wrong: `
        hosts:
          pi2: { init: sysv, reassert: 60, interfaces: { eth0: 192.168.1.107/24 } }`,
      right: `
        hosts:
          pi2: { init: systemd, reassert: 60, interfaces: { eth0: 192.168.1.107/24 } }`,
    },
    check: (context) =>
      onSettings(context, "reassert", ({ os = "", init, reassert = 0 }) => {
        const own = init ?? platforms.get(os)?.inits[0];
        if (own !== "sysv" || reassert === 0) return null;
        return {
          message: say`reassert needs systemd's timers, and this host's init system is sysv`,
          hint: say`remove "reassert", or configure the network manager to keep addresses that it did not set`,
        };
      }),
  },
  {
    code: "LVS104",
    name: "operating system whose packages have left the mirrors",
    severity: "warning",
    explain: {
      what: `
        The host's release is out of support, and the mirrors that its package manager uses no longer have its packages.`,
      why: `
        The cluster works as long as every program is installed already. On a fresh host setup.sh has to install
        ipvsadm, the package manager gets only 404 Not Found, and setup.sh stops before it changes the network.`,
      fix: `
        Set packages.mirror.main to the archive in the hint or to a copy of it: setup.sh sets the host's own sources
        aside for it. Or install the programs beforehand, or upgrade the host. As a warning this does not stop
        rendering.`,
      wrong: `
        defaults: { os: debian-9 }`,
      right: `
        defaults: { os: debian-12 }`,
    },
    check: (context) =>
      onSettings(context, "os", ({ os = "", packages }) => {
        const platform = platforms.get(os);
        if (!platform?.archived || packages?.mirror?.main !== undefined) return null;
        const { archive } = packagingOf(platform).distribution;
        return {
          message: say`the package mirrors no longer have ${platform.title}: a missing program cannot be installed from them`,
          hint:
            archive === null
              ? say`set packages.mirror.main, install the programs beforehand, or upgrade`
              : say`set packages.mirror.main (the project's archive is ${archive}), install the programs beforehand, or upgrade`,
        };
      }),
  },
  {
    code: "LVS115",
    name: "host that some releases of ansible-core cannot manage",
    severity: "warning",
    explain: {
      what: `
        The host's release has a Python that newer releases of ansible-core, or all of them, do not support.`,
      why: `
        Ansible copies its modules to the host and runs them with the host's Python. With a Python that is too old,
        every task fails with a SyntaxError or an import error that does not name the cause. This concerns the files in
        ansible/ only: the host's own scripts and setup.sh need no Python.`,
      fix: `
        Use an ansible-core that the hint names; playbooks that lvsgen renders run on 2.14 and newer, and their first
        task checks it. Or use setup.sh, or upgrade the host. As a warning this does not stop rendering.`,
      wrong: `
        defaults: { os: rocky-8, reassert: 60 }`,
      right: `
        defaults: { os: rocky-9, reassert: 60 }`,
    },
    check: (context) =>
      onSettings(context, "os", ({ os = "" }) => {
        const platform = platforms.get(os);
        if (platform === undefined) return null;
        return ansibleWords(platform, newestAnsible(platform));
      }),
  },
  {
    code: "LVS116",
    name: "host name that Ansible reserves",
    severity: "error",
    explain: {
      what: `
        A host has the name of the folder in which lvsgen writes the Ansible project, of a group of Ansible's inventory,
        or of the controller itself.`,
      why: `
        Each host's files are in a folder of its name, beside ansible/: a host called ansible would share it. A host
        called all or directors cannot be distinguished from the group of that name, so that --limit picks others too,
        and localhost is the machine that Ansible runs on.`,
      fix: `
        Give the host another name. It may differ from its hostname.`,
      wrong: `
        hosts:
          ansible: { os: debian-12, interfaces: { eth0: 192.168.1.109/24 } }`,
      right: `
        hosts:
          control: { os: debian-12, interfaces: { eth0: 192.168.1.109/24 } }`,
    },
    check: ({ hosts }) =>
      hosts.flatMap(({ name, pointer }) => {
        const meaning = takenNames.get(name);
        if (meaning === undefined) return [];
        return {
          pointer,
          message: say`reserved host name ${JSON.stringify(name)}: ${inLanguage(meaning)}`,
          hint: say`give the host another name; it may differ from its hostname`,
        };
      }),
  },
];

/** Names that are no host's (ansible.builtin: groups that every inventory has; layout.ts, cluster-view.ts). */
const takenNames: ReadonlyMap<string, string> = new Map([
  ["ansible", phrase`the folder of the Ansible project`],
  ["all", phrase`Ansible's group of all hosts`],
  ["ungrouped", phrase`Ansible's group of hosts without another group`],
  ["directors", phrase`the inventory's group of directors`],
  ["localhost", phrase`the machine that Ansible runs on`],
]);

function ansibleWords({ title, python }: Platform, newest: string): Omit<Problem, "pointer"> | null {
  if (newest === "any") return null;
  const others = say`setup.sh needs none of it`;
  return newest === "none"
    ? {
        message: say`no ansible-core from ${oldestAnsible} on can manage ${title}, whose Python is ${python}`,
        hint: say`use setup.sh there, and exclude the host from Ansible's runs with --limit`,
      }
    : {
        message: say`ansible-core can manage ${title} up to release ${newest}, as its Python is ${python}`,
        hint: say`use ansible-core ${oldestAnsible} to ${newest} for it; ${others}`,
      };
}

/** Checks a setting of every host, and reports it where it is written: an inherited one once. */
function onSettings(
  { topology, hosts }: RuleContext,
  key: keyof HostInput,
  check: (merged: HostInput) => Omit<Problem, "pointer"> | null,
): Problem[] {
  const problems = new Map<string, Problem>();
  for (const host of hosts) {
    const words = check(host.merged);
    if (words === null) continue;
    const pointer = settingPlace(topology, host, key);
    problems.set(pointer, { ...words, pointer });
  }
  return [...problems.values()];
}
