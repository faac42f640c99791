/**
 * For people: a line a scenario when it has ended in every kernel that had a share of it. Below it what failed, with
 * what is known about it, and what was not tried.
 */

import { counted } from "../../base/counted.ts";
import type { CheckEvent, LabEvent, OmissionEvent } from "../events.ts";
import { checkText, mark, omissionText } from "./text.ts";

export interface LineOptions {
  /** Names of the scenarios to run, for their column. */
  readonly scenarios: readonly string[];
  readonly color: boolean;
  /** Columns of the terminal; null where there is none. */
  readonly columns: number | null;
  /** Each check as it comes, too. */
  readonly verbose: boolean;
}

/** Terminals with fewer columns get no column of names. */
const NARROW = 60;

interface Running {
  readonly checks: CheckEvent[];
  readonly omissions: OmissionEvent[];
  milliseconds: number;
  /** Shares that have not ended. */
  left: number | null;
}

export class ScenarioLines {
  readonly #options: LineOptions;
  readonly #width: number;
  readonly #running = new Map<string, Running>();
  #ended = 0;

  constructor(options: LineOptions) {
    this.#options = options;
    const isNarrow = options.columns !== null && options.columns < NARROW;
    this.#width = isNarrow ? 0 : Math.max(0, ...options.scenarios.map((name) => name.length));
  }

  /** How many have ended, of how many: `3/12`. */
  get count(): string {
    return `${this.#ended}/${this.#options.scenarios.length}`;
  }

  /** Takes an event; the text that it completes, empty where none. */
  note(event: LabEvent): string {
    switch (event.type) {
      case "check":
        this.#of(event.scenario).checks.push(event);
        return this.#options.verbose ? checkText(event, this.#options.color) : "";
      case "not-tried":
        return this.#omit(event);
      case "scenario":
        return this.#turn(event);
      default:
        return "";
    }
  }

  /** What is known of scenarios that did not end, and what was not tried of those that never began. */
  rest(): string {
    const cut = [...this.#running];
    this.#running.clear();
    return cut.map(([name, running]) => this.#cutShort(name, running)).join("");
  }

  #cutShort(name: string, running: Running): string {
    const { color } = this.#options;
    if (running.left === null)
      return running.omissions.map((omission) => omissionText(omission, color)).join("");
    return running.checks.some(({ ok }) => !ok) ? this.#text(name, running, "did not end") : "";
  }

  #omit(event: OmissionEvent): string {
    if (this.#options.verbose) return omissionText(event, this.#options.color);
    this.#of(event.scenario).omissions.push(event);
    return "";
  }

  #turn({ scenario, state, milliseconds, shares }: LabEvent & { type: "scenario" }): string {
    const running = this.#of(scenario);
    running.left ??= shares;
    if (state === "begin") return "";
    running.milliseconds += milliseconds;
    running.left -= 1;
    if (running.left > 0) return "";
    this.#running.delete(scenario);
    this.#ended += 1;
    return this.#text(scenario, running, `${(running.milliseconds / 1000).toFixed(1)} s`);
  }

  #text(name: string, { checks, omissions }: Running, time: string): string {
    const { color, verbose } = this.#options;
    const failed = checks.filter(({ ok }) => !ok);
    const kind = failed.length > 0 ? "failed" : checks.length > 0 ? "passed" : "untried";
    const line = `${mark(kind, color)}  ${name.padEnd(this.#width)}  ${countsOf(checks, omissions)}, ${time}\n`;
    // With every check before it, a line says enough.
    if (verbose) return line;
    return line + failed.map(failureText).join("") + omissions.map(reasonText).join("");
  }

  #of(scenario: string): Running {
    const known = this.#running.get(scenario) ?? { checks: [], omissions: [], milliseconds: 0, left: null };
    this.#running.set(scenario, known);
    return known;
  }
}

function countsOf(checks: readonly CheckEvent[], omissions: readonly OmissionEvent[]): string {
  if (checks.length + omissions.length === 0) return "nothing to try";
  const failed = checks.filter(({ ok }) => !ok).length;
  const all = counted(checks.length, "check");
  const untried = omissions.length > 0 ? `, ${omissions.length} not tried` : "";
  return `${failed > 0 ? `${failed} of ${all} failed` : all}${untried}`;
}

function failureText({ host, name, figure, detail }: CheckEvent): string {
  const lines = detail.trimEnd() === "" ? [] : detail.trimEnd().split("\n");
  return [`      ${host}: ${name} (${figure})`, ...lines.map((line) => `        ${line}`), ""].join("\n");
}

function reasonText({ host, name, reason }: OmissionEvent): string {
  return `      ${host}: ${name} (not tried: ${reason})\n`;
}
