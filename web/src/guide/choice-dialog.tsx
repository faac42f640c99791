/** All values of a choice: what each does, who should choose it, and a button that does. */

import { Dialog } from "../dialogs/dialog.tsx";
import { language } from "../i18n/words.ts";
import { advice } from "./advice.ts";
import { type Choice, valuesOfChoice } from "./choices.ts";
import { meaningOf } from "./meanings.ts";

interface ChoiceDialogProps {
  readonly choice: Choice;
  readonly title: string;
  readonly chosen: string;
  readonly choose: (value: string) => void;
  readonly close: () => void;
}

export function ChoiceDialog({ choice, title, chosen, choose, close }: ChoiceDialogProps) {
  return (
    <Dialog title={title} close={close}>
      <ul class="choices">
        {valuesOfChoice(choice).map((value) => (
          <li key={value}>
            <button
              type="button"
              class="choice"
              aria-current={value === chosen}
              onClick={() => {
                choose(value);
                close();
              }}
            >
              <strong class="code">{value}</strong>
              <span>{meaningOf(choice, value)}</span>
              <span class="soft">{advice[choice][value]?.[language.value]}</span>
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
