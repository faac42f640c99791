/** What one state has and the other has not. */

import type { Snapshot } from "../snapshot.ts";

export class Difference {
  /** The state to reach. */
  readonly to: Snapshot;
  readonly #from: Snapshot;

  constructor(to: Snapshot, from: Snapshot) {
    this.to = to;
    this.#from = from;
  }

  /** Lines of a section that have to come. */
  missing(section: string): string[] {
    return only(this.to.get(section), this.#from.get(section));
  }

  /** Lines of a section that have to go. */
  surplus(section: string): string[] {
    return only(this.#from.get(section), this.to.get(section));
  }

  differs(section: string): boolean {
    return this.missing(section).length + this.surplus(section).length > 0;
  }
}

function only(one: readonly string[] = [], other: readonly string[] = []): string[] {
  const known = new Set(other);
  return one.filter((line) => !known.has(line));
}
