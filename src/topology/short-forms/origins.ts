/** Where in the topology as written a place of the one with its short forms written out comes from. */

import { parentOf } from "../../base/json-pointer.ts";

export type Source = (pointer: string) => string;

/** Of pieces that were moved or copied, by where they are now. What is inside of one moved with it. */
export class Origins {
  readonly #moved = new Map<string, string>();

  move(now: string, before: string): void {
    if (now !== before) this.#moved.set(now, before);
  }

  readonly source: Source = (pointer) => {
    if (this.#moved.size === 0) return pointer;
    for (let place = pointer; place !== ""; place = parentOf(place)) {
      const before = this.#moved.get(place);
      if (before !== undefined) return before + pointer.slice(place.length);
    }
    return pointer;
  };
}
