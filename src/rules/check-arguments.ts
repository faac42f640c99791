/** Rules about the arguments of script checks. */

import { keepalivedCommand, longestCommand } from "../base/keepalived-command.ts";
import { suggestion } from "../base/suggest.ts";
import { say } from "../languages/say.ts";
import { checkCommand, placeholders, placeholdersOf } from "../plan/check-command.ts";
import type { VirtualService } from "../topology/model.ts";
import type { Rule } from "./rule.ts";

const example = (...words: string[]) => `
        hosts:
          pi4: { interfaces: { eth0: 192.168.1.115/24 } }
        directors: { hosts: [pi1, pi4], engine: keepalived }
        virtualServices:
          - name: web
            healthCheck:
              type: script
              command: /usr/local/bin/check-web
              arguments:${words.map((word) => `\n                - "${word}"`).join("")}`;

const exampleOfIpv6 = (url: string) => `
        hosts:
          pi1: { interfaces: { eth0: [192.168.1.103/24, fd00::1/64] } }
          pi2: { interfaces: { eth0: [192.168.1.107/24, fd00::2/64] } }
          pi4: { interfaces: { eth0: [192.168.1.115/24, fd00::4/64] } }
        directors: { hosts: [pi1, pi4], engine: keepalived }
        virtualServices:
          - name: web
            vip: fd00::200
            realServers: [{ host: pi2 }]
            healthCheck:
              type: script
              command: /usr/bin/curl
              arguments: ["--fail", "${url}"]`;

/** Each sign takes five characters. */
const longArgument = "!".repeat(50);

/** An address in front of a port, without brackets. */
const bareEndpoint = /(?<!\[)\{address\}:(\{port\}|\d)/;

export const checkArgumentRules: readonly Rule[] = [
  {
    code: "LVS250",
    name: "unknown placeholder in a check's arguments",
    severity: "error",
    explain: {
      what: `
        An argument of a script check has a name in braces that is neither {address} nor {port}.`,
      why: `
        lvsgen replaces {address} and {port} by the address and the port of each real server. The program would get any
        other name with its braces, and would ask for a server of that name: every check fails, and every server is
        taken out.`,
      fix: `
        Use {address} or {port}. Names after % or $, as in %{http_code}, are left as they are.`,
      wrong: example("{host}"),
      right: example("{address}"),
    },
    check: ({ services }) =>
      services.flatMap(({ value: { healthCheck }, pointer }) =>
        [...(healthCheck?.arguments ?? []).entries()].flatMap(([index, argument]) =>
          unknownIn(argument).map((name) => ({
            pointer: `${pointer}/healthCheck/arguments/${index}`,
            message: say`unknown placeholder {${name}}`,
            hint: suggestion(name, placeholders, say`the placeholders are`),
          })),
        ),
      ),
  },
  {
    code: "LVS251",
    name: "check with too long arguments",
    severity: "error",
    explain: {
      what: `
        The program of a script check and its arguments are longer than ${longestCommand} characters in keepalived.conf. Quotes and
        some other characters take five there.`,
      why: `
        keepalived reads lines of at most 1023 bytes and cuts longer ones in two. Then a quote has no end: 2.2.7 crashes
        when it reads that, and other versions ignore the check.`,
      fix: `
        Write a script that has the arguments, and give it {address} and {port} only.`,
      wrong: example("{address}", longArgument, longArgument, longArgument, longArgument),
      right: example("{address}", "{port}"),
    },
    check: ({ cluster, intact }) =>
      cluster.services.flatMap((service) => {
        const length = longestLine(service);
        if (length <= longestCommand || !intact(service.pointer)) return [];
        return {
          pointer: `${service.pointer}/healthCheck/arguments`,
          message: say`the program and its arguments take ${length} characters in keepalived.conf: at most ${longestCommand} are allowed`,
          hint: say`write a script that has the arguments, and run that`,
        };
      }),
  },
  {
    code: "LVS252",
    name: "IPv6 address and port without brackets",
    severity: "warning",
    explain: {
      what: `
        An argument of a script check has {address}:{port}, and the real servers have IPv6 addresses.`,
      why: `
        The program gets fd00::21:80, which is another address without a port. Most programs then ask the wrong server,
        or none.`,
      fix: `
        Write the address in brackets, as in http://[{address}]:{port}/, or give both in arguments of their own.`,
      wrong: exampleOfIpv6("http://{address}:{port}/"),
      right: exampleOfIpv6("http://[{address}]:{port}/"),
    },
    check: ({ cluster }) =>
      cluster.services.flatMap(({ healthCheck, realServers, pointer }) => {
        if (!realServers.some(({ address }) => address.includes(":"))) return [];
        return [...(healthCheck?.arguments ?? []).entries()]
          .filter(([, argument]) => bareEndpoint.test(argument))
          .map(([index]) => ({
            pointer: `${pointer}/healthCheck/arguments/${index}`,
            message: say`an IPv6 address in front of a port has no brackets`,
            hint: say`write [{address}]:{port}`,
          }));
      }),
  },
];

/** Something else than a text was refused already. */
function unknownIn(argument: unknown): string[] {
  return typeof argument === "string"
    ? placeholdersOf(argument).filter((name) => !placeholders.includes(name))
    : [];
}

function longestLine({ healthCheck, realServers }: VirtualService): number {
  if (healthCheck === null) return 0;
  const lines = realServers.map((server) => keepalivedCommand(checkCommand(healthCheck, server)));
  return Math.max(0, ...lines.map(({ length }) => length));
}
