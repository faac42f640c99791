/** Which dialog is open. */

import { signal } from "@preact/signals";

export type DialogName = "start" | "import" | "share";

export const openDialog = signal<DialogName | null>(null);

export function closeDialog(): void {
  openDialog.value = null;
}
