/** What can run the in-kernel runner. */

import { UserFault } from "../../base/user-fault.ts";
import type { LabEvent } from "../events.ts";
import type { ClusterSpec, LabSpec } from "../spec.ts";

/** Which kernel to boot, where a backend can boot one or the other. */
export interface KernelChoice {
  /** Null: the newest of this machine that will do. */
  readonly file: string | null;
  /** Folders of modules, of one version or several. */
  readonly modules: readonly string[];
}

export const ANY_KERNEL: KernelChoice = { file: null, modules: [] };

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
  readonly kernel: KernelChoice;
  /** Seconds within which a kernel of its own must be there; left out, the backend's own. */
  readonly bootSeconds?: number;
}

export interface Backend {
  readonly name: "uml" | "netns" | "qemu";
  /** Why it cannot run a cluster here, with what to do; null when it can. */
  readonly obstacle: (
    spec: Pick<ClusterSpec, "services" | "engine" | "hosts">,
    kernel: KernelChoice,
  ) => string | null;
  /** How it compares with the others, asked where it can run. Null: it boots no kernel, and so nothing is faster. */
  readonly standing: ((kernel: KernelChoice) => Standing) | null;
  /** Whether its verdict leaves no promise of the cluster open; left out: it never does. Asked where it can run. */
  readonly provesAll?: (spec: Pick<ClusterSpec, "services" | "engine" | "hosts">) => boolean;
  /** What would run, for people. Asked where it can run. */
  readonly describe: (kernel: KernelChoice) => string;
  /** What to install for it here, beside the lab's own programs (distributions.ts); empty where that is of no use. */
  readonly lacks: () => readonly string[];
  /** Runs one kernel's work to its end. @throws LabBroken when no verdict came */
  readonly run: (spec: LabSpec, options: RunOptions) => Promise<void>;
}

export interface Standing {
  /** Time that a lab takes, in proportion: the least is chosen. */
  readonly cost: number;
  /** Why it is not as fast as it could be, for people; null where it is. */
  readonly note: string | null;
}

/** The lab itself failed; says nothing about the scripts. */
export class LabBroken extends UserFault {
  override readonly name: string = "LabBroken";
  override readonly kind = "lab";
}

interface NoKernelOptions {
  /** It came up and said why it cannot go on. */
  readonly complains?: boolean;
  /** The same backend in a slower, surer way. */
  readonly slower?: Backend | null;
}

/** A kernel that did not come up: another backend's may. */
export class NoKernel extends LabBroken {
  override readonly name = "NoKernel";
  readonly complains: boolean;
  readonly slower: Backend | null;

  constructor(message: string, { complains = false, slower = null }: NoKernelOptions = {}) {
    super(message);
    this.complains = complains;
    this.slower = slower;
  }
}
