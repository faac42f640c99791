/**
 * On a host that one script started, another begins that has no part for some of what the first recorded. Undisturbed, and
 * with each of its programs killed or failing: the next start converges, and the next stop restores.
 */

import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { ExecResult } from "../../../src/lab/guest/agent.ts";
import { type Lab, say } from "../../../src/lab/guest/lab.ts";
import type { ScriptRun, Verb } from "../../../src/lab/guest/machine.ts";
import { compareSnapshots, type Snapshot } from "../../../src/lab/guest/snapshot.ts";
import { type FaultMode, faulty, tracer } from "../../../src/lab/guest/wrappers.ts";
import { carriers, type PlannedFault, planFaults, timed } from "../../../src/lab/scenarios/crash-plan.ts";
import type { Scenario } from "../../../src/lab/scenarios/scenario.ts";
import type { LabSpec } from "../../../src/lab/spec.ts";

interface Case {
  readonly what: string;
  readonly host: string;
  /** Folders of the two renders. */
  readonly first: string;
  readonly second: string;
  readonly prepare: string;
  /** What befalls each of its programs in turn. */
  readonly faults: readonly FaultMode[];
}

export const retiredScenario: Scenario = {
  title: "what a script has no part for is released by the one that recorded it",
  async run(lab) {
    const { retired } = lab.spec as LabSpec & { readonly retired: readonly Case[] };
    for (const each of retired) {
      const run = lab.scripts.find(({ machine }) => machine.name === each.host);
      if (!run) throw new Error(`${each.host} has no script`);
      await new Succession(lab, run, each).prove();
    }
  },
};

class Succession {
  readonly #lab: Lab;
  readonly #run: ScriptRun;
  readonly #case: Case;
  readonly #texts: Readonly<Record<"first" | "second", string>>;
  readonly #programs: readonly string[];
  #before: Snapshot = new Map();
  #converged: Snapshot = new Map();

  constructor(lab: Lab, run: ScriptRun, each: Case) {
    this.#lab = lab;
    this.#run = run;
    this.#case = each;
    const text = (folder: string) => readFileSync(join(folder, each.host, run.script.name), "utf8");
    this.#texts = { first: text(each.first), second: text(each.second) };
    const mentioned = run.machine.namespace.toolbox.mentionedIn(Object.values(this.#texts).join("\n"));
    // What notes and breaks calls is itself run by sh.
    this.#programs = mentioned.filter((program) => program !== "sh");
  }

  async prove(): Promise<void> {
    const { machine } = this.#run;
    const prepared = await machine.run(["sh", "-ec", this.#case.prepare]);
    if (prepared.code !== 0) this.#check("the host is prepared", false, say(prepared));
    // What a first start loads stays.
    await this.#must("first", "start");
    await this.#must("first", "stop");
    this.#before = await machine.snapshot();
    await this.#must("second", "start");
    this.#converged = await machine.snapshot();
    await this.#must("second", "stop");
    const calls = await this.#undisturbed();
    await this.#withoutMaker();
    for (const verb of ["start", "stop"] as const) await this.#disturbed(verb, calls[verb]);
  }

  async #undisturbed(): Promise<Record<"start" | "stop", string[]>> {
    await this.#must("first", "start");
    const check = await this.#as("second", "check");
    this.#check("check reports it", check.code === 1 && !/fail/.test(check.stdout), say(check));
    const start = await this.#traced("start");
    await this.#converges("start", start.result);
    await this.#stops("stop");
    await this.#must("first", "start");
    const stop = await this.#traced("stop");
    this.#check("stop of another's", stop.result.code === 0, say(stop.result));
    await this.#isAs(this.#before, "stop of another's restores");
    return { start: start.calls, stop: stop.calls };
  }

  /** Without the script that made the record, check and start agree, and nothing is changed or forgotten. */
  async #withoutMaker(): Promise<void> {
    const { machine } = this.#run;
    const maker = `/run/lvsgen/${this.#run.script.name}`;
    await this.#must("first", "start");
    const started = await machine.snapshot();
    await machine.run(["mv", maker, "/run/maker"]);
    const reason = /this script cannot undo '[^']+'.*Run 'stop' with that script/;
    const check = await this.#as("second", "check");
    const start = await this.#as("second", "start");
    this.#check("check: no maker", check.code === 1 && reason.test(check.stdout), say(check));
    this.#check("start: no maker", start.code === 1 && reason.test(start.stderr), say(start));
    await this.#isAs(started, "without the maker nothing is changed");
    await machine.run(["mv", "/run/maker", maker]);
    await this.#converges("start with the maker back", await this.#as("second", "start"));
    await this.#stops("and stop");
  }

  async #disturbed(verb: "start" | "stop", calls: readonly string[]): Promise<void> {
    if (this.#case.faults.length === 0) return;
    const faults = planFaults(calls).filter(
      ({ program, mode }) =>
        !carriers.has(program) && !timed.has(program) && this.#case.faults.includes(mode),
    );
    const problems: string[] = [];
    for (const [index, fault] of faults.entries()) {
      this.#lab.progress(`${this.#case.what} ${verb}: fault ${index + 1} of ${faults.length}`);
      const problem = await this.#survive(verb, fault);
      if (problem === "") continue;
      problems.push(
        `${fault.command} (call ${fault.call} of ${fault.program}), ${fault.mode}:\n  ${problem}`,
      );
      await this.#run.machine.rebuild();
    }
    const name = `${verb} after the first's start survives every fault`;
    this.#check(
      name,
      problems.length === 0 && faults.length > 0,
      problems.slice(0, 5).join("\n"),
      `${faults.length} faults`,
    );
  }

  async #survive(verb: Verb, fault: PlannedFault): Promise<string> {
    const { machine } = this.#run;
    await this.#must("first", "start");
    const calls = join(this.#lab.work, `${machine.name}.faults`);
    rmSync(calls, { recursive: true, force: true });
    mkdirSync(calls);
    machine.namespace.toolbox.replace(fault.program, faulty(fault, calls, machine.pidFile));
    const broken = await this.#as("second", verb, machine.pidFile);
    machine.namespace.toolbox.reset();
    if (!existsSync(join(calls, `${fault.program}.${fault.call}`))) return "the command was not reached";
    const start = await this.#as("second", "start");
    const difference = compareSnapshots(this.#converged, await machine.snapshot());
    if (start.code !== 0 || difference !== "")
      return `the next start does not converge:\n${difference}\n${say(broken)}\n${say(start)}`;
    const check = await this.#as("second", "check");
    if (check.code !== 0) return `check is not content:\n${say(check)}`;
    const stop = await this.#as("second", "stop");
    const left = compareSnapshots(this.#before, await machine.snapshot());
    return stop.code === 0 && left === "" ? "" : `the next stop does not restore:\n${left}\n${say(stop)}`;
  }

  async #converges(name: string, result: ExecResult): Promise<void> {
    this.#check(name, result.code === 0, say(result));
    await this.#isAs(this.#converged, `${name} converges`);
    const check = await this.#as("second", "check");
    this.#check(`${name}: check is content`, check.code === 0, say(check));
    const again = await this.#as("second", "start");
    this.#check(`${name}: a second one changes nothing`, /nothing changed/.test(again.stdout), say(again));
  }

  async #stops(name: string): Promise<void> {
    const result = await this.#as("second", "stop");
    this.#check(name, result.code === 0, say(result));
    await this.#isAs(this.#before, `${name} restores`);
  }

  async #isAs(wanted: Snapshot, name: string): Promise<void> {
    const difference = compareSnapshots(wanted, await this.#run.machine.snapshot());
    this.#check(name, difference === "", difference);
  }

  async #traced(verb: Verb): Promise<{ result: ExecResult; calls: string[] }> {
    const log = join(this.#lab.work, "retired.calls");
    rmSync(log, { force: true });
    const { toolbox } = this.#run.machine.namespace;
    for (const program of this.#programs) toolbox.replace(program, tracer(program, log));
    const result = await this.#as("second", verb);
    toolbox.reset();
    return { result, calls: readFileSync(log, "utf8").split("\n").filter(Boolean) };
  }

  async #must(which: "first" | "second", verb: Verb): Promise<void> {
    const result = await this.#as(which, verb);
    if (result.code !== 0) this.#check(`the ${which}'s ${verb} alone`, false, say(result));
  }

  async #as(which: "first" | "second", verb: Verb, pidFile?: string): Promise<ExecResult> {
    const { namespace } = this.#run.machine;
    namespace.installText(this.#texts[which], this.#run.script.name);
    const conf = join(this.#case[which], this.#case.host, "keepalived.conf");
    if (existsSync(conf))
      namespace.bring(
        { source: conf, destination: "/etc/lvsgen/keepalived.conf", mode: 0o600 },
        readFileSync(conf, "utf8"),
      );
    const result = await this.#run.run(verb, pidFile === undefined ? {} : { pidFile });
    if (which === "first" && verb === "start") await this.#keepEarlier();
    return result;
  }

  /** 0.1.0 keeps no copy of its script: setup.sh does that for it, before it puts another in its place. */
  async #keepEarlier(): Promise<void> {
    const { script, machine } = this.#run;
    if (!this.#texts.first.includes("cmd_release"))
      await machine.run(["cp", `/usr/local/sbin/${script.name}`, `/run/lvsgen/${script.name}`]);
  }

  #check(name: string, ok: boolean, detail: string, figure = ok ? "yes" : "no"): void {
    this.#lab.check(this.#run.label, `${this.#case.what}: ${name}`, ok, figure, ok ? "" : detail);
  }
}
