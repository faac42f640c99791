/** Memory that is used again and again: a buffer for each of ten thousand files keeps the garbage collector busy. */

import { closeSync, openSync, readSync } from "node:fs";

/** Bytes of one file at a time; those handed out before are gone with the next call. */
export class Scratch {
  #memory = Buffer.alloc(1 << 16);

  /** A text in UTF-8. */
  encode(text: string): Buffer {
    // A UTF-16 code unit takes at most three bytes.
    const memory = this.#atLeast(text.length * 3);
    return memory.subarray(0, memory.write(text));
  }

  /**
   * @param size of the file as it was seen; what has grown since is left out, as is what has gone
   */
  read(file: string, size: number): Buffer {
    const memory = this.#atLeast(size);
    const descriptor = openSync(file, "r");
    try {
      let length = 0;
      for (let got = -1; length < size && got !== 0; length += got)
        got = readSync(descriptor, memory, length, size - length, null);
      return memory.subarray(0, length);
    } finally {
      closeSync(descriptor);
    }
  }

  #atLeast(size: number): Buffer {
    if (this.#memory.length < size) this.#memory = Buffer.alloc(size * 2);
    return this.#memory;
  }
}
