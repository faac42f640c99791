/** CodeMirror for topologies: JSON and YAML, completion from the schema, findings of the rules at their places. */

import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from "@codemirror/autocomplete";
import { defaultKeymap, indentLess, indentMore } from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import { yaml } from "@codemirror/lang-yaml";
import {
  bracketMatching,
  HighlightStyle,
  indentOnInput,
  indentUnit,
  syntaxHighlighting,
} from "@codemirror/language";
import { lintGutter, lintKeymap, type Diagnostic as Shown, setDiagnostics } from "@codemirror/lint";
import { highlightSelectionMatches, searchKeymap } from "@codemirror/search";
import { Annotation, Compartment, EditorState, type Extension } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import type { Diagnostic } from "../../../src/topology/diagnostics.ts";
import { redo, undo } from "../state/actions.ts";
import type { TopologyText } from "../topology-text.ts";
import { schemaCompletion } from "./completion.ts";
import { offsetOf } from "./go-to.ts";
import { schemaHover } from "./hover.ts";
import { editorTheme } from "./theme.ts";

export interface Editor {
  setTopology(topology: TopologyText): void;
  setDiagnostics(diagnostics: readonly Diagnostic[]): void;
  setLabel(label: string): void;
  goTo(offset: number): void;
  destroy(): void;
}

/** Marks changes that the page made, not the person who types. */
const fromOutside = Annotation.define<boolean>();

const colors = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: "var(--t-name)" },
  { tag: tags.string, color: "var(--t-string)" },
  { tag: [tags.number, tags.bool, tags.null], color: "var(--t-number)" },
  { tag: tags.comment, color: "var(--t-comment)" },
  { tag: [tags.punctuation, tags.separator], color: "var(--soft)" },
]);

const languages = { json: () => json(), yaml: () => yaml() } as const;

function languageOf({ name }: TopologyText): keyof typeof languages {
  return name.endsWith(".json") ? "json" : "yaml";
}

/** Tab leaves the editor, as it does for people who use the page by keyboard. These keys indent. */
const indenting = [
  { key: "Mod-]", run: indentMore },
  { key: "Mod-[", run: indentLess },
];

export function createEditor(
  root: ShadowRoot,
  topology: TopologyText,
  edited: (text: string) => void,
): Editor {
  const language = new Compartment();
  const label = new Compartment();
  let kind = languageOf(topology);
  const inLanguage = (): Extension => [languages[kind](), schemaCompletion(kind), schemaHover(kind)];
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: topology.text,
      extensions: [
        lineNumbers(),
        drawSelection(),
        indentOnInput(),
        indentUnit.of("  "),
        bracketMatching(),
        closeBrackets(),
        autocompletion({ icons: false }),
        highlightActiveLine(),
        highlightSelectionMatches(),
        lintGutter(),
        syntaxHighlighting(colors),
        keymap.of([
          ...indenting,
          ...closeBracketsKeymap,
          ...completionKeymap,
          ...lintKeymap,
          ...searchKeymap,
          ...defaultKeymap,
        ]),
        editorTheme,
        language.of(inLanguage()),
        label.of([]),
        EditorView.domEventHandlers({ beforeinput: travelled }),
        EditorView.updateListener.of(({ docChanged, transactions, state }) => {
          if (docChanged && !transactions.some((each) => each.annotation(fromOutside)))
            edited(state.doc.toString());
        }),
      ],
    }),
  });
  return {
    setTopology(now) {
      const changes = difference(view.state.doc.toString(), now.text);
      if (changes !== null) {
        const at = changes.from + changes.insert.length;
        // By undo: the person sees what came back.
        const selection = view.hasFocus ? { selection: { anchor: at }, scrollIntoView: true } : {};
        view.dispatch({ changes, ...selection, annotations: fromOutside.of(true) });
      }
      if (kind === languageOf(now)) return;
      kind = languageOf(now);
      view.dispatch({ effects: language.reconfigure(inLanguage()) });
    },
    setDiagnostics(all) {
      const text = view.state.doc.toString();
      view.dispatch(
        setDiagnostics(
          view.state,
          all.map((each) => shown(each, text)),
        ),
      );
    },
    setLabel(text) {
      view.dispatch({
        effects: label.reconfigure(
          EditorView.contentAttributes.of({ "aria-label": text, spellcheck: "false", tabindex: "0" }),
        ),
      });
    },
    goTo(offset) {
      const at = Math.min(offset, view.state.doc.length);
      view.focus();
      view.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: "center" }) });
    },
    destroy: () => view.destroy(),
  };
}

/** The page has one history for form and text: undo in the browser's menus goes to it, too. */
function travelled(event: InputEvent): boolean {
  const travel = { historyUndo: undo, historyRedo: redo }[event.inputType];
  if (travel === undefined) return false;
  event.preventDefault();
  travel();
  return true;
}

/** Replaces only the part that differs, so that cursor and history stay. */
function difference(before: string, after: string): { from: number; to: number; insert: string } | null {
  if (before === after) return null;
  const shorter = Math.min(before.length, after.length);
  let from = 0;
  while (from < shorter && before[from] === after[from]) from++;
  let end = 0;
  while (end < shorter - from && before.at(-1 - end) === after.at(-1 - end)) end++;
  return { from, to: before.length - end, insert: after.slice(from, after.length - end) };
}

/** From its place to the end of the value or word there. */
function shown(diagnostic: Diagnostic, text: string): Shown {
  const { severity, message, hint, code } = diagnostic;
  const from = Math.min(offsetOf(text, diagnostic), text.length);
  const word = /^(?:"(?:[^"\\\n]|\\.)*"|[^\s,\]}]+)/.exec(text.slice(from, from + 200))?.[0] ?? "";
  return {
    from,
    to: Math.min(from + Math.max(word.length, 1), text.length),
    severity,
    source: code,
    message: `${message}: ${hint}`,
  };
}
