/** The casts of one template: only those that save more time than they cost. */

import type { Cast } from "./cast.ts";

/** Shapes that are kept: systems, roles and engines of one cluster. */
const mostCasts = 8;

/** Renders before the first cast. Making one takes as long as several renders: not worth it for small clusters. */
const fewestRenders = 3;

/** Views that a cast must serve to be worth the time to make it. */
const worth = 4;

export class CastShelf {
  /** The one used last is the first. */
  readonly #casts: Cast[] = [];
  #renders = 0;
  #made = 0;
  #served = 0;

  /** A text from one of the casts; null if none has the view's shape. */
  fill(view: object): string | null {
    for (const [index, cast] of this.#casts.entries()) {
      const text = this.#fillBy(cast, view);
      if (text === null) continue;
      this.#served += 1;
      if (index > 0) this.#casts.unshift(...this.#casts.splice(index, 1));
      return text;
    }
    return null;
  }

  /** If a helper refuses a value, the template itself renders and reports the place: a cast would have only half of it. */
  #fillBy(cast: Cast, view: object): string | null {
    try {
      return cast(view);
    } catch {
      this.#casts.splice(this.#casts.indexOf(cast), 1);
      return null;
    }
  }

  /** Of a view that `fill` had no text for. */
  take(make: () => Cast | null): void {
    this.#renders += 1;
    if (this.#renders < fewestRenders || this.#made > mostCasts + this.#served / worth) return;
    this.#made += 1;
    const cast = make();
    if (cast === null) return;
    this.#casts.unshift(cast);
    this.#casts.length = Math.min(this.#casts.length, mostCasts);
  }
}
