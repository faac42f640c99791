/** Compresses the built page once, as far as it goes: `lvsgen web` and other servers send `NAME.br` for NAME. */

import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

const folder = "dist/web";
/** Below this, a compressed file saves no packet. */
const least = 1200;

const names = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name));
for (const name of names) {
  if (name.endsWith(".br")) {
    rmSync(name);
    continue;
  }
  const bytes = readFileSync(name);
  if (bytes.length < least) continue;
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  };
  writeFileSync(`${name}.br`, brotliCompressSync(bytes, { params }));
}
