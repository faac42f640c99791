/** A topology in the part of an address after `#`, which browsers do not send to servers. */

import { isOlder } from "../../../src/base/versions.ts";
import type { TopologyText } from "../topology-text.ts";

const key = "t=";

/** The most bytes that a link may unpack to: anything larger is an attack. */
const maximumBytes = 4 * 1024 * 1024;

/** A link that a later playground made, in a form that this one does not know. */
export class NewerLink extends Error {}

export interface Shared {
  readonly topology: TopologyText;
  /** lvsgen's version that made the link; null in links without one. */
  readonly version: string | null;
}

/**
 * The fragment, with its `#`.
 *
 * @param version lvsgen's own
 */
export async function fragmentOf({ text, name }: TopologyText, version: string): Promise<string> {
  const bytes = new TextEncoder().encode(`${/\.json$/i.test(name) ? "json" : "yaml"} ${version}\n${text}`);
  const packed = await read(
    new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate-raw")),
    Infinity,
  );
  return `#${key}${toBase64(packed)}`;
}

/**
 * @param fragment as location.hash has it
 * @param version lvsgen's own
 * @returns null if it has no topology
 * @throws NewerLink
 * @throws Error that says why it cannot be read
 */
export async function sharedTopology(fragment: string, version: string): Promise<Shared | null> {
  const body = fragment.replace(/^#/, "");
  // Later forms of links will begin with a number, too.
  if (/^t\d+=/.test(body)) throw new NewerLink();
  if (!body.startsWith(key)) return null;
  const unpacked = new Blob([fromBase64(body.slice(key.length))])
    .stream()
    .pipeThrough(new DecompressionStream("deflate-raw"));
  const whole = new TextDecoder("utf-8", { fatal: true }).decode(await read(unpacked, maximumBytes));
  const [, format, made = null, text] = /^(\w+)(?: (\d+(?:\.\d+)*\S*))?\n([\s\S]*)$/.exec(whole) ?? [];
  if ((format === "json" || format === "yaml") && text !== undefined)
    return { topology: { text, name: `topology.${format}` }, version: made };
  if (made !== null && isOlder(version, made)) throw new NewerLink();
  throw new Error("it is not in the form of a shared topology");
}

async function read(stream: ReadableStream<Uint8Array>, maximum: number): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  let length = 0;
  const reader = stream.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    parts.push(next.value);
    length += next.value.length;
    if (length <= maximum) continue;
    await reader.cancel();
    throw new Error(`it is larger than ${maximum / 1024 / 1024} MiB`);
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** base64url without padding (RFC 4648): needs no escapes in an address. */
function toBase64(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  if (!/^[\w-]*$/.test(text)) throw new Error("it has characters that no such link has");
  return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (each) => each.charCodeAt(0));
}
