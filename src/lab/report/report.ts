/** What a run of the lab found, for every output format. */

import type { CheckEvent, LabEvent, OmissionEvent } from "../events.ts";

export interface LabReport {
  readonly cluster: string;
  readonly backend: string;
  /** Release of the kernel the scripts ran on; of several, in order, with commas. */
  readonly kernel: string;
  readonly checks: readonly ProvenCheck[];
  readonly omissions: readonly OmissionEvent[];
  /** Milliseconds by scenario. */
  readonly durations: ReadonlyMap<string, number>;
  readonly milliseconds: number;
}

export interface ProvenCheck extends CheckEvent {
  /** Release of the kernel that it was made on. */
  readonly kernel: string;
}

/** Gathers the events of all kernels. */
export class ReportBuilder {
  readonly #checks: ProvenCheck[] = [];
  readonly #omissions: OmissionEvent[] = [];
  readonly #durations = new Map<string, number>();
  readonly #start = Date.now();
  readonly #kernels = new Set<string>();
  #kernel = "";

  note(event: LabEvent): void {
    if (event.type === "started") {
      this.#kernel = event.kernel;
      this.#kernels.add(event.kernel);
    }
    if (event.type === "check") this.#checks.push({ ...event, kernel: this.#kernel });
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
      kernel: [...this.#kernels].join(", "),
      checks: this.#checks,
      omissions: this.#omissions,
      durations: this.#durations,
      milliseconds: Date.now() - this.#start,
    };
  }
}

export function failedChecks(report: LabReport): ProvenCheck[] {
  return report.checks.filter((check) => !check.ok);
}
