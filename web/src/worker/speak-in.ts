/** The worker's language: that of each call, one call after the other. */

import { languages } from "../../../src/languages/languages.ts";
import { speak } from "../../../src/languages/say.ts";
import type { Language } from "../i18n/words.ts";

let current: Language = "en";
let turn: Promise<void> = Promise.resolve();

/** Resolves when messages are in the language. What follows it in the same task has them so. */
export function speakIn(language: Language): Promise<void> {
  turn = turn.then(() => change(language));
  return turn;
}

async function change(language: Language): Promise<void> {
  if (language === current) return;
  try {
    speak(language === "en" ? null : await languages[language].load());
    current = language;
  } catch {
    // Its part could not be loaded, as after a move of the server: English is better than no answer. The next call tries it again.
    speak(null);
    current = "en";
  }
}
