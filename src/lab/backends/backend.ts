/** What can run the in-kernel runner. */

import { UserFault } from "../../base/user-fault.ts";
import type { LabEvent } from "../events.ts";
import type { ClusterSpec, LabSpec } from "../spec.ts";

export interface RunOptions {
  /** The bundled runner, dist/lab-guest.js. */
  readonly guest: string;
  readonly onEvent: (event: LabEvent) => void;
  /** Seconds after which the run is ended by force. */
  readonly timeout: number;
  /** Ends the run early (Ctrl-C). */
  readonly signal: AbortSignal;
  /** The terminal goes to the runner's shell. */
  readonly interactive: boolean;
  /** The lab stays after the checks, until the signal. */
  readonly keep: boolean;
  /** Which of several kernels at once this is, from 0. */
  readonly place: number;
}

export interface Backend {
  readonly name: "uml" | "netns";
  /** Why it cannot run a cluster here, with what to do; null when it can. */
  readonly obstacle: (spec: Pick<ClusterSpec, "services" | "engine" | "hosts">) => string | null;
  /** Whether its verdict leaves no promise of the cluster open; left out: it never does. Asked where it can run. */
  readonly provesAll?: (spec: Pick<ClusterSpec, "services" | "engine" | "hosts">) => boolean;
  /** Runs one kernel's work to its end. @throws LabBroken when no verdict came */
  readonly run: (spec: LabSpec, options: RunOptions) => Promise<void>;
}

/** The lab itself failed; says nothing about the scripts. */
export class LabBroken extends UserFault {
  override readonly name = "LabBroken";
  override readonly kind = "lab";
}
