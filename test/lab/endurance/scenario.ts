/** Many starts and stops, and many that are ended by a signal at any moment: nothing is left, nothing is lost. */

import type { Lab } from "../../../src/lab/guest/lab.ts";
import type { Scenario } from "../../../src/lab/scenarios/scenario.ts";

/** Read from the lab's specification. */
export interface Endurance {
  readonly cycles: number;
  /** Runs that are ended, of each signal. */
  readonly kills: number;
}

/** All that a script could leave: what a person would count by hand. */
const residue = [
  "ip -o addr show | sed 's/ valid_lft.*//'",
  "ip -o link show | sed 's/ state .*//'",
  "ip rule show; ip -6 rule show",
  "ip route show table all | grep -v -e ' fe80' -e ' ff00'",
  "ipvsadm -Sn; ipvsadm -L --timeout",
  "find /run -xdev | sort | grep -v -e gate -e lvs_dr.lock -e lvs_rs.lock -e '^/run/lvsgen$' -e cycle",
  "cat /proc/sys/net/ipv4/conf/*/arp_* /proc/sys/net/ipv4/vs/expire_*",
].join("; ");

const signals = ["INT", "TERM", "HUP", "KILL"] as const;

export const endurance: Scenario = {
  title: "nothing is left after many starts and stops, whatever ends them",
  async run(lab) {
    const { cycles, kills } = (lab.spec as unknown as { readonly endurance: Endurance }).endurance;
    for (const host of ["dr", "rs"]) {
      await cycle(lab, host, cycles);
      for (const signal of signals) await interrupt(lab, host, signal, kills);
    }
  },
};

function scriptOf(lab: Lab, host: string): string {
  const words = lab.machine(host).host.interpreter.map((word) => (word === "ash" ? word : `/bin/${word}`));
  return [...words, `/usr/local/sbin/${host === "dr" ? "lvs_dr.sh" : "lvs_rs.sh"}`].join(" ");
}

/** Starts and stops; a run that fails ends the loop with its number. The first one loads the modules. */
async function cycle(lab: Lab, host: string, cycles: number): Promise<void> {
  const script = scriptOf(lab, host);
  const loop = `
residue() { ${residue}; }
{ ${script} start && ${script} stop; } >/tmp/cycle.out 2>&1 || exit 1
residue >/tmp/cycle.before 2>&1
n=0
while [ $n -lt ${cycles} ]; do
  n=$((n + 1))
  ${script} start >/tmp/cycle.out 2>&1 && ${script} stop >>/tmp/cycle.out 2>&1 || { echo "cycle $n"; cat /tmp/cycle.out; exit 1; }
done
residue >/tmp/cycle.after 2>&1
diff /tmp/cycle.before /tmp/cycle.after && echo "$n cycles"`;
  const result = await lab.machine(host).run(["sh", "-c", loop]);
  const ok = result.code === 0 && result.stdout.includes(`${cycles} cycles`);
  lab.check(
    host,
    `${cycles} starts and stops leave nothing`,
    ok,
    `exit ${result.code}`,
    result.stdout + result.stderr,
  );
}

/** A start and a stop, each ended after 20 milliseconds, and later from run to run; then start, check and stop. */
async function interrupt(lab: Lab, host: string, signal: string, kills: number): Promise<void> {
  const script = scriptOf(lab, host);
  const loop = `
residue() { ${residue}; }
residue >/tmp/cycle.before 2>&1
n=0
ended=0
while [ $n -lt ${kills} ]; do
  n=$((n + 1))
  for verb in start stop; do
    status=0
    timeout -s ${signal} "0.$(printf %02d $((2 + (n - 1) * 50 / ${kills})))" ${script} $verb >/dev/null 2>&1 || status=$?
    case $status in 124 | 137) ended=$((ended + 1)) ;; esac
  done
  { ${script} start && ${script} check && ${script} stop; } >/tmp/cycle.out 2>&1 || { echo "run $n"; cat /tmp/cycle.out; exit 1; }
  residue >/tmp/cycle.after 2>&1
  diff /tmp/cycle.before /tmp/cycle.after || { echo "run $n left that"; exit 1; }
done
echo "$ended ended of $((2 * n))"`;
  const result = await lab.machine(host).run(["sh", "-c", loop]);
  const ended = Number(/^(\d+) ended of/m.exec(result.stdout)?.[1] ?? 0);
  const ok = result.code === 0 && ended > 0;
  const detail = `${ended} of ${2 * kills} runs were at work when ${signal} came`;
  lab.check(host, `runs ended by ${signal} lose nothing`, ok, detail, result.stdout + result.stderr);
}
