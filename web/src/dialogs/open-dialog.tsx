/** The dialog that is open: one at a time, each loaded when it is first opened. */

import { useSignal } from "@preact/signals";
import type { ComponentType } from "preact";
import { useEffect } from "preact/hooks";
import { reportFailure } from "../state/failures.ts";
import { closeDialog, type DialogName, openDialog } from "./dialog-name.ts";

type Dialog = ComponentType<{ readonly close: () => void }>;

const loaders: Readonly<Record<DialogName, () => Promise<Dialog>>> = {
  start: async () => (await import("./start-dialog.tsx")).StartDialog,
  import: async () => (await import("./import-dialog.tsx")).ImportDialog,
  share: async () => (await import("./share-dialog.tsx")).ShareDialog,
};

export function OpenDialog() {
  const name = openDialog.value;
  const loaded = useSignal<{ readonly name: DialogName; readonly Dialog: Dialog } | null>(null);
  useEffect(() => {
    if (name === null) return;
    loaders[name]().then(
      (Dialog) => {
        loaded.value = { name, Dialog };
      },
      (error) => {
        closeDialog();
        reportFailure(error);
      },
    );
  }, [name]);
  if (name === null || loaded.value?.name !== name) return null;
  const { Dialog } = loaded.value;
  return <Dialog close={closeDialog} />;
}
