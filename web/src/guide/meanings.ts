/** What the values of a choice mean: the schema's own texts, in the page's language. */

import { language } from "../i18n/words.ts";
import { meaningsZh } from "../i18n/zh-meanings.ts";
import { type Choice, textOf } from "./choices.ts";

export function meaningOf(choice: Choice, value: string): string {
  const english = textOf(choice, value);
  return language.value === "en" ? english : (meaningsZh[`${choice}.${value}`] ?? english);
}
