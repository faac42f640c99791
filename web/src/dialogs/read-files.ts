/** Files that were chosen or dropped, as texts. */

import { maximumLength } from "../../../src/import/recognise.ts";
import { notice } from "../state/state.ts";
import type { ImportSource } from "../worker/protocol.ts";

export async function readFiles(files: Iterable<File>): Promise<ImportSource[]> {
  const read = [...files].map(async (file): Promise<ImportSource[]> => {
    if (file.size > maximumLength) {
      notice.value = { key: "import.large", values: { name: file.name }, isError: true };
      return [];
    }
    return [{ name: file.name, text: (await file.text()).replace(/^\uFEFF/, "") }];
  });
  return (await Promise.all(read)).flat();
}
