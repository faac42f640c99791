/** Programs that replace real ones: they trace, pause, kill or fail. All are made of shell builtins. */

import { quoteWord } from "../../base/quote-word.ts";

/** Claims the next free number of a program's calls; noclobber makes it atomic even in a pipeline. */
function claimNumber(name: string, calls: string): string {
  return [
    "n=1; set -C",
    // Of a compound command, for of a special builtin like `:` a failing redirection would end the shell.
    `while ! { :; } 2>/dev/null >${quoteWord(`${calls}/${name}`)}.$n; do n=$((n+1)); done`,
    "set +C",
  ].join("\n");
}

/** Notes each call with its arguments, in order. */
export function tracer(name: string, log: string): (real: string) => string {
  // One line a call: an awk program is many, and its first says which it is.
  return (real) =>
    `#!/bin/sh\nargs=$*\nnl='\n'\necho "${name} \${args%%"$nl"*}" >>${quoteWord(log)}\nexec ${quoteWord(real)} "$@"\n`;
}

export type FaultMode = "killed before" | "killed after" | "failing";

export interface Fault {
  readonly program: string;
  /** Which call of the program in the run, from 1. */
  readonly call: number;
  readonly mode: FaultMode;
}

const FAULT_BODY: Record<FaultMode, (kill: string, real: string, name: string) => string> = {
  "killed before": (kill) => `${kill}\nexit 137`,
  "killed after": (kill, real) => `${real} "$@"\n${kill}\nexit 137`,
  failing: (_kill, _real, name) => `echo "${name}: failure injected by the lab" >&2\nexit 1`,
};

/**
 * Breaks one call of a program and lets all others through.
 *
 * @param calls empty folder for its count
 * @param pidFile holds the script's process id; its shell is killed, and the subshell the program was called from
 */
export function faulty(fault: Fault, calls: string, pidFile: string): (real: string) => string {
  const kill = `read -r main <${quoteWord(pidFile)}; kill -KILL "$main" "$PPID" 2>/dev/null`;
  return (real) =>
    [
      "#!/bin/sh",
      claimNumber(fault.program, calls),
      `[ "$n" -eq ${fault.call} ] || exec ${quoteWord(real)} "$@"`,
      FAULT_BODY[fault.mode](kill, quoteWord(real), fault.program),
      "",
    ].join("\n");
}

/**
 * Calls of these words change something; an assignment is a sysctl's, capitals are ipvsadm's and iptables', -f is nft's.
 */
const CHANGING =
  '*" add "* | *" del "* | *" delete "* | *" replace "* | *" change "* | *" flush "* | *" up "* | *" down "* | *=* | ' +
  '*" -"[ADEICFRaed]" "* | *" -f "*';

/** Stops before and after every call that changes something, until the runner lets it go on. */
export function pausing(name: string, gate: string): (real: string) => string {
  return (real) => {
    const filter = ['case " $* " in', `${CHANGING}) ;;`, `*) exec ${quoteWord(real)} "$@" ;;`, "esac"];
    return ["#!/bin/sh", ...filter, ...pauseAround(name, gate, real), ""].join("\n");
  };
}

/** timeout(1) without its limit: while a program is paused, time stands still. */
export function unbounded(): string {
  const options = "while :; do case $1 in -s | -k) shift 2 ;; -*) shift ;; *) break ;; esac; done";
  return ["#!/bin/sh", options, "shift", 'exec "$@"', ""].join("\n");
}

/** Stops before and after every call. */
export function pausingAlways(name: string, gate: string): (real: string) => string {
  return (real) => ["#!/bin/sh", ...pauseAround(name, gate, real), ""].join("\n");
}

function pauseAround(name: string, gate: string, real: string): string[] {
  return [
    `pause() { echo "$1 ${name}" >${quoteWord(gate)}.ask; read -r _ <${quoteWord(gate)}.go; }`,
    "pause before",
    `${quoteWord(real)} "$@"`,
    "rc=$?",
    "pause after",
    'exit "$rc"',
  ];
}
