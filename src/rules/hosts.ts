/** Rules about one host and what its operating system can do. */

import { newestAnsible, oldestAnsible } from "../platforms/ansible-core.ts";
import { type Platform, packagingOf, platforms } from "../platforms/platforms.ts";
import type { Problem } from "../topology/diagnostics.ts";
import type { Host as HostInput } from "../topology/input.generated.ts";
import { settingPlace } from "./places.ts";
import type { Rule, RuleContext } from "./rule.ts";

export const hostRules: readonly Rule[] = [
  {
    code: "LVS101",
    name: "every host has an operating system",
    severity: "error",
    explain: {
      what: `
        A host names no operating system, neither itself nor through the defaults of all hosts.`,
      why: `
        The operating system says which kernel, and so which IPVS schedulers, a director has, which version of ipvsadm
        its script talks to, which init system starts it and which package manager setup.sh calls. None of them can be
        guessed: with the wrong one setup.sh would fail half-way on the host, or the unit would not start after a
        reboot.`,
      fix: `
        Give "os" with the host, or once in "defaults" for all. Where the host runs another kernel or another ipvsadm
        than its release ships, say so with "kernel" and "versions".`,
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
              message: `${host.name} has no operating system`,
              hint: 'give "os" here or in "defaults", for example "debian-12"',
            }
          : [],
      ),
  },
  {
    code: "LVS102",
    name: "a host's init system is one that its operating system has",
    severity: "error",
    explain: {
      what: `
        "init" asks for an init system that this release does not have.`,
      why: `
        An init.d script on a release without SysV init is a file that nothing runs, and a unit on one without systemd
        as well. By hand everything works; after the next reboot the VIP and the IPVS table are gone.`,
      fix: `
        Leave "init" out: the release's own init system is the default. To use the other one, choose a release that
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
          message: `${platform.title} does not have the init system ${init}`,
          hint: `it has ${platform.inits.join(" and ")}: leave "init" out for its own`,
        };
      }),
  },
  {
    code: "LVS103",
    name: "a host with reassert has systemd, whose timers do it",
    severity: "error",
    explain: {
      what: `
        "reassert" is set for a host whose init system is sysv.`,
      why: `
        Re-asserting is a systemd timer that calls reload, for hosts whose network manager drops addresses that it did
        not set itself: NetworkManager, systemd-networkd and dhcpcd may do so whenever a link comes back or a lease is
        renewed. SysV init has no timers. Without this error the host would seem to be guarded and would not be.`,
      fix: `
        Leave "reassert" out, or use systemd on this host. Where the network manager is the trouble, teach it to keep
        foreign addresses; KeepConfiguration does that in systemd-networkd.`,
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
          message: "reassert needs systemd's timers, and this host's init system is sysv",
          hint: "leave reassert out, or let the network manager keep addresses that it did not set",
        };
      }),
  },
  {
    code: "LVS104",
    name: "a host's operating system still has its package mirrors",
    severity: "warning",
    explain: {
      what: `
        The host's release is out of support, and its packages have left the mirrors that its package manager asks.`,
      why: `
        The cluster works as long as every program is there already. On a fresh host setup.sh has to install ipvsadm,
        the package manager gets only 404 Not Found, and setup.sh stops. Nothing of the host's network has been
        changed by then.`,
      fix: `
        Give the host packages.mirror.main, the archive that the hint names or a copy of it: setup.sh sets the host's
        own sources aside for it. Or install the programs beforehand, or upgrade the host. As a warning this does not
        stop rendering.`,
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
        const from = archive === null ? "" : ` (its project has ${archive})`;
        return {
          message: `${platform.title} has left its package mirrors: a program that is missing there cannot be installed from them`,
          hint: `where a program may have to be installed, give packages.mirror.main${from}, or upgrade`,
        };
      }),
  },
  {
    code: "LVS115",
    name: "every ansible-core can manage a host",
    severity: "warning",
    explain: {
      what: `
        The host's release brings a Python that newer releases of ansible-core do not run on, or none that any of them
        does.`,
      why: `
        Ansible copies its modules to the host and runs them with the host's Python. One that is too old fails with a
        SyntaxError or an import error that does not say so, at every task. Only the files in ansible/ are concerned:
        the host's own scripts and setup.sh need no Python.`,
      fix: `
        Use an ansible-core that the hint names; playbooks that lvsgen renders run on 2.14 and newer, and their first
        task checks it. Or use setup.sh, or upgrade the host. As a warning this does not stop rendering.`,
      wrong: `
        defaults: { os: rocky-8 }`,
      right: `
        defaults: { os: rocky-9 }`,
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
    name: "no host has a name that means something else to Ansible",
    severity: "error",
    explain: {
      what: `
        A host has the name of the folder in which lvsgen writes the Ansible project, of a group of Ansible's inventory,
        or of the controller itself.`,
      why: `
        Each host's files are in a folder of its name, beside ansible/: a host called ansible would share it. A host
        called all or directors cannot be told from the group of that name, so that --limit picks others too, and
        localhost is the machine that Ansible runs on.`,
      fix: `
        Give the host another name. It need not be the one that it calls itself.`,
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
          message: `${name} is ${meaning}`,
          hint: "give the host another name: it need not be the one that it calls itself",
        };
      }),
  },
];

/** Names that are no host's (ansible.builtin: groups that every inventory has; layout.ts, cluster-view.ts). */
const takenNames: ReadonlyMap<string, string> = new Map([
  ["ansible", "the folder of the Ansible project"],
  ["all", "Ansible's group of all hosts"],
  ["ungrouped", "Ansible's group of hosts without another group"],
  ["directors", "the inventory's group of directors"],
  ["localhost", "the machine that Ansible runs on"],
]);

function ansibleWords({ title, python }: Platform, newest: string): Omit<Problem, "pointer"> | null {
  if (newest === "any") return null;
  const others = "setup.sh needs none of it";
  return newest === "none"
    ? {
        message: `no ansible-core from ${oldestAnsible} on can manage ${title}, whose Python is ${python}`,
        hint: `use setup.sh there, and take the host out of Ansible's runs by --limit`,
      }
    : {
        message: `ansible-core can manage ${title} up to release ${newest}, as its Python is ${python}`,
        hint: `use ansible-core ${oldestAnsible} to ${newest} for it; ${others}`,
      };
}

/** Looks at a setting of every host, and names it where it stands: what all inherit is said once. */
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
