/** Formats that distributions compress kernels and modules with. */

import { spawnSync } from "node:child_process";
import { gunzipSync } from "node:zlib";
import { findProgram } from "../programs.ts";

interface Format {
  /** Ending of a file's name. */
  readonly ending: string;
  /** The first bytes. */
  readonly magic: readonly number[];
  /** Program that decompresses its standard input with -dc; null: Node does. */
  readonly program: string | null;
}

export const FORMATS: readonly Format[] = [
  { ending: ".gz", magic: [0x1f, 0x8b], program: null },
  {
    ending: ".xz",
    magic: [0xfd, 0x37, 0x7a, 0x58, 0x5a],
    program: "xz",
  },
  { ending: ".zst", magic: [0x28, 0xb5, 0x2f, 0xfd], program: "zstd" },
];

export function formatOf(bytes: Uint8Array): Format | null {
  return FORMATS.find(({ magic }) => magic.every((byte, at) => bytes[at] === byte)) ?? null;
}

const MOST = 1 << 29;

/** @throws Error with the program's words */
export function decompress({ program }: Format, bytes: Uint8Array): Buffer {
  if (program === null) return gunzipSync(bytes);
  const { status, stdout, stderr, error } = spawnSync(findProgram(program) ?? program, ["-dcq"], {
    input: bytes,
    maxBuffer: MOST,
  });
  if (status !== 0) throw new Error(error?.message ?? stderr.toString().trim());
  return stdout;
}
