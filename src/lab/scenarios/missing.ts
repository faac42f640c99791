/** Something the script needs is not there: the right exit code, one line that names it, nothing changed. */

import type { ExecResult } from "../guest/agent.ts";
import { withoutModule } from "../guest/kernel-module.ts";
import { type Lab, say } from "../guest/lab.ts";
import type { ScriptRun } from "../guest/machine.ts";
import { compareSnapshots } from "../guest/snapshot.ts";
import { withoutRoot } from "../guest/user-namespace.ts";
import type { Scenario } from "./scenario.ts";

export const missing: Scenario = {
  title: "a missing interface, program, module or right is named and nothing is changed",
  async run(lab) {
    for (const run of lab.oneOfEachRole)
      for (const deficiency of DEFICIENCIES) await tryWithout(lab, run, deficiency);
  },
};

interface Deficiency {
  readonly name: string;
  /** LSB exit codes that fit. */
  readonly codes: readonly number[];
  /** What the message must name. */
  readonly names: (run: ScriptRun) => RegExp;
  readonly applies: (run: ScriptRun) => boolean;
  /** Brings the lack about, runs start in it, and ends it. */
  readonly start: (run: ScriptRun) => Promise<ExecResult>;
  /** Something to do before the state is noted. */
  readonly prepare?: (run: ScriptRun) => Promise<void>;
}

const isDirector = (run: ScriptRun): boolean => run.script.role === "director";

const deviceOf = (run: ScriptRun): string => run.machine.host.interfaces[0]?.name ?? "eth0";

const DEFICIENCIES: readonly Deficiency[] = [
  {
    name: "interface",
    codes: [6],
    names: (run) => new RegExp(`${escapePattern(deviceOf(run))}|${escapePattern(firstAddress(run))}`),
    applies: () => true,
    async prepare(run) {
      await run.machine.run(["ip", "link", "set", "dev", deviceOf(run), "down"]);
      await run.machine.run(["ip", "link", "set", "dev", deviceOf(run), "name", "elsewhere"]);
      await run.machine.run(["ip", "address", "flush", "dev", "elsewhere"]);
    },
    start: (run) => run.run("start"),
  },
  {
    name: "program ipvsadm",
    codes: [5],
    names: () => /ipvsadm/,
    applies: isDirector,
    start: (run) => withoutProgram(run, "ipvsadm"),
  },
  {
    name: "program ip",
    codes: [5],
    names: () => /\bip\b|iproute/,
    applies: () => true,
    start: (run) => withoutProgram(run, "ip"),
  },
  {
    name: "right (not root)",
    codes: [4],
    names: () => /root/,
    applies: () => true,
    start: (run) => run.machine.run(withoutRoot(run.argv("start"))),
  },
  {
    name: "module ip_vs",
    codes: [5, 1],
    names: () => /ip_?vs/i,
    applies: isDirector,
    start: (run) => withoutModule(run.machine, "ip_vs", () => run.run("start")),
  },
];

async function withoutProgram(run: ScriptRun, program: string): Promise<ExecResult> {
  const { toolbox } = run.machine.namespace;
  toolbox.remove(program);
  const result = await run.run("start");
  toolbox.reset();
  return result;
}

async function tryWithout(lab: Lab, run: ScriptRun, deficiency: Deficiency): Promise<void> {
  if (!deficiency.applies(run)) return;
  lab.progress(`${run.label} without ${deficiency.name}`);
  await deficiency.prepare?.(run);
  const before = await run.machine.snapshot();
  const result = await deficiency.start(run);
  const difference = compareSnapshots(before, await run.machine.snapshot());
  // "+ …" echoes an action; what is counted is what the script says about it.
  const lines = result.stderr.split("\n").filter((line) => line.trim() !== "" && !line.startsWith("+ "));
  const named = lines.length === 1 && deficiency.names(run).test(lines[0] ?? "");
  const what = `missing ${deficiency.name}`;
  const codes = deficiency.codes.join(" or ");
  lab.check(
    run.label,
    `${what}: exits ${codes}`,
    deficiency.codes.includes(result.code),
    `exit ${result.code}`,
    say(result),
  );
  lab.check(run.label, `${what}: one line names it`, named, `${lines.length} lines`, say(result));
  lab.check(
    run.label,
    `${what}: nothing is changed`,
    difference === "",
    difference === "" ? "0 changes" : "changed",
    difference,
  );
  if (deficiency.prepare || difference !== "") await lab.rebuild(run.machine);
}

function firstAddress(run: ScriptRun): string {
  return run.machine.host.interfaces[0]?.addresses[0]?.split("/")[0] ?? "";
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
