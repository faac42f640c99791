/** `lvsgen validate`: schema and rules; writes nothing. */

import { defineCommand } from "./arguments.ts";
import { checkFile, diagnosticsJson, explain } from "./check-file.ts";
import { explainCode, suggestCodes } from "./explain.ts";
import {
  ProblemError,
  reportFormat,
  type TopologyArguments,
  UsageError,
  writeData,
  writeNote,
} from "./shared.ts";

export const validateCommand = defineCommand(
  {
    positionals: {
      file: {
        kind: "path",
        value: "FILE",
        input: true,
        describe: "Topology, .json or .yaml; - is standard input",
      },
    },
    options: {
      format: reportFormat,
      explain: {
        kind: "text",
        value: "CODE",
        describe: "Explain a code: what is wrong, why it matters, what to do; list: all codes",
        suggest: suggestCodes,
      },
    },
  },
  async ({ file, format, explain: code }) => {
    if (code !== undefined && file !== undefined)
      throw new UsageError(
        "--explain reads no topology: give either a file or --explain (see 'lvsgen validate --help')",
      );
    if (code !== undefined) explainCode(code, format);
    else if (file !== undefined) await validate({ file, format });
    else
      throw new UsageError(
        "missing argument [file]: a topology, or use --explain with a code (see 'lvsgen validate --help')",
      );
  },
);

async function validate({ file, format }: TopologyArguments): Promise<void> {
  const checked = await checkFile(file);
  if (format === "json") writeData(diagnosticsJson(checked));
  const words = explain(checked, format);
  if (checked.cluster === null) throw new ProblemError(words);
  writeNote(words);
}
