/** Downloads. */

import { cluster, form, isStale, notice, topology } from "../state/state.ts";
import { call } from "../worker/main-worker.ts";

export function download(name: string, data: BlobPart, type: string): void {
  const address = URL.createObjectURL(new Blob([data], { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // Only after the browser has started the download.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** A file of the result. */
export function downloadResult(name: string, text: string, type: string): void {
  download(name, text, type);
  noteStale();
}

/** One host's files, or with null all of them. */
export async function downloadZip(group: string | null, withTopology = false): Promise<void> {
  const bytes = await call("zip", group, withTopology);
  const name = `${group ?? cluster.value?.name ?? "lvsgen"}.zip`;
  download(name, bytes, "application/zip");
  const again = { key: "files.withTopology", run: () => void downloadZip(group, true) } as const;
  notice.value = {
    key: isStale.value ? "files.savedStale" : "files.saved",
    values: { name },
    actions: withTopology ? [] : [again],
    isOfStep: true,
  };
}

/** The topology at hand, named after the cluster. */
export function downloadTopology(): void {
  const { text, name } = topology.value;
  const ending = name.endsWith(".json") ? "json" : "yaml";
  download(`${form.value?.name || "topology"}.${ending}`, text, "application/octet-stream");
}

/** What was taken away is not of the text at hand. */
export function noteStale(): void {
  if (isStale.value) notice.value = { key: "files.takenStale", isOfStep: true };
}
