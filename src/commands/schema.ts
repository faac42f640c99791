/** `lvsgen schema`: the topology's JSON Schema, for editors. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isFolder } from "../base/is-folder.ts";
import { say } from "../languages/say.ts";
import { defineCommand, type Values } from "./arguments.ts";
import { referenceText, schemaName, schemaText, writeSchema } from "./schema-file.ts";
import { UsageError, writeData, writeNote } from "./shared.ts";

const data = {
  positionals: {
    file: {
      kind: "path",
      value: "FILE",
      describe: "With --write: the topology, or its folder",
    },
  },
  options: {
    write: { kind: "switch", describe: `Write ${schemaName} beside the topology, or in this folder` },
  },
} as const;

export const schemaCommand = defineCommand(data, schema);

function schema({ file, write }: Values<typeof data.positionals> & Values<typeof data.options>): void {
  if (!write) {
    if (file !== undefined) throw new UsageError(say`a file needs --write: the schema goes beside it`);
    writeData(schemaText());
    return;
  }
  const topology = file ?? "topology.yaml";
  const inFolder = isFolder(topology);
  const place = writeSchema(inFolder ? join(topology, "topology.yaml") : topology);
  writeNote(say`${place} written`);
  if (!inFolder && refersToIt(topology)) return;
  const reference = referenceText(topology);
  writeNote(
    /\.json$/i.test(topology)
      ? say`an editor uses it if this is the topology's first key: ${reference}`
      : say`an editor uses it if this is the topology's first line: ${reference}`,
  );
}

function refersToIt(topology: string): boolean {
  try {
    return readFileSync(topology, "utf8").includes(`./${schemaName}`);
  } catch {
    return false;
  }
}
