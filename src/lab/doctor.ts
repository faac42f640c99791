/** What of a lab's needs this machine has, what is missing, and the command that brings it. */

import { ANY_KERNEL, type Backend, LabBroken } from "./backends/backend.ts";
import { isMissing, LAB_PROGRAMS } from "./backends/programs.ts";
import { installCommand } from "./distributions.ts";
import { BACKENDS, chooseBackends } from "./run-lab.ts";
import type { ClusterSpec } from "./spec.ts";

export interface Examination {
  readonly backends: readonly BackendState[];
  /** The one that a lab would use, or null. */
  readonly chosen: string | null;
  /** What is not as good as it could be, a sentence each. */
  readonly notes: readonly string[];
  /** Programs that some labs need. */
  readonly missing: readonly string[];
  /** Installs all that is missing; null where nothing is. */
  readonly command: string | null;
}

interface BackendState {
  readonly name: string;
  readonly works: boolean;
  /** What would run, or why it cannot. */
  readonly text: string;
}

/** An ordinary cluster has a service: a kernel without IPVS can prove floating addresses alone. */
const ORDINARY_CLUSTER: Pick<ClusterSpec, "services" | "engine" | "hosts"> = {
  services: [
    {
      name: "web",
      vip: "192.0.2.1",
      family: 4,
      ports: [80],
      protocol: "tcp",
      mark: null,
      scheduler: "rr",
      schedulerFlags: [],
      persistence: null,
      onePacket: false,
      check: null,
      servers: [],
      sorry: null,
      client: "client",
      directors: [],
    },
  ],
  engine: "ipvsadm",
  hosts: [],
};

/** @param backends those that there are */
export function examineMachine(backends: readonly Backend[] = BACKENDS): Examination {
  const states = backends.map(stateOf);
  const missing = LAB_PROGRAMS.filter(isMissing);
  const lacking = backends.flatMap(({ lacks }, at) => (states[at]?.works ? [] : lacks()));
  const things = [...missing, ...lacking];
  return {
    ...choice(),
    backends: states,
    missing,
    command: things.length === 0 ? null : installCommand(things),
  };
}

function stateOf({ name, obstacle, describe }: Backend): BackendState {
  const reason = obstacle(ORDINARY_CLUSTER, ANY_KERNEL);
  return { name, works: reason === null, text: reason ?? describe(ANY_KERNEL) };
}

function choice(): Pick<Examination, "chosen" | "notes"> {
  try {
    const { candidates, notes } = chooseBackends(null, ANY_KERNEL, ORDINARY_CLUSTER);
    return { chosen: candidates[0].name, notes };
  } catch (error) {
    if (error instanceof LabBroken) return { chosen: null, notes: [] };
    throw error;
  }
}
