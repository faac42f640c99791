/** What a run of the lab found, for every output format. */

import type { CheckEvent, LabEvent, OmissionEvent } from "../events.ts";

export interface LabReport {
  readonly cluster: string;
  readonly backend: string;
  /** Release of the kernel the scripts ran on. */
  readonly kernel: string;
  readonly checks: readonly CheckEvent[];
  readonly omissions: readonly OmissionEvent[];
  /** Milliseconds by scenario. */
  readonly durations: ReadonlyMap<string, number>;
  readonly milliseconds: number;
}

/** Gathers the events of one or two kernels. */
export class ReportBuilder {
  readonly #checks: CheckEvent[] = [];
  readonly #omissions: OmissionEvent[] = [];
  readonly #durations = new Map<string, number>();
  readonly #start = Date.now();
  #kernel = "";

  note(event: LabEvent): void {
    if (event.type === "started") this.#kernel = event.kernel;
    if (event.type === "check") this.#checks.push(event);
    if (event.type === "not-tried") this.#omissions.push(event);
    if (event.type === "scenario" && event.state === "end") {
      const known = this.#durations.get(event.scenario) ?? 0;
      this.#durations.set(event.scenario, known + event.milliseconds);
    }
  }

  build(cluster: string, backend: string): LabReport {
    return {
      cluster,
      backend,
      kernel: this.#kernel,
      checks: this.#checks,
      omissions: this.#omissions,
      durations: this.#durations,
      milliseconds: Date.now() - this.#start,
    };
  }
}

export function failedChecks(report: LabReport): CheckEvent[] {
  return report.checks.filter((check) => !check.ok);
}
