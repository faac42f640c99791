/** Downloads. */

import { cluster } from "../state/state.ts";
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

/** One host's files, or with null all of them. */
export async function downloadZip(group: string | null): Promise<void> {
  const bytes = await call("zip", group);
  download(`${group ?? cluster.value?.name ?? "lvsgen"}.zip`, bytes, "application/zip");
}
