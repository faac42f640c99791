/** Where a program is that a configuration names without its folder. */

import { say } from "../../languages/say.ts";
import type { Notes } from "../notes.ts";
import { programForm } from "./command-words.ts";
import type { Statement } from "./statements.ts";

/** keepalived looks programs without a folder up in PATH. */
export function placeOfProgram(program: string, { place }: Statement, notes: Notes): string {
  if (program.includes("/")) return program;
  const command = `/usr/bin/${program}`;
  if (programForm.test(command))
    notes.placeholder(
      place,
      "",
      say`keepalived finds ${program} in PATH: the placeholder is ${command}`,
      say`correct it`,
    );
  return command;
}
