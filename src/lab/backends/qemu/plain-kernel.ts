/**
 * A kernel without its compression. To unpack itself where QEMU translates, a kernel takes longer than for all of its
 * start; this machine's processor unpacks it in a second, and the result is kept in lvsgen's cache.
 */

import { existsSync, readFileSync, statSync } from "node:fs";
import { cacheFile, writeCacheFile } from "../../../base/cache-files.ts";
import { sha256Hex } from "../../../base/sha256.ts";
import { decompress, formatOf } from "./decompress.ts";

const CACHE_KIND = "lab-kernel-";

/** The kernel's file as it boots the fastest: the plain one where there is one, and room to keep it. */
export function plainKernel(file: string, environment: NodeJS.ProcessEnv = process.env): string {
  const { size, mtimeMs } = statSync(file);
  const kept = cacheFile(`${CACHE_KIND}${sha256Hex(`${file}\n${size}\n${mtimeMs}`)}`, environment);
  if (!existsSync(kept)) {
    const plain = unpack(readFileSync(file));
    if (plain !== null) writeCacheFile(kept, plain, CACHE_KIND);
  }
  return existsSync(kept) ? kept : file;
}

/** Of x86's boot protocol (arch/x86/boot.rst): sectors of real-mode code, where the payload begins after them, its length. */
const SECTORS_AT = 0x1f1;
const SIGNATURE = { at: 0x202, text: "HdrS" };
const PAYLOAD_AT = 0x248;
const LENGTH_AT = 0x24c;

/**
 * The plain kernel, or null where QEMU could not start it so, or nothing here unpacks it. gzip and zstd ignore, or do not
 * have, the four bytes of its length that follow; xz takes them for damage.
 */
export function unpack(image: Buffer): Buffer | null {
  if (image.toString("latin1", SIGNATURE.at, SIGNATURE.at + 4) !== SIGNATURE.text) return null;
  const start = ((image[SECTORS_AT] || 4) + 1) * 512 + image.readUInt32LE(PAYLOAD_AT);
  const payload = image.subarray(start, start + image.readUInt32LE(LENGTH_AT));
  const format = formatOf(payload);
  if (format === null) return null;
  try {
    const plain = decompress(format, format.program === null ? payload : payload.subarray(0, -4));
    return beginsWithoutFirmware(plain) ? plain : null;
  } catch {
    return null;
  }
}

/** An ELF note of Xen's says where (XEN_ELFNOTE_PHYS32_ENTRY, 18): sizes of name and value, type, name. */
function beginsWithoutFirmware(plain: Buffer): boolean {
  return [4, 8].some((size) =>
    plain.includes(Buffer.from([4, 0, 0, 0, size, 0, 0, 0, 18, 0, 0, 0, 0x58, 0x65, 0x6e, 0])),
  );
}
