/** Files as a tar archive, in the ustar format (POSIX.1-1988), which every tar reads: for a paste on a host. */

import { strToU8 } from "fflate";
import type { Artifact } from "../../../src/render/artifact.ts";

const block = 512;

/** The same files, the same bytes: owner root, no time. Paths are at most 100 bytes long. */
export function tarOf(artifacts: readonly Artifact[]): Uint8Array {
  const parts = artifacts.flatMap(({ path, text, mode }) => {
    const data = strToU8(text);
    return [headerOf(path, data.length, mode), padded(data)];
  });
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 2 * block));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function headerOf(path: string, size: number, mode: number): Uint8Array {
  const name = strToU8(path);
  if (name.length > 100) throw new Error(`${path} is too long for a tar archive`);
  const header = new Uint8Array(block);
  const put = (offset: number, text: string) => header.set(strToU8(text), offset);
  const octal = (value: number, digits: number) => value.toString(8).padStart(digits, "0");
  header.set(name, 0);
  put(100, octal(mode, 7));
  put(108, octal(0, 7));
  put(116, octal(0, 7));
  put(124, octal(size, 11));
  put(136, octal(0, 11));
  put(148, " ".repeat(8));
  put(156, "0");
  put(257, "ustar\u000000");
  put(265, "root");
  put(297, "root");
  const sum = header.reduce((total, byte) => total + byte, 0);
  put(148, `${octal(sum, 6)}\u0000 `);
  return header;
}

function padded(data: Uint8Array): Uint8Array {
  const whole = new Uint8Array(Math.ceil(data.length / block) * block);
  whole.set(data);
  return whole;
}
