/** What the script of a verb is made of: the others' parts do not go to the host. */

/** What a host is asked to do. */
export type HostVerb = "look" | "apply" | "confirm" | "rollback" | "status";

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
  look: "what is here, and what the new version would change; changes nothing",
  apply: "the new version into service; with TRY seconds, an undo is armed first",
  confirm: "the undo is called off",
  rollback: "the version before this one into service",
  status: "the state of the services",
};
