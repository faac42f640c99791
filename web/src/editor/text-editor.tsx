/**
 * The topology as text: first a plain text field, so that the page works at once; the editor replaces it when it is
 * loaded. It is in a shadow root, so that its style sheets need no exception in the content security policy.
 */

import { useSignal, useSignalEffect } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { t } from "../i18n/words.ts";
import { editText } from "../state/actions.ts";
import { cluster, diagnostics, side, topology } from "../state/state.ts";
import type { Editor } from "./code-mirror.ts";
import { onGoTo } from "./go-to.ts";

/** Form and text are side by side (page.css). */
const wide = matchMedia("(width >= 1680px)");

/** From when the text is first seen: a first visit needs no editor. Results come first. */
function useIsWanted(): boolean {
  const isWide = useSignal(wide.matches);
  const wasWanted = useRef(false);
  useEffect(() => {
    const look = () => {
      isWide.value = wide.matches;
    };
    wide.addEventListener("change", look);
    return () => wide.removeEventListener("change", look);
  }, []);
  const isSeen = side.value === "text" || isWide.value;
  const hasResults = cluster.value !== null || diagnostics.value.length > 0;
  wasWanted.current ||= isSeen && hasResults;
  return wasWanted.current;
}

export function TextEditor() {
  const host = useRef<HTMLDivElement>(null);
  const area = useRef<HTMLTextAreaElement>(null);
  const editor = useSignal<Editor | null>(null);
  const isWanted = useIsWanted();

  useEffect(() => {
    if (!isWanted) return;
    let isGone = false;
    const start = ({ createEditor }: typeof import("./code-mirror.ts")) => {
      if (isGone || host.current === null) return;
      const root = host.current.shadowRoot ?? host.current.attachShadow({ mode: "open" });
      const plain = document.activeElement === area.current ? area.current : null;
      editor.value = createEditor(root, topology.value, editText);
      // Who is in the plain field goes on at the same place.
      if (plain !== null) editor.value.goTo(plain.selectionStart);
    };
    // If it does not load, the plain field stays.
    import("./code-mirror.ts").then(start, () => {});
    return () => {
      isGone = true;
      editor.value?.destroy();
    };
  }, [isWanted]);

  useSignalEffect(() => editor.value?.setTopology(topology.value));
  useSignalEffect(() => {
    // Effects of one frame run in any order: places are those of this text.
    editor.value?.setTopology(topology.peek());
    editor.value?.setDiagnostics(diagnostics.value);
  });
  useSignalEffect(() => editor.value?.setLabel(t("edit.editor")));
  useEffect(() =>
    onGoTo((offset) => {
      if (editor.value !== null) editor.value.goTo(offset);
      else {
        area.current?.focus();
        area.current?.setSelectionRange(offset, offset);
      }
    }),
  );

  return (
    <div class="text-editor" data-ready={editor.value !== null}>
      {editor.value === null && (
        <textarea
          ref={area}
          aria-label={t("edit.editor")}
          spellcheck={false}
          autocapitalize="none"
          value={topology.value.text}
          onInput={(event) => editText(event.currentTarget.value)}
        />
      )}
      <div ref={host} class="editor-host" />
      <p class="soft editor-keys">{t("edit.keys")}</p>
    </div>
  );
}
