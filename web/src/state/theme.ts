/** Dark or light: as the system, unless one is chosen. */

import { effect, signal } from "@preact/signals";
import { remember, remembered } from "./memory.ts";

export const themes = ["auto", "light", "dark"] as const;

export type Theme = (typeof themes)[number];

const own = remembered("theme");

export const theme = signal<Theme>(themes.find((each) => each === own) ?? "auto");

export function setTheme(chosen: Theme): void {
  theme.value = chosen;
  remember("theme", chosen);
}

effect(() => {
  document.documentElement.dataset.theme = theme.value;
});
