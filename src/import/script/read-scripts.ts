/** Hand-written scripts, a director's and perhaps a real server's -> facts about the cluster. */

import { canonicalIp, netmaskPrefix } from "../../topology/addresses.ts";
import { nothingObserved, tableResult } from "../ipvsadm/read-ipvsadm.ts";
import { IpvsTable } from "../ipvsadm/table.ts";
import type { Notes } from "../notes.ts";
import type { CarriedAddress, MarkedPorts, Observed } from "../observed.ts";
import type { Source } from "../place.ts";
import { type SimpleCommand, shellCommands } from "./shell-lines.ts";

interface Found {
  readonly table: IpvsTable;
  readonly carried: CarriedAddress[];
  readonly marks: MarkedPorts[];
  masquerades: boolean;
}

type Take = (command: SimpleCommand, found: Found, notes: Notes) => void;

/** Other lines of a script, with what lvsgen does instead. */
const own = (instead: string): Take => {
  return ({ program, words, place }, _found, notes) =>
    notes.leftOut(
      place,
      `${[program, ...words.map(({ text }) => text)].join(" ").slice(0, 80)}: ${instead}`,
      "no change is needed, unless it was for something else",
    );
};

const programs: Readonly<Record<string, Take>> = {
  ipvsadm: ({ words, unknown, place }, { table }, notes) => {
    const [first] = unknown;
    if (first !== undefined)
      notes.notUnderstood(
        place,
        `the value of ${first} is known only when the script runs`,
        "replace it with its value, or import 'ipvsadm -Sn'",
      );
    else if (words.length > 0)
      table.call(
        words.filter(({ text }) => !/^[<>]/.test(text)),
        place,
      );
  },
  ifconfig: takeIfconfig,
  ip: takeIp,
  iptables: takeIptables,
  ip6tables: takeIptables,
  route: own("lvsgen adds the routes that are needed"),
  sysctl: own("lvsgen sets the kernel's settings that its methods need"),
  modprobe: own("lvsgen loads the modules that it needs"),
  ifup: own("lvsgen does not bring interfaces up or down"),
  ifdown: own("lvsgen does not bring interfaces up or down"),
  arping: own("lvsgen announces a VIP that it adds"),
  echo: (command, found, notes) => {
    const target = command.words.find(({ text }) => /^>/.test(text))?.text ?? "";
    if (target.includes("/proc/sys/"))
      own("lvsgen sets the kernel's settings that its methods need")(command, found, notes);
    else if (target !== "") own("the import does not read the file")(command, found, notes);
  },
};

/** Words of the shell, and commands that change nothing in a topology. */
const shellWords = new Set([
  ...[
    "case",
    "esac",
    "fi",
    "done",
    "exit",
    "return",
    "break",
    "continue",
    "shift",
    "set",
    "unset",
    "trap",
    "wait",
  ],
  ...[
    ".",
    "source",
    "printf",
    "sleep",
    "true",
    "false",
    ":",
    "test",
    "[",
    "[[",
    "function",
    "cat",
    "basename",
    "if",
  ],
  ...[
    "read",
    "local",
    "touch",
    "rm",
    "for",
    "while",
    "do",
    "then",
    "else",
    "start",
    "stop",
    "success",
    "failure",
  ],
]);

export function readScripts(sources: readonly [Source, ...Source[]], notes: Notes): Observed {
  const found: Found = { table: new IpvsTable(notes), carried: [], marks: [], masquerades: false };
  for (const source of sources) {
    const { commands, cut } = shellCommands(source);
    for (const command of commands) take(command, found, notes);
    if (cut !== null)
      notes.notUnderstood(
        cut,
        "too many turns of loops: the rest of the script is ignored",
        "import 'ipvsadm -Sn' instead",
      );
  }
  const result = tableResult(found.table);
  const { carried, marks, masquerades } = found;
  // A script without thresholds sets none.
  return { ...nothingObserved(sources[0]), ...result, carried, marks, masquerades, tellsThresholds: true };
}

function take(command: SimpleCommand, found: Found, notes: Notes): void {
  const { program, place } = command;
  const reader = Object.hasOwn(programs, program) ? programs[program] : undefined;
  if (reader !== undefined) reader(command, found, notes);
  else if (!shellWords.has(program) && !/^[\w-]+\(\)?$|[)(}{*;]|^[<>-]/.test(program))
    notes.notUnderstood(
      place,
      `${program.slice(0, 60)}: unknown command`,
      "if the cluster needs it, keep it by hand",
    );
}

/** `ifconfig eth0:0 ADDRESS[/BITS] [netmask MASK] … up`. */
function takeIfconfig({ words, unknown, place }: SimpleCommand, { carried }: Found, notes: Notes): void {
  const [name, first, ...rest] = words.map(({ text }) => text);
  const [address = "", bits] = (first ?? "").split("/");
  const ip = canonicalIp(address);
  if (name === undefined || ip === null) {
    if (unknown.length > 0)
      notes.notUnderstood(place, `unknown value of ${unknown[0]}`, "replace it with its value");
    return;
  }
  const mask = rest[rest.indexOf("netmask") + 1] ?? "";
  const prefix = bits === undefined ? (rest.includes("netmask") ? netmaskPrefix(mask) : null) : Number(bits);
  carry({ ip, prefix, interface: name, virtualRouterId: null, place }, carried);
}

/** `ip addr add ADDRESS/BITS … dev NAME`; the rest of ip is about routes and rules. */
function takeIp(command: SimpleCommand, found: Found, notes: Notes): void {
  const words = command.words.map(({ text }) => text).filter((text) => !/^-/.test(text));
  const [object = "", verb = "", ...rest] = words;
  if (!/^a(ddr(ess)?)?$/.test(object)) {
    if (!/^(l|r|n)/.test(object) || /^(a|re|c)/.test(verb))
      own("lvsgen adds the routes that are needed")(command, found, notes);
    return;
  }
  if (!/^(a(dd)?|replace)$/.test(verb)) return;
  const [address = "", bits] = (rest.find((word) => /^[0-9a-f:.]+(\/\d+)?$/i.test(word)) ?? "").split("/");
  const ip = canonicalIp(address);
  const name = rest[rest.indexOf("dev") + 1];
  if (ip === null || name === undefined || !rest.includes("dev"))
    notes.notUnderstood(command.place, "unreadable address", "replace it with its value");
  else
    carry(
      {
        ip,
        prefix: bits === undefined ? 32 : Number(bits),
        interface: name,
        virtualRouterId: null,
        place: command.place,
      },
      found.carried,
    );
}

/** On lo it is a real server's, not the director's. `eth0:1` is a label of eth0. */
function carry(address: CarriedAddress, carried: CarriedAddress[]): void {
  const name = (address.interface ?? "").replace(/:.*$/, "");
  if (name !== "lo") carried.push({ ...address, interface: name });
}

function takeIptables(command: SimpleCommand, found: Found, notes: Notes): void {
  const words = command.words.map(({ text }) => text);
  const after = (...names: string[]) =>
    names.map((name) => words[words.indexOf(name) + 1]).find((_, at) => words.includes(names[at] ?? ""));
  const target = after("-j", "--jump");
  if (target === "MASQUERADE") found.masquerades = true;
  else if (target === "MARK") {
    const value = Number(after("--set-mark", "--set-xmark")?.split("/")[0]);
    const protocol = after("-p", "--protocol");
    const vip = canonicalIp((after("-d", "--destination") ?? "").replace(/\/(32|128)$/, ""));
    const ports = (after("--dport", "--dports", "--destination-port") ?? "").split(",").filter(Boolean);
    if (
      Number.isInteger(value) &&
      value > 0 &&
      (protocol === "tcp" || protocol === "udp" || protocol === "sctp") &&
      ports.every((port) => /^\d+([:-]\d+)?$/.test(port))
    )
      found.marks.push({
        value,
        vip,
        protocol,
        ports: ports.map((port) => (/^\d+$/.test(port) ? Number(port) : port.replace(":", "-"))),
        place: command.place,
      });
    else
      notes.notUnderstood(
        command.place,
        "unreadable firewall rule that sets a mark",
        "set vip and ports by hand",
      );
  } else own("lvsgen adds the rules that its services need, and never flushes")(command, found, notes);
}
