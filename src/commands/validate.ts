/** `lvsgen validate`: schema and rules; writes nothing. */

import type { CommandModule } from "yargs";
import { checkTopology } from "../topology/check-topology.ts";
import { readTopologyText } from "./read-topology.ts";
import {
  diagnosticsJson,
  explain,
  ProblemError,
  type TopologyArguments,
  topologyOptions,
  writeData,
  writeNote,
} from "./shared.ts";

export const validateCommand: CommandModule<object, TopologyArguments> = {
  command: "validate <file>",
  describe: "Check a topology against schema and rules",
  builder: (yargs) => topologyOptions(yargs),
  handler: validate,
};

function validate({ file, format }: TopologyArguments): void {
  const checked = checkTopology(readTopologyText(file), file);
  if (format === "json") writeData(diagnosticsJson(checked));
  const words = explain(checked, format);
  if (checked.cluster === null) throw new ProblemError(words);
  writeNote(words);
}
