/** A text that never appears in output or logs. */

const hidden = "(secret)";

/** Prints, and goes into JSON and so into digests, without its text. */
export class Secret {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** The text itself, for the one file that needs it. */
  reveal(): string {
    return this.#text;
  }

  toString(): string {
    return hidden;
  }

  toJSON(): string {
    return hidden;
  }
}
