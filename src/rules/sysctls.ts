/** Rules about IPVS sysctls whose safe default was turned round. */

import { placedDirectors } from "./placed-directors.ts";
import { sysctlPlace } from "./places.ts";
import type { Rule } from "./rule.ts";

export const sysctlRules: readonly Rule[] = [
  {
    code: "LVS149",
    name: "connections of a removed real server end",
    severity: "warning",
    explain: {
      what: `
        The sysctls of a director turn expireNodestConn off.`,
      why: `
        A real server that is taken out of the table leaves its connections behind. Without expire_nodest_conn the
        kernel drops their packets without a word until they time out: a TCP client hangs for minutes instead of
        connecting anew. A UDP client is worse off: each packet that it sends from the same port keeps the old entry
        alive, so that a resolver can be stuck to a dead server for ever.`,
      fix: `
        Leave expireNodestConn out: lvsgen turns it on. Off is right where a server is taken out for moments only, and
        its connections are to go on when it is back; then give UDP services onePacket, or a short timeouts.udp.`,
      wrong: `
        sysctls: { expireNodestConn: false }`,
      right: `
        sysctls: { expireNodestConn: true }`,
    },
    check: (context) => {
      const places = new Map<string, string>();
      for (const { director, placed } of placedDirectors(context)) {
        if (director.sysctls.expireNodestConn === false) {
          places.set(sysctlPlace(placed, "expireNodestConn"), director.name);
        }
      }
      return [...places].map(([pointer, name]) => ({
        pointer,
        message: `clients of a removed real server hang on ${name} until their connections time out`,
        hint: "leave expireNodestConn out, which turns it on",
      }));
    },
  },
];
