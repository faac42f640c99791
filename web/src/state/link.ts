/** A topology in the part of an address after `#`, which browsers do not send to servers. */

import type { TopologyText } from "../topology-text.ts";

const key = "t=";

/** The most bytes that a link may unpack to: anything larger is an attack. */
const maximumBytes = 4 * 1024 * 1024;

/** The fragment, with its `#`. */
export async function fragmentOf({ text, name }: TopologyText): Promise<string> {
  const bytes = new TextEncoder().encode(`${/\.json$/i.test(name) ? "json" : "yaml"}\n${text}`);
  const packed = await read(
    new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate-raw")),
    Infinity,
  );
  return `#${key}${toBase64(packed)}`;
}

/**
 * @param fragment as location.hash has it
 * @returns null if it has no topology
 * @throws Error that says why it cannot be read
 */
export async function sharedTopology(fragment: string): Promise<TopologyText | null> {
  const body = fragment.replace(/^#/, "");
  if (!body.startsWith(key)) return null;
  const unpacked = new Blob([fromBase64(body.slice(key.length))])
    .stream()
    .pipeThrough(new DecompressionStream("deflate-raw"));
  const whole = new TextDecoder("utf-8", { fatal: true }).decode(await read(unpacked, maximumBytes));
  const [, format, text] = /^(json|yaml)\n([\s\S]*)$/.exec(whole) ?? [];
  if (format === undefined || text === undefined)
    throw new Error("it is not in the form of a shared topology");
  return { text, name: `topology.${format}` };
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
