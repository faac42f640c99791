/** Hand-written scripts, a director's and perhaps a real server's -> what they say of the cluster. */

import { canonicalIp, netmaskPrefix } from "../../topology/addresses.ts";
import { nothingObserved, tableResult } from "../ipvsadm/read-ipvsadm.ts";
import { IpvsTable } from "../ipvsadm/table.ts";
import { ImportError, type Notes } from "../notes.ts";
import type { CarriedAddress, MarkedPorts, Observed } from "../observed.ts";
import { type Source, startOf } from "../place.ts";
import { type SimpleCommand, shellCommands } from "./shell-lines.ts";

interface Found {
  readonly table: IpvsTable;
  readonly carried: CarriedAddress[];
  readonly marks: MarkedPorts[];
  masquerades: boolean;
}

type Take = (command: SimpleCommand, found: Found, notes: Notes) => void;

/** What a script's other lines are for, and what lvsgen does in their place. */
const own = (instead: string): Take => {
  return ({ program, words, place }, _found, notes) =>
    notes.leftOut(
      place,
      `${[program, ...words.map(({ text }) => text)].join(" ").slice(0, 80)}: ${instead}`,
      "nothing, unless it was for something else",
    );
};

const programs: Readonly<Record<string, Take>> = {
  ipvsadm: ({ words, unknown, place }, { table }, notes) => {
    const [first] = unknown;
    if (first !== undefined)
      notes.notUnderstood(
        place,
        `what ${first} stands for is known only when the script runs`,
        "write it out, or import 'ipvsadm -Sn'",
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
  route: own("the route follows from the address, and lvsgen sets what is needed"),
  sysctl: own("lvsgen sets the kernel's settings that its methods need"),
  modprobe: own("lvsgen loads the modules that it needs"),
  ifup: own("lvsgen takes no interface up or down"),
  ifdown: own("lvsgen takes no interface up or down"),
  arping: own("lvsgen announces a VIP that it adds"),
  echo: (command, found, notes) => {
    const target = command.words.find(({ text }) => /^>/.test(text))?.text ?? "";
    if (target.includes("/proc/sys/"))
      own("lvsgen sets the kernel's settings that its methods need")(command, found, notes);
    else if (target !== "") own("the file is not looked at")(command, found, notes);
  },
};

/** Of the shell itself, or for people: they change nothing that a topology would have. */
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

/** @throws ImportError where none of the scripts adds a virtual service */
export function readScripts(sources: readonly [Source, ...Source[]], notes: Notes): Observed {
  const found: Found = { table: new IpvsTable(notes), carried: [], marks: [], masquerades: false };
  for (const source of sources) {
    const { commands, cut } = shellCommands(source);
    for (const command of commands) take(command, found, notes);
    if (cut !== null)
      notes.notUnderstood(
        cut,
        "its loops go round too often to follow them: the rest is not read",
        "import 'ipvsadm -Sn' instead",
      );
  }
  const result = tableResult(found.table);
  if (result.services.length === 0)
    throw new ImportError(
      startOf(sources[0]),
      "no line of it adds a virtual service (ipvsadm -A)",
      "import the director's script, or what 'ipvsadm -Sn' prints there",
    );
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
      `${program.slice(0, 60)}: what it does is not looked at`,
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
      notes.notUnderstood(place, `what ${unknown[0]} stands for is not known`, "write it out");
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
      own("the route follows from the address, and lvsgen sets what is needed")(command, found, notes);
    return;
  }
  if (!/^(a(dd)?|replace)$/.test(verb)) return;
  const [address = "", bits] = (rest.find((word) => /^[0-9a-f:.]+(\/\d+)?$/i.test(word)) ?? "").split("/");
  const ip = canonicalIp(address);
  const name = rest[rest.indexOf("dev") + 1];
  if (ip === null || name === undefined || !rest.includes("dev"))
    notes.notUnderstood(command.place, "the address that is added cannot be read", "write it out");
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

/** On lo it is a real server's, and says nothing of the director. `eth0:1` is a label of eth0. */
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
        "the rule that sets a mark cannot be read",
        "set vip and ports by hand",
      );
  } else own("lvsgen adds the rules that its services need, and never flushes")(command, found, notes);
}
