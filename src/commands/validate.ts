/** `lvsgen validate`: schema and rules; writes nothing. */

import type { CommandModule } from "yargs";
import { checkFile, diagnosticsJson, explain } from "./check-file.ts";
import { explainCode } from "./explain.ts";
import {
  ProblemError,
  type TopologyArguments,
  topologyOptions,
  UsageError,
  writeData,
  writeNote,
} from "./shared.ts";

interface ValidateArguments extends Omit<TopologyArguments, "file"> {
  readonly file: string | undefined;
  readonly explain: string | undefined;
}

export const validateCommand: CommandModule<object, ValidateArguments> = {
  command: "validate [file]",
  describe: "Check a topology against schema and rules",
  builder: (yargs) =>
    topologyOptions(yargs, ["text", "json"], false).option("explain", {
      type: "string",
      requiresArg: true,
      describe: "Tell what a code means, why it matters and what to do; list: all codes",
    }) as never,
  handler: async ({ file, format, explain: code }) => {
    if (code !== undefined && file !== undefined)
      throw new UsageError("--explain tells what a code means and reads no topology: leave the file out");
    if (code !== undefined) explainCode(code, format);
    else if (file !== undefined) await validate({ file, format });
    else throw new UsageError("an argument is missing: the topology's file, or --explain with a code");
  },
};

async function validate({ file, format }: TopologyArguments): Promise<void> {
  const checked = await checkFile(file);
  if (format === "json") writeData(diagnosticsJson(checked));
  const words = explain(checked, format);
  if (checked.cluster === null) throw new ProblemError(words);
  writeNote(words);
}
