/** What the values of a choice mean: the schema's own texts, in the page's language. */

import { meaningIn } from "../i18n/words.ts";
import { type Choice, textOf } from "./choices.ts";

export function meaningOf(choice: Choice, value: string): string {
  return meaningIn(`${choice}.${value}`) ?? textOf(choice, value);
}
