/** A small button beside a choice that opens its explanation. */

import { useSignal } from "@preact/signals";
import { t } from "../i18n/words.ts";
import { Lazy } from "../lazy.tsx";
import type { Choice } from "./choices.ts";

interface ExplainProps {
  readonly choice: Choice;
  /** The field's label. */
  readonly label: string;
  readonly chosen: string;
  readonly choose: (value: string) => void;
}

const load = async () => (await import("./choice-dialog.tsx")).ChoiceDialog;

export function Explain({ choice, label, chosen, choose }: ExplainProps) {
  const isOpen = useSignal(false);
  const title = t("explain.title", { label });
  return (
    <>
      <button
        type="button"
        class="explain"
        aria-label={title}
        title={title}
        onClick={() => {
          isOpen.value = true;
        }}
      >
        ?
      </button>
      {isOpen.value && (
        <Lazy
          load={load}
          values={{
            choice,
            title,
            chosen,
            choose,
            close: () => {
              isOpen.value = false;
            },
          }}
        />
      )}
    </>
  );
}
