/** Rules about IPVS sysctls whose safe default is turned off. */

import { say } from "../languages/say.ts";
import { placedDirectors } from "./placed-directors.ts";
import { sysctlPlace } from "./places.ts";
import type { Rule } from "./rule.ts";

export const sysctlRules: readonly Rule[] = [
  {
    code: "LVS149",
    name: "connections that outlive their real server",
    severity: "warning",
    explain: {
      what: `
        The sysctls of a director turn expireNodestConn off.`,
      why: `
        A real server that leaves the table leaves its connections behind. Without expire_nodest_conn the kernel
        silently drops their packets until they time out: a TCP client hangs for minutes instead of connecting again.
        For a UDP client it is worse: each packet that it sends from the same port keeps the old entry alive, so that a
        resolver can be stuck to a dead server for ever.`,
      fix: `
        Remove "expireNodestConn": lvsgen turns it on. Off is right if servers leave for moments only and their
        connections should go on when they are back; then give UDP services onePacket, or a short timeouts.udp.`,
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
        message: say`clients of a removed real server hang on ${name} until their connections time out`,
        hint: say`remove "expireNodestConn": lvsgen turns it on`,
      }));
    },
  },
];
