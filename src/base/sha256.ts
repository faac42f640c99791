/** SHA-256 that runs anywhere, in a browser too; with Node, package.json replaces it with sha256.node.ts. */

import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

/** As 64 lower-case hex digits; of a text, of its UTF-8 bytes. */
export function sha256Hex(data: string | Uint8Array): string {
  return bytesToHex(sha256(typeof data === "string" ? utf8ToBytes(data) : data));
}
