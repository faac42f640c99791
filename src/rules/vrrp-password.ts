/** Rules about the password of VRRP. */

import { pointerOf } from "../base/json-pointer.ts";
import { say } from "../languages/say.ts";
import { isWholeSeconds } from "../plan/vrrp.ts";
import type { Cluster } from "../topology/model.ts";
import type { Rule } from "./rule.ts";
import { needsVersion3 } from "./vrrp-version.ts";

const place = pointerOf("directors", "vrrp");

export const vrrpPasswordRules: readonly Rule[] = [
  {
    code: "LVS202",
    name: "VRRP password with version 3",
    severity: "error",
    explain: {
      what: `
        directors.vrrp has an authPassword, and a moving address is IPv6 or advertInterval has a fraction. Both need
        VRRP version 3.`,
      why: `
        Version 3 has no authentication (RFC 9568, section 9): keepalived does not send the password. A reader of the
        topology would trust a password that no packet carries.`,
      fix: `
        Remove authPassword. To keep others from sending adverts, allow protocol 112 from the directors only, as "check"
        suggests.`,
      wrong: `
        hosts:
          pi4: { interfaces: { eth0: 192.168.1.115/24 } }
        directors:
          hosts: [pi1, pi4]
          engine: keepalived
          vrrp:
            advertInterval: 0.3
            authPassword: s3cr3t`,
      right: `
        hosts:
          pi4: { interfaces: { eth0: 192.168.1.115/24 } }
        directors:
          hosts: [pi1, pi4]
          engine: keepalived
          vrrp:
            advertInterval: 0.3`,
    },
    check: ({ cluster }) => {
      if (!hasPassword(cluster) || !needsVersion3(cluster)) return [];
      const { advertInterval } = cluster.directors.vrrp;
      return [
        {
          pointer: `${place}/authPassword`,
          message: isWholeSeconds(advertInterval)
            ? say`IPv6 addresses need VRRP version 3, which has no password`
            : say`adverts each ${advertInterval} s need VRRP version 3, which has no password`,
          hint: say`remove "authPassword"`,
        },
      ];
    },
  },
  {
    code: "LVS203",
    name: "VRRP password longer than 8 characters",
    severity: "error",
    explain: {
      what: `
        The authPassword of directors.vrrp is longer than 8 characters.`,
      why: `
        Eight bytes are all the packet has room for (RFC 2338, 5.3.6). keepalived cuts the rest off. Another router, or
        another keepalived, that does not do the same ignores its adverts: there are two masters.`,
      fix: `
        Shorten it, or remove it: it protects nothing (LVS204).`,
      wrong: `
        hosts:
          pi4: { interfaces: { eth0: 192.168.1.115/24 } }
        directors:
          hosts: [pi1, pi4]
          engine: keepalived
          vrrp: { authPassword: s3cr3t-and-long }`,
      right: `
        hosts:
          pi4: { interfaces: { eth0: 192.168.1.115/24 } }
        directors: { hosts: [pi1, pi4], engine: keepalived }`,
    },
    check: ({ cluster }) => {
      const length = cluster.directors.vrrp.authPassword?.reveal().length ?? 0;
      if (length <= longestPassword) return [];
      return [
        {
          pointer: `${place}/authPassword`,
          message: say`the password has ${length} characters: VRRP allows ${longestPassword}`,
          hint: say`shorten it, or remove it`,
        },
      ];
    },
  },
  {
    code: "LVS204",
    name: "VRRP password, which protects nothing",
    severity: "warning",
    explain: {
      what: `
        directors.vrrp has an authPassword.`,
      why: `
        Every advert carries it in the clear, and whoever can send to the directors can mostly listen to them too. It
        keeps out another cluster that has the same virtual router id by mistake, but no attacker, which is why the RFC
        dropped it (RFC 3768, section 10). And it makes the configuration file a secret.`,
      fix: `
        Remove it, and allow protocol 112 from the other directors only. As a warning this does not stop rendering.`,
      wrong: `
        hosts:
          pi4: { interfaces: { eth0: 192.168.1.115/24 } }
        directors:
          hosts: [pi1, pi4]
          engine: keepalived
          vrrp: { authPassword: s3cr3t }`,
      right: `
        hosts:
          pi4: { interfaces: { eth0: 192.168.1.115/24 } }
        directors: { hosts: [pi1, pi4], engine: keepalived }`,
    },
    check: ({ cluster }) => {
      const length = cluster.directors.vrrp.authPassword?.reveal().length ?? 0;
      if (!hasPassword(cluster) || needsVersion3(cluster) || length > longestPassword) return [];
      return [
        {
          pointer: `${place}/authPassword`,
          message: say`VRRP sends the password in the clear: it protects nothing`,
          hint: say`remove it, and allow protocol 112 from the other directors only`,
        },
      ];
    },
  },
  {
    code: "LVS209",
    name: "password not found",
    severity: "error",
    explain: {
      what: `
        directors.vrrp.authPassword, or the password of a BGP neighbor, names an environment variable or a file, and no
        password can be read from it.`,
      why: `
        keepalived.conf and bird.conf hold the password itself. Without it directors would ignore each other's adverts,
        and each would be master; routers would not answer.`,
      fix: `
        Set the variable for lvsgen, or write the password into the file, whose path is relative to the topology's
        folder. Keep both out of version control.`,
      wrong: `
        hosts:
          pi4: { interfaces: { eth0: 192.168.1.115/24 } }
        directors:
          hosts: [pi1, pi4]
          engine: keepalived
          vrrp: { authPassword: { env: VRRP_PASSWORD_THAT_NOBODY_SET } }`,
      right: `
        hosts:
          pi4: { interfaces: { eth0: 192.168.1.115/24 } }
        directors:
          hosts: [pi1, pi4]
          engine: keepalived
          vrrp: { advertInterval: 1 }`,
    },
    check: ({ secrets }) =>
      secrets.flatMap(({ pointer, problem }) =>
        problem === null
          ? []
          : {
              pointer,
              message: problem,
              hint: say`set the variable or write the file; its path is relative to the topology's folder`,
            },
      ),
  },
];

/** Bytes of authentication data (RFC 2338, 5.3.6). */
const longestPassword = 8;

function hasPassword({ directors }: Cluster): boolean {
  return directors.engine === "keepalived" && directors.vrrp.authPassword !== null;
}
