/** Files that were chosen or dropped, as texts, or what they are instead. */

import { maximumLength } from "../../../src/import/recognise.ts";
import type { Key } from "../i18n/en.ts";
import type { ImportSource } from "../worker/protocol.ts";

export interface FileProblem {
  readonly key: Key & `import.${string}`;
  readonly name: string;
}

export interface ReadFiles {
  readonly sources: readonly ImportSource[];
  readonly problems: readonly FileProblem[];
}

/** How files begin that are easily taken for a configuration, and what to say of them. */
const beginnings: readonly (readonly [bytes: readonly number[], key: FileProblem["key"]])[] = [
  [[0x50, 0x4b, 0x03, 0x04], "import.is.archive"],
  [[0x1f, 0x8b], "import.is.archive"],
  [[0xfd, 0x37, 0x7a, 0x58, 0x5a], "import.is.archive"],
  [[0x28, 0xb5, 0x2f, 0xfd], "import.is.archive"],
  [[0x89, 0x50, 0x4e, 0x47], "import.is.picture"],
  [[0xff, 0xd8, 0xff], "import.is.picture"],
  [[0x47, 0x49, 0x46, 0x38], "import.is.picture"],
  [[0x25, 0x50, 0x44, 0x46], "import.is.document"],
  [[0x7f, 0x45, 0x4c, 0x46], "import.is.program"],
];

export async function readFiles(files: Iterable<File>): Promise<ReadFiles> {
  const read = await Promise.all([...files].map(readFile));
  return {
    sources: read.flatMap((each) => ("text" in each ? [each] : [])),
    problems: read.flatMap((each) => ("key" in each ? [each] : [])),
  };
}

async function readFile(file: File): Promise<ImportSource | FileProblem> {
  const { name } = file;
  if (file.size > maximumLength) return { key: "import.large", name };
  try {
    const bytes = new Uint8Array(await file.arrayBuffer());
    const known = beginnings.find(([own]) => own.every((byte, at) => bytes[at] === byte));
    if (known !== undefined) return { key: known[1], name };
    const text = decoded(bytes);
    if (text.includes("\0")) return { key: "import.is.binary", name };
    return text.trim() === "" ? { key: "import.is.empty", name } : { name, text };
  } catch {
    // A folder, or a file that is gone.
    return { key: "import.unreadable", name };
  }
}

/** UTF-16 is known by its mark; without one, it is UTF-8. */
function decoded(bytes: Uint8Array<ArrayBuffer>): string {
  const [first, second] = bytes;
  const isLittle = first === 0xff && second === 0xfe;
  const isBig = first === 0xfe && second === 0xff;
  return new TextDecoder(isLittle ? "utf-16le" : isBig ? "utf-16be" : "utf-8").decode(bytes);
}
