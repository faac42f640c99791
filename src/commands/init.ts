/** `lvsgen init`: a first topology to adapt. */

import { writeFileSync } from "node:fs";
import { parse } from "yaml";
import { say } from "../languages/say.ts";
import { type Preset, presets } from "../presets/presets.ts";
import { checkTopology } from "../rules/check-topology.ts";
import { hasErrors } from "../topology/diagnostics.ts";
import { defineCommand, type Values } from "./arguments.ts";
import { schemaName, writeSchema } from "./schema-file.ts";
import { UsageError, writeData, writeNote } from "./shared.ts";

const data = {
  positionals: {
    file: {
      kind: "path",
      value: "FILE",
      default: "topology.yaml",
      describe: "File to write: .yaml with comments, or plain .json; - is standard output",
    },
  },
  options: {
    preset: {
      kind: "choice",
      choices: ["dr", "nat", "tun", "ha", "vip", "kube-api"],
      default: "dr",
      describe: "Kind of cluster",
    },
  },
} as const;

export const initCommand = defineCommand(data, init);

function init({ file, preset }: Values<typeof data.positionals> & Values<typeof data.options>): void {
  const text = textOf(preset, formatOf(file));
  const { diagnostics } = checkTopology(text, file);
  if (hasErrors(diagnostics))
    throw new Error(`the preset ${preset} does not validate: ${JSON.stringify(diagnostics)}`);
  if (file === "-") {
    writeData(text);
    return;
  }
  write(file, text);
  writeNote(say`${writeSchema(file)} written: your editor completes and checks topologies with it`);
  writeNote(say`${file} written: adapt it to your cluster, then run 'lvsgen validate ${file}'`);
}

/** JSON has no comments. */
function textOf(preset: Preset, format: "yaml" | "json"): string {
  const text = presets[preset];
  return format === "yaml"
    ? text
    : `${JSON.stringify({ $schema: `./${schemaName}`, ...parse(text) }, null, 2)}\n`;
}

function formatOf(file: string): "yaml" | "json" {
  if (file === "-") return "yaml";
  if (/\.ya?ml$/i.test(file)) return "yaml";
  if (/\.json$/i.test(file)) return "json";
  throw new UsageError(say`unknown file type of ${file}: use a name that ends in .yaml or .json`);
}

/** Never overwrites a file, nor follows a link to one. */
function write(file: string, text: string): void {
  try {
    writeFileSync(file, text, { flag: "wx" });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") throw new UsageError(say`${file} exists: use another name, or move it away`);
    if (code === "ENOENT") throw new UsageError(say`cannot write ${file}: no such folder`);
    throw code === undefined ? error : new UsageError(say`cannot write ${file}: ${message}`);
  }
}
