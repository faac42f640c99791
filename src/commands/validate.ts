/** `lvsgen validate`: schema and rules; writes nothing. */

import { say } from "../languages/say.ts";
import { defineCommand } from "./arguments.ts";
import {
  checkFile,
  diagnosticsJson,
  type ExplainOptions,
  explain,
  isRefused,
  validateReport,
} from "./check-file.ts";
import { explainCode, suggestCodes } from "./explain.ts";
import { readTopologyText } from "./read-topology.ts";
import { writeReport } from "./reports.ts";
import {
  muteNotes,
  ProblemError,
  quietSwitch,
  reportFormat,
  strictSwitch,
  UsageError,
  writeData,
  writeNote,
} from "./shared.ts";
import { writeError } from "./streams.ts";

export const validateCommand = defineCommand(
  {
    positionals: {
      files: {
        kind: "list",
        of: "path",
        value: "FILE",
        input: true,
        describe: "Topologies, .json or .yaml; - is standard input",
      },
    },
    options: {
      format: reportFormat,
      strict: strictSwitch,
      quiet: quietSwitch,
      explain: {
        kind: "text",
        value: "CODE",
        describe: "Explain a code: what is wrong, why it matters, what to do; list: all codes",
        suggest: suggestCodes,
      },
    },
  },
  async ({ files = [], format, strict, quiet, explain: code }) => {
    if (code !== undefined && files.length > 0)
      throw new UsageError(
        say`--explain reads no topology: give either a file or --explain (see 'lvsgen validate --help')`,
      );
    if (code !== undefined) return explainCode(code, format);
    if (quiet) muteNotes();
    const [file] = files;
    if (file === undefined)
      throw new UsageError(
        say`missing argument [files..]: a topology, or use --explain with a code (see 'lvsgen validate --help')`,
      );
    const options = { format, strict, quiet };
    await (files.length === 1 ? validate(file, options) : validateAll(files, options));
  },
);

type Options = Required<ExplainOptions>;

async function validate(file: string, options: Options): Promise<void> {
  const checked = await checkFile(file);
  if (options.format === "json") writeData(diagnosticsJson(checked));
  const words = explain(checked, options);
  if (isRefused(checked, options.strict)) throw new ProblemError(words);
  writeNote(words);
}

/** Reads all of them first, so that a wrong name is seen at once. */
async function validateAll(files: readonly string[], options: Options): Promise<void> {
  const texts = files.map((file) => [file, readTopologyText(file)] as const);
  const all = [];
  for (const [file, text] of texts) all.push(await checkFile(file, text));
  if (options.format === "json") {
    const reports = all.map(validateReport);
    writeReport("validations", { valid: reports.every(({ valid }) => valid), files: reports });
  }
  const refused = all.filter((checked) => isRefused(checked, options.strict));
  for (const checked of all) (refused.includes(checked) ? writeError : writeNote)(explain(checked, options));
  if (refused.length > 0) throw new ProblemError(say`${refused.length} of ${all.length} files failed`);
}
