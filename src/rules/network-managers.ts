/** Rules about what manages a director's network beside its script. */

import { pointerOf } from "../base/json-pointer.ts";
import { inLanguage, say } from "../languages/say.ts";
import { networkManagerOf } from "../platforms/network-managers.ts";
import type { Rule } from "./rule.ts";

export const networkManagerRules: readonly Rule[] = [
  {
    code: "LVS117",
    name: "network manager removes the VIP of a director, and nothing restores it",
    severity: "warning",
    explain: {
      what: `
        NetworkManager or systemd-networkd manages the network of a director with the engine ipvsadm, by what its
        system installs, and the director has no "reassert".`,
      why: `
        Each of them knows the addresses of its interfaces, and the VIP is not among them. When a connection is
        activated or reapplied, when networkd restarts or netplan applies, they remove what they did not set. The
        services stay in the IPVS table, but nobody answers ARP for the VIP until somebody runs the script. keepalived
        notices such a loss by itself.`,
      fix: `
        Set reassert: 60 on the director: a timer then runs the script every minute. Or set KeepConfiguration=yes in
        networkd's file of the interface, or add the VIP to the profile of NetworkManager.`,
      wrong: `
        hosts:
          pi1: { os: rocky-9, interfaces: { eth0: 192.168.1.114/24 } }`,
      right: `
        hosts:
          pi1: { os: rocky-9, reassert: 60, interfaces: { eth0: 192.168.1.114/24 } }`,
    },
    check: ({ cluster, intact }) => {
      const { directors, hosts, services } = cluster;
      if (directors.engine !== "ipvsadm" || services.length === 0) return [];
      // VIPs that directors announce are on lo, which these leave alone.
      if (directors.announce !== null) return [];
      return directors.hosts.flatMap((name) => {
        const host = hosts.get(name);
        const manager = host === undefined ? null : networkManagerOf(host.platform);
        const pointer = pointerOf("hosts", name);
        if (host === undefined || manager === null || host.reassert > 0) return [];
        if (!intact(pointer) || !intact("/defaults")) return [];
        return {
          pointer,
          message: say`${manager.title} of ${host.platform.title} can remove the VIP from the director ${name}, and nothing restores it`,
          hint: say`set "reassert": 60, or ${inLanguage(manager.remedy)}`,
        };
      });
    },
  },
];
