/** The whole page takes dropped files. */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { t } from "../i18n/words.ts";
import { openNamed } from "../state/actions.ts";
import { notice } from "../state/state.ts";
import { call } from "../worker/main-worker.ts";
import type { ImportSource } from "../worker/protocol.ts";
import { ImportDialog } from "./import-dialog.tsx";
import { readFiles } from "./read-files.ts";

export function DropTarget() {
  const isOver = useSignal(false);
  /** Files with notes or errors, which the dialog shows. */
  const dropped = useSignal<readonly ImportSource[] | null>(null);
  useEffect(() => {
    const onOver = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      isOver.value = true;
    };
    const onLeave = (event: DragEvent) => {
      if (event.relatedTarget === null) isOver.value = false;
    };
    const onDrop = async (event: DragEvent) => {
      isOver.value = false;
      const files = event.dataTransfer?.files;
      if (files === undefined || files.length === 0) return;
      event.preventDefault();
      const [first, ...more] = await readFiles(files);
      if (first === undefined) return;
      const { topology, notes } = await call("import", [first, ...more]);
      if (topology !== null) openNamed(first.name, topology);
      if (topology === null || notes.length > 0) dropped.value = [first, ...more];
    };
    addEventListener("dragover", onOver);
    addEventListener("dragleave", onLeave);
    addEventListener("drop", onDrop);
    return () => {
      removeEventListener("dragover", onOver);
      removeEventListener("dragleave", onLeave);
      removeEventListener("drop", onDrop);
    };
  }, []);
  const close = () => {
    dropped.value = null;
    notice.value = null;
  };
  return (
    <>
      {isOver.value && <div class="drop-hint">{t("import.drop")}</div>}
      {dropped.value !== null && <ImportDialog dropped={dropped.value} close={close} />}
    </>
  );
}
