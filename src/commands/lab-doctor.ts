/** `lvsgen lab --doctor`: what this machine needs to run the lab. */

import { type Examination, examineMachine } from "../lab/doctor.ts";
import { ProblemError } from "./errors.ts";
import { writeData } from "./streams.ts";

/** @throws ProblemError if no lab can run here */
export function labDoctor(): void {
  const found = examineMachine();
  writeData(doctorText(found));
  if (found.chosen === null || found.missing.length > 0)
    throw new ProblemError(found.chosen === null ? "no lab can run here" : "some labs cannot run here");
}

/** @param platform as Node names it */
export function doctorText(
  { backends, chosen, notes, missing, command }: Examination,
  platform: string = process.platform,
  isRoot = process.getuid?.() === 0,
): string {
  if (platform !== "linux")
    return "The lab needs Linux. On macOS and Windows, run lvsgen in a Linux virtual machine (untried): docs/commands.md, lab.\n";
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
