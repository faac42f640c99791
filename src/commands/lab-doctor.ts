/** `lvsgen lab --doctor`: what this machine needs to run the lab. */

import { type Examination, examineMachine } from "../lab/doctor.ts";
import { ProblemError } from "./errors.ts";
import { writeData } from "./streams.ts";

/** Where there is no Linux. */
export const NEEDS_LINUX =
  "the lab needs Linux: on macOS and Windows, run lvsgen in a Linux virtual machine (docs/how-to/run-the-lab.md)";

/** @throws ProblemError if no lab can run here */
export function labDoctor(): void {
  const found = examineMachine();
  writeData(doctorText(found));
  if (found.chosen === null || found.missing.length > 0)
    throw new ProblemError(found.chosen === null ? "no lab can run here" : "some labs cannot run here");
}

export function doctorText(
  { backends, chosen, notes, missing, command }: Examination,
  isRoot = process.getuid?.() === 0,
): string {
  const lines = backends.map(
    ({ name, works, text }) => `${works ? "ok  " : "--  "}  ${name.padEnd(5)}  ${text}`,
  );
  if (missing.length > 0) lines.push(`--    programs that labs need are missing: ${missing.join(", ")}`);
  lines.push(...notes.map((note) => `note: ${note}`));
  lines.push(
    chosen === null
      ? "The lab cannot run here."
      : `The lab runs in ${chosen}; --backend chooses another one.`,
  );
  if (command !== null) lines.push(`To install what is missing: ${isRoot ? "" : "sudo "}${command}`);
  return `${lines.join("\n")}\n`;
}
