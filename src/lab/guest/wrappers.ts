/** Programs that stand in for real ones: they trace, pause, kill or fail. All are made of shell builtins. */

import { quote } from "./agent.ts";

/** Claims the next free number of a program's calls; noclobber makes it atomic even in a pipeline. */
function claimNumber(name: string, calls: string): string {
  return [
    "n=1; set -C",
    `while ! { : >${quote(`${calls}/${name}`)}.$n; } 2>/dev/null; do n=$((n+1)); done`,
    "set +C",
  ].join("\n");
}

/** Notes each call with its arguments, in order. */
export function tracer(name: string, log: string): (real: string) => string {
  return (real) => `#!/bin/sh\necho "${name} $*" >>${quote(log)}\nexec ${quote(real)} "$@"\n`;
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
  const kill = `read -r main <${quote(pidFile)}; kill -KILL "$main" "$PPID" 2>/dev/null`;
  return (real) =>
    [
      "#!/bin/sh",
      claimNumber(fault.program, calls),
      `[ "$n" -eq ${fault.call} ] || exec ${quote(real)} "$@"`,
      FAULT_BODY[fault.mode](kill, quote(real), fault.program),
      "",
    ].join("\n");
}

/** Stops before and after every call that changes something, until the runner lets it go on. */
export function pausing(name: string, gate: string): (real: string) => string {
  return (real) =>
    [
      "#!/bin/sh",
      'case " $* " in',
      '*" add "* | *" del "* | *" delete "* | *" replace "* | *" change "* | *" flush "* | *" up "* | *" down "* | *" -w "* | *=*) ;;',
      `*) exec ${quote(real)} "$@" ;;`,
      "esac",
      `pause() { when=$1; shift; echo "$when ${name} $*" >${quote(gate)}.ask; read -r _ <${quote(gate)}.go; }`,
      'pause before "$@"',
      `${quote(real)} "$@"`,
      "rc=$?",
      'pause after "$@"',
      'exit "$rc"',
      "",
    ].join("\n");
}
