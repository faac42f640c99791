/** Hand-written scripts, a director's and perhaps a real server's -> facts about the cluster. */

import { inLanguage, phrase, say } from "../../languages/say.ts";
import { nothingObserved, tableResult } from "../ipvsadm/read-ipvsadm.ts";
import { IpvsTable } from "../ipvsadm/table.ts";
import { type ImportNote, Notes } from "../notes.ts";
import type { Observed } from "../observed.ts";
import { type Source, startOf } from "../place.ts";
import { recognise } from "../recognise.ts";
import { templateIn } from "../templates.ts";
import { tellBranches } from "./branches.ts";
import { addressesOf, routesOf } from "./director.ts";
import { answered, type Found, type Take } from "./found.ts";
import type { Gap, SimpleCommand } from "./machine.ts";
import { masquerades } from "./masquerade.ts";
import { type ShellText, shellCommands } from "./shell-commands.ts";
import { takeIfconfig, takeIp, takeRouteCommand } from "./take-addresses.ts";
import { takeIptables, takeNft } from "./take-firewall.ts";
import { isIpvsadm, lostInGap, takeCalls } from "./take-ipvsadm.ts";
import { typographic } from "./typographic.ts";

const settings = answered(phrase`lvsgen sets the kernel's settings that its methods need`);
const interfaces = answered(phrase`lvsgen does not bring interfaces up or down`);

const programs: Readonly<Record<string, Take>> = {
  ifconfig: takeIfconfig,
  ip: takeIp,
  iptables: takeIptables,
  ip6tables: takeIptables,
  nft: takeNft,
  route: takeRouteCommand,
  sysctl: settings,
  modprobe: answered(phrase`lvsgen loads the modules that it needs`),
  ifup: interfaces,
  ifdown: interfaces,
  arping: answered(phrase`lvsgen announces a VIP that it adds`),
  echo: takeWritten,
  printf: takeWritten,
  cat: takeWritten,
};

function takeWritten(...[command, found, notes]: Parameters<Take>): void {
  if (command.writes.some((name) => name.includes("/proc/sys/"))) settings(command, found, notes);
  else if (command.writes.some((name) => !name.startsWith("/dev/")))
    answered(phrase`the import does not read the file`)(command, found, notes);
}

/** Commands that change nothing in a topology. */
const harmless = new Set([
  ..."sleep wait kill killall ps pgrep pidof grep egrep sed awk cut tr sort head tail wc tee date hostname uname id".split(
    " ",
  ),
  ..."touch rm mkdir rmdir cp mv chmod chown ls cd pwd test which type command logger clear tput stty umask ulimit".split(
    " ",
  ),
  ..."success failure daemon action log_daemon_msg log_end_msg log_action_msg log_success_msg log_failure_msg".split(
    " ",
  ),
  ..."status killproc pidofproc checkpid start-stop-daemon chkconfig ping".split(" "),
]);

/** evaluate -> addresses, rules, routes and calls of each script -> what they mean together. */
export function readScripts(sources: readonly [Source, ...Source[]], notes: Notes): Observed {
  const own = new Notes();
  const found: Found = { table: new IpvsTable(own), addresses: [], marks: [], sourceRules: [], routes: [] };
  const scripts = sources.filter((source) => recognise(source) === "script");
  const { texts, unread } = shellCommands(scripts, sources);
  for (const source of unread)
    own.notUnderstood(
      startOf(source),
      say`no script reads this file: nothing of it is imported`,
      say`import it alone`,
    );
  for (const text of texts) readText(text, found, own);
  const result = tableResult(found.table);
  const isDirector = directorSources(texts);
  const observed: Observed = {
    ...nothingObserved(sources[0]),
    ...result,
    marks: found.marks,
    carried: addressesOf(found, result.services, isDirector, own),
    ...routesOf(found, isDirector, own),
    masquerades: masquerades(
      found.sourceRules,
      { services: result.services, addresses: found.addresses },
      own,
    ),
    // A script without thresholds sets none.
    tellsThresholds: true,
  };
  tellTemplates(scripts, own);
  notes.all.push(...merged(own.all));
  return observed;
}

/** Where something could not be read: other scripts have such signs in the formats of their programs. */
function tellTemplates(scripts: readonly Source[], notes: Notes): void {
  if (notes.all.every(({ effect }) => effect !== "traffic")) return;
  for (const source of scripts) {
    // The number of an array's items is no comment of Jinja2.
    const template = templateIn({ ...source, text: source.text.replaceAll("${#", "$__") });
    if (template !== null)
      notes.notUnderstood(
        { ...template.place, source },
        say`the text is ${inLanguage(template.name)}, not what a director has`,
        say`render it first: import the file that it becomes on the director`,
      );
  }
}

/** Of the scripts that fill a table; the others are real servers'. */
function directorSources(texts: readonly ShellText[]): (source: Source) => boolean {
  const sources = new Set(
    texts
      .filter(({ commands }) => commands.some(isIpvsadm))
      .flatMap(({ commands }) => commands.map(({ place }) => place.source)),
  );
  return (source) => sources.has(source);
}

function readText({ commands, gaps, missing, errors, cut }: ShellText, found: Found, notes: Notes): void {
  for (const { name, place } of missing)
    notes.notUnderstood(
      place,
      say`the script reads ${name}, which is missing here`,
      say`give the file along`,
    );
  for (const { message, place } of errors)
    notes.notUnderstood(place, say`the shell's syntax: ${message}`, say`check the script with 'bash -n'`);
  for (const command of commands) if (!isIpvsadm(command)) take(command, found, notes);
  takeCalls(commands, gaps, found, notes);
  tellBranches(commands, notes);
  for (const gap of gaps) tellGap(gap, notes);
  if (cut !== null)
    notes.notUnderstood(
      cut,
      say`too many turns of loops: the rest of the script is ignored`,
      say`import 'ipvsadm -Sn' instead`,
    );
}

function take(command: SimpleCommand, found: Found, notes: Notes): void {
  const { program, words, place } = command;
  const reader = Object.hasOwn(programs, program) ? programs[program] : undefined;
  const odd =
    reader === undefined && !/^(ipvsadm|ip)\W/.test(program)
      ? null
      : typographic([{ text: program }, ...words]);
  if (odd !== null) notes.notUnderstood(place, odd.message, odd.hint);
  else if (reader !== undefined) reader(command, found, notes);
  else if (!harmless.has(program))
    notes.notUnderstood(
      place,
      say`${program.slice(0, 60)}: unknown command`,
      say`if the cluster needs it, keep it by hand`,
      { effect: "other" },
    );
}

/** A loop that is left out; not the inner one of a loop that is. */
function tellGap(gap: Gap, notes: Notes): void {
  const { place, what, commands, loop } = gap;
  const matters = commands.some(
    ({ program }) => isIpvsadm({ program } as SimpleCommand) || Object.hasOwn(programs, program),
  );
  if (!matters || (loop !== null && commands.some(isIpvsadm))) return;
  notes.notUnderstood(
    place,
    say`nothing of the loop is imported: ${what} is known only when the script runs`,
    say`replace it with constant values, or import 'ipvsadm -Sn'`,
    { lost: lostInGap(gap) },
  );
}

/** Functions and loops come to one line several times: one note says what all lost. */
function merged(all: readonly ImportNote[]): ImportNote[] {
  const byText = new Map<string, ImportNote>();
  for (const note of all) {
    const { place, code, message, lost } = note;
    const key = `${place.source.name}\0${place.line}\0${code}\0${message}`;
    const before = byText.get(key);
    const sum = {
      services: lost.services + (before?.lost.services ?? 0),
      servers: lost.servers + (before?.lost.servers ?? 0),
      addresses: lost.addresses + (before?.lost.addresses ?? 0),
    };
    byText.set(key, { ...note, lost: sum });
  }
  return [...byText.values()];
}
