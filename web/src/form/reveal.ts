/** Brings the field of a place into view and focuses it. */

import { signal } from "@preact/signals";
import { nearestField } from "./nearest-field.ts";

/** The place to show: rows and details that have it open. */
export const wanted = signal<string | null>(null);

export function isInside(pointer: string | null, own: string): boolean {
  return pointer !== null && (pointer === own || pointer.startsWith(`${own}/`));
}

/** @returns whether the form has such a field */
export async function reveal(pointer: string): Promise<boolean> {
  wanted.value = pointer;
  // Rows that were not shown are drawn in the next frame.
  await nextFrame();
  await nextFrame();
  wanted.value = null;
  const fields = [...document.querySelectorAll<HTMLElement>(".form [data-pointer]")];
  const nearest = nearestField(
    pointer,
    fields.map((each) => each.dataset.pointer ?? ""),
  );
  const field = fields.find((each) => each.dataset.pointer === nearest);
  if (field === undefined) return false;
  field.scrollIntoView({ block: "center" });
  field.focus({ preventScroll: true });
  return document.activeElement === field;
}

function nextFrame(): Promise<unknown> {
  return new Promise((resolve) => requestAnimationFrame(resolve));
}
