/** The dialog that is open: one at a time. */

import { signal } from "@preact/signals";

export type DialogName = "start" | "import" | "share" | "save";

export const openDialog = signal<DialogName | null>(null);

export function closeDialog(): void {
  openDialog.value = null;
}
