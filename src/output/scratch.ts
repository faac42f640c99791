/** Reused memory: a buffer for each of ten thousand files keeps the garbage collector busy. */

import { closeSync, openSync, readSync } from "node:fs";

/** Bytes of one file at a time; they are valid until the next call. */
export class Scratch {
  #memory = Buffer.alloc(1 << 16);

  /** A text in UTF-8. */
  encode(text: string): Buffer {
    // A UTF-16 code unit takes at most three bytes.
    const memory = this.#atLeast(text.length * 3);
    return memory.subarray(0, memory.write(text));
  }

  /**
   * @param size of the file as it was seen; later growth is ignored
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
