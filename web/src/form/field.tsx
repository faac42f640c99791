/** A field of the form: the topology's value or what is being typed, with the findings about it. */

import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { pointerOf } from "../../../src/base/json-pointer.ts";
import { diagnosticsByPointer, travels } from "../state/state.ts";
import type { Path } from "./paths.ts";

interface FieldProps {
  readonly label: string;
  readonly value: string;
  /** Where problems with it are reported. */
  readonly path: Path;
  readonly edit: (value: string) => void;
  /** Edit when the field loses focus, not with every key: for names that others refer to. */
  readonly isLate?: boolean;
  readonly isNumber?: boolean;
  readonly placeholder?: string;
  /** Id of a datalist. */
  readonly list?: string;
  readonly class?: string;
}

export function TextField({
  label,
  value,
  path,
  edit,
  isLate = false,
  isNumber = false,
  ...more
}: FieldProps) {
  const id = useId();
  const typed = useSignal<{ readonly text: string; readonly travel: number } | null>(null);
  // Undo and redo show the topology's value, also in the field that one is in.
  const draft = typed.value?.travel === travels.value ? typed.value.text : null;
  const problem = problemAt(path);
  const onInput = (event: { readonly currentTarget: HTMLInputElement }) => {
    typed.value = { text: event.currentTarget.value, travel: travels.value };
    if (!isLate) edit(event.currentTarget.value);
  };
  const onChange = (event: { readonly currentTarget: HTMLInputElement }) => {
    if (isLate) edit(event.currentTarget.value.trim());
  };
  return (
    <div class={`field ${more.class ?? ""}`}>
      <label for={id}>{label}</label>
      <input
        id={id}
        type="text"
        value={draft ?? value}
        placeholder={more.placeholder}
        list={more.list}
        inputMode={isNumber ? "numeric" : undefined}
        autocomplete="off"
        autocapitalize="none"
        spellcheck={false}
        data-draft={isLate && draft !== null && draft !== value ? "" : undefined}
        aria-invalid={problem?.isError ?? false}
        aria-describedby={problem === null ? undefined : `${id}-problem`}
        onInput={onInput}
        onChange={onChange}
        onBlur={() => {
          typed.value = null;
        }}
      />
      <ProblemText id={`${id}-problem`} problem={problem} />
    </div>
  );
}

interface SelectProps {
  readonly label: string;
  readonly value: string;
  readonly path: Path;
  readonly edit: (value: string) => void;
  readonly options: readonly { readonly value: string; readonly text: string }[];
  /** What should be thought of, without being a problem. */
  readonly note?: string | null;
  readonly class?: string;
}

export function SelectField({ label, value, path, edit, options, note = null, ...more }: SelectProps) {
  const id = useId();
  const problem = problemAt(path);
  // The value in the text may be none of these: show it, the rules report it.
  const all = options.some((option) => option.value === value)
    ? options
    : [{ value, text: value }, ...options];
  return (
    <div class={`field ${more.class ?? ""}`}>
      <label for={id}>{label}</label>
      <select
        id={id}
        value={value}
        aria-invalid={problem?.isError ?? false}
        aria-describedby={problem !== null ? `${id}-problem` : note !== null ? `${id}-note` : undefined}
        onChange={(event) => edit(event.currentTarget.value)}
      >
        {all.map((option) => (
          <option key={option.value} value={option.value}>
            {option.text}
          </option>
        ))}
      </select>
      {note !== null && (
        <p id={`${id}-note`} class="field-ask">
          {note}
        </p>
      )}
      <ProblemText id={`${id}-problem`} problem={problem} />
    </div>
  );
}

interface Problem {
  readonly text: string;
  /** false: only warnings. */
  readonly isError: boolean;
}

interface ProblemProps {
  readonly id: string;
  readonly problem: Problem | null;
}

function ProblemText({ id, problem }: ProblemProps): ComponentChildren {
  return problem === null ? null : (
    <p id={id} class={problem.isError ? "field-problem" : "field-ask"}>
      {problem.text}
    </p>
  );
}

function problemAt(path: Path): Problem | null {
  const own = diagnosticsByPointer.value.get(pointerOf(...path));
  if (own === undefined) return null;
  // The hint is in the list of problems, where there is more space.
  const text = own.map(({ message }) => message).join("; ");
  return { text, isError: own.some(({ severity }) => severity === "error") };
}
