/** A field of the form: the topology's value or what is being typed, with the findings about it. */

import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { pointerOf } from "../../../src/base/json-pointer.ts";
import { t } from "../i18n/words.ts";
import { Icon } from "../icons.tsx";
import { Meant } from "../meant.tsx";
import { diagnosticsByPointer, redraws, travels } from "../state/state.ts";
import type { PageDiagnostic } from "../worker/protocol.ts";
import type { Path } from "./steps.ts";

/** Letters that every field shows; of a longer value the tooltip has all. */
const surelyShown = 18;

interface FieldProps {
  readonly label: string;
  readonly value: string;
  /** Where problems with it are reported. */
  readonly path: Path;
  readonly edit: (value: string) => void;
  /** Edit when the field loses focus, not with every key: for names that others refer to. */
  readonly isLate?: boolean;
  readonly isNumber?: boolean;
  /** Why a late edit cannot be made with this text; null: it can. */
  readonly refusal?: (text: string) => string | null;
  readonly placeholder?: string;
  /** Id of a datalist. */
  readonly list?: string;
  readonly class?: string;
  /** A word about the field. */
  readonly hint?: string | null;
}

export function TextField({
  label,
  value,
  path,
  edit,
  isLate = false,
  isNumber = false,
  refusal = () => null,
  ...more
}: FieldProps) {
  const id = useId();
  const typed = useSignal<{ readonly text: string; readonly travel: number } | null>(null);
  // Undo and redo show the topology's value, also in the field that one is in.
  const draft = typed.value?.travel === travels.value ? typed.value.text : null;
  const problems = problemsAt(path);
  const refused = draft === null || !isLate ? null : refusal(draft.trim());
  const onInput = (event: { readonly currentTarget: HTMLInputElement }) => {
    typed.value = { text: event.currentTarget.value, travel: travels.value };
    if (!isLate) edit(event.currentTarget.value);
  };
  const onChange = (event: { readonly currentTarget: HTMLInputElement }) => {
    const text = event.currentTarget.value.trim();
    if (isLate && refusal(text) === null) edit(text);
  };
  return (
    <div class={`field ${more.class ?? ""}`}>
      <label for={id}>{label}</label>
      <input
        id={id}
        type="text"
        value={draft ?? value}
        placeholder={more.placeholder}
        title={value.length > surelyShown ? value : undefined}
        list={more.list}
        inputMode={isNumber ? "numeric" : undefined}
        autocomplete="off"
        autocapitalize="none"
        spellcheck={false}
        data-draft={isLate && draft !== null && draft !== value ? "" : undefined}
        data-pointer={pointerOf(...path)}
        {...describedBy(id, problems, refused)}
        onInput={onInput}
        onChange={onChange}
        onBlur={() => {
          // A text that was refused stays, with the reason.
          if (refused === null) typed.value = null;
        }}
      />
      <Hint text={more.hint} />
      <Problems id={id} problems={problems} refused={refused} />
    </div>
  );
}

interface SelectProps {
  readonly label: string;
  readonly value: string;
  readonly path: Path;
  readonly edit: (value: string) => void;
  readonly options: readonly { readonly value: string; readonly text: string }[];
  readonly class?: string;
  readonly hint?: string | null;
  /** Beside the label. */
  readonly beside?: ComponentChildren;
}

export function SelectField({ label, value, path, edit, options, ...more }: SelectProps) {
  void redraws.value;
  const id = useId();
  const problems = problemsAt(path);
  // The value in the text may be none of these: show it, the rules report it.
  const all = options.some((option) => option.value === value)
    ? options
    : [{ value, text: value }, ...options];
  return (
    <div class={`field ${more.class ?? ""}`}>
      <span class="field-label">
        <label for={id}>{label}</label>
        {more.beside}
      </span>
      <select
        id={id}
        value={value}
        data-pointer={pointerOf(...path)}
        {...describedBy(id, problems, null)}
        onChange={(event) => edit(event.currentTarget.value)}
      >
        {all.map((option) => (
          <option key={option.value} value={option.value}>
            {option.text}
          </option>
        ))}
      </select>
      <Hint text={more.hint} />
      <Problems id={id} problems={problems} refused={null} />
    </div>
  );
}

function Hint({ text }: { readonly text: string | null | undefined }) {
  return text ? <p class="field-hint">{text}</p> : null;
}

function problemsAt(path: Path): readonly PageDiagnostic[] {
  return diagnosticsByPointer.value.get(pointerOf(...path)) ?? [];
}

/** A warning describes a field, too, but the field is not invalid. */
function describedBy(id: string, problems: readonly PageDiagnostic[], refused: string | null) {
  const isInvalid = refused !== null || problems.some(({ severity }) => severity === "error");
  const isDescribed = refused !== null || problems.length > 0;
  return {
    "aria-invalid": isInvalid,
    "aria-describedby": isDescribed ? `${id}-problem` : undefined,
    "data-warned": !isInvalid && problems.length > 0 ? "" : undefined,
  };
}

interface ProblemsProps {
  readonly id: string;
  readonly problems: readonly PageDiagnostic[];
  readonly refused: string | null;
}

/** Without hints: those are in the list of problems, where there is more space. */
function Problems({ id, problems, refused }: ProblemsProps): ComponentChildren {
  if (problems.length === 0 && refused === null) return null;
  return (
    <div id={`${id}-problem`}>
      {refused !== null && (
        <p class="field-problem" role="alert">
          <Icon name="error" />
          {refused}
        </p>
      )}
      {problems.map((problem) => (
        <p key={problem.code + problem.message} class={`field-problem is-${problem.severity}`}>
          <Icon name={problem.severity} />
          <span>
            <span class="unseen">{t(`problems.${problem.severity}`)}: </span>
            {problem.message} <Meant diagnostic={problem} />
          </span>
        </p>
      ))}
    </div>
  );
}
