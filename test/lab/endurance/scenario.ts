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

/** What one command of the lab may do: each has two minutes, on a slow machine too. */
const AT_ONCE = 10;

const compare = `
residue >/tmp/cycle.after 2>&1
diff /tmp/cycle.before /tmp/cycle.after || { echo "run $n left that"; exit 1; }`;

/** Runs the loop's body for n from 1 to `count`, some at a time, until one fails; what all of them print. */
async function repeat(
  lab: Lab,
  host: string,
  count: number,
  body: string,
): Promise<{ ok: boolean; printed: string }> {
  let printed = "";
  for (let first = 1; first <= count; first += AT_ONCE) {
    const last = Math.min(first + AT_ONCE - 1, count);
    const loop = `
residue() { ${residue}; }
n=${first}
while [ $n -le ${last} ]; do
  { ${body}
  } || { echo "run $n"; cat /tmp/cycle.out; exit 1; }
  n=$((n + 1))
done
${compare}`;
    const result = await lab.machine(host).run(["sh", "-c", loop]);
    printed += result.stdout + result.stderr;
    if (result.code !== 0) return { ok: false, printed };
  }
  return { ok: true, printed };
}

/** Starts and stops. The first one loads the modules. */
async function cycle(lab: Lab, host: string, cycles: number): Promise<void> {
  const script = scriptOf(lab, host);
  const both = `${script} start >/tmp/cycle.out 2>&1 && ${script} stop >>/tmp/cycle.out 2>&1`;
  const first = await lab
    .machine(host)
    .run(["sh", "-c", `${both} && { ${residue}; } >/tmp/cycle.before 2>&1`]);
  const { ok, printed } = await repeat(lab, host, cycles, both);
  const name = `${cycles} starts and stops leave nothing`;
  lab.check(host, name, ok && first.code === 0, `the first exits ${first.code}`, first.stdout + printed);
}

/** A start and a stop, each ended after 20 milliseconds, and later from run to run; then start, check and stop. */
async function interrupt(lab: Lab, host: string, signal: string, kills: number): Promise<void> {
  const script = scriptOf(lab, host);
  const body = `
  for verb in start stop; do
    status=0
    timeout -s ${signal} "0.$(printf %02d $((2 + (n - 1) * 50 / ${kills})))" ${script} $verb >/dev/null 2>&1 || status=$?
    case $status in 124 | 137) echo ended ;; esac
  done
  ${script} start >/tmp/cycle.out 2>&1 && ${script} check >>/tmp/cycle.out 2>&1 && ${script} stop >>/tmp/cycle.out 2>&1 &&
    { ${compare}
    }`;
  const { ok, printed } = await repeat(lab, host, kills, body);
  const ended = printed.split("\n").filter((line) => line === "ended").length;
  const detail = `${ended} of ${2 * kills} runs were at work when ${signal} came`;
  lab.check(host, `runs ended by ${signal} lose nothing`, ok && ended > 0, detail, printed);
}
