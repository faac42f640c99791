/** The parts of each verb's script: a host gets only the parts of one verb. */

/** What a host is asked to do. */
export type HostVerb =
  | "look"
  | "apply"
  | "confirm"
  | "rollback"
  | "status"
  | "watch"
  | "drain"
  | "undrain"
  | "probe";

const parts = {
  look: ["store", "lockPlace", "files", "fail", "check", "look"],
  apply: [
    "token",
    "store",
    "lockPlace",
    "files",
    "fail",
    "lock",
    "check",
    "status",
    "versions",
    "noTrial",
    "callOff",
    "apply",
  ],
  confirm: ["token", "store", "fail", "callOff", "confirm"],
  rollback: [
    "token",
    "store",
    "lockPlace",
    "fail",
    "lock",
    "check",
    "status",
    "versions",
    "noTrial",
    "rollback",
  ],
  status: ["status", "justStatus"],
  watch: ["status", "justStatus", "watch"],
  drain: ["lockPlace", "fail", "lock", "status", "justStatus", "drains", "drain"],
  undrain: ["lockPlace", "fail", "lock", "status", "justStatus", "drains", "undrain"],
  probe: ["status", "justStatus", "probe"],
} as const satisfies Record<HostVerb, readonly string[]>;

type HostPart = (typeof parts)[HostVerb][number];

const every: readonly HostPart[] = Object.values(parts).flat();

/** By part: whether the verb's script has it. */
export function hostParts(verb: HostVerb): Readonly<Record<HostPart, boolean>> {
  const had: readonly HostPart[] = parts[verb];
  return Object.fromEntries(every.map((part) => [part, had.includes(part)])) as Record<HostPart, boolean>;
}

/** For the script's first lines. */
export const verbMeans: Readonly<Record<HostVerb, string>> = {
  look: "reports what is here and what the new version would change; changes nothing",
  apply: "puts the new version into service; with TRY seconds, arms an undo first",
  confirm: "cancels the undo",
  rollback: "puts the previous version into service",
  status: "reports the state of the services",
  watch: "reports the state of the services, and the counters of IPVS",
  drain: "gives a server weight 0, whatever the topology says; named itself, it gives up its addresses",
  undrain: "undoes drain",
  probe: "reports the state of the services, the boot, and where the host accepts connections",
};
