/** Serves the files of a folder, on loopback only. */

import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";

export interface Served {
  /** With its port, as `http://127.0.0.1:8017/`. */
  readonly url: string;
  readonly close: () => Promise<void>;
}

const loopback = "127.0.0.1";

/** The kinds of files that a built page has. */
const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
};

/** The page sends requests to this server only, and no other page may frame or read it. */
const headers: Readonly<Record<string, string>> = {
  "content-security-policy": [
    "default-src 'none'",
    "script-src 'self'",
    "worker-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; "),
  "cache-control": "no-cache",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-embedder-policy": "require-corp",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
};

interface PageFile {
  readonly type: string;
  readonly plain: Content;
  /** Made by the build (scripts/compress-page.ts); small files have none. */
  readonly brotli: Content | null;
}

/** Bytes as they are sent, and the entity tag by which a browser asks whether they have changed. */
interface Content {
  readonly bytes: Uint8Array;
  readonly tag: string;
}

/**
 * Serves the files that are in the folder now, by their names.
 *
 * @param port 0 for any free port
 * @throws Error of node:net if the port is taken, of node:fs if the folder cannot be read
 */
export async function serveFolder(folder: string, port: number): Promise<Served> {
  const files = readPage(folder);
  const server = createServer((request, response) => answer(files, request, response));
  await listen(server, port);
  // Errors of a connection concern its client only.
  server.on("error", () => {});
  const taken = (server.address() as AddressInfo).port;
  return {
    url: `http://${loopback}:${taken}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Files by path. They are read once, so that a request cannot name any other file. */
function readPage(folder: string): ReadonlyMap<string, PageFile> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) =>
    entry.isFile() ? join(entry.parentPath, entry.name) : [],
  );
  const files = new Map<string, PageFile>();
  for (const name of names) {
    const type = types[extname(name)];
    if (type === undefined) continue;
    const path = name.slice(folder.length).replaceAll("\\", "/").replace(/^\/*/, "/");
    const brotli = `${name}.br`;
    files.set(path, {
      type,
      plain: contentOf(name),
      brotli: existsSync(brotli) ? contentOf(brotli) : null,
    });
  }
  const index = files.get("/index.html");
  if (index !== undefined) files.set("/", index);
  return files;
}

function contentOf(name: string): Content {
  const bytes = readFileSync(name);
  return { bytes, tag: `"${createHash("sha256").update(bytes).digest("base64url").slice(0, 22)}"` };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, loopback, resolve);
  });
}

function answer(
  files: ReadonlyMap<string, PageFile>,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const refuse = (status: number, words: string) => {
    response.writeHead(status, { ...headers, "content-type": "text/plain; charset=utf-8" }).end(`${words}\n`);
  };
  // Against DNS rebinding: another name may be made to point here.
  if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(request.headers.host ?? "")) {
    refuse(421, "open this page as 127.0.0.1 or localhost");
    return;
  }
  if (request.method !== "GET" && request.method !== "HEAD") {
    refuse(405, "only GET and HEAD work here");
    return;
  }
  const file = files.get((request.url ?? "/").replace(/[?#].*$/, ""));
  if (file === undefined) {
    refuse(404, "file not found");
    return;
  }
  send(file, request, response);
}

/** In the form that the client accepts; nothing but the entity tag if the client has it. */
function send(file: PageFile, request: IncomingMessage, response: ServerResponse): void {
  const content = takesBrotli(request) && file.brotli !== null ? file.brotli : file.plain;
  const about = { ...headers, vary: "accept-encoding", etag: content.tag };
  if (hasTag(request, content.tag)) {
    response.writeHead(304, about).end();
    return;
  }
  response.writeHead(200, {
    ...about,
    ...(content === file.brotli ? { "content-encoding": "br" } : {}),
    "content-type": file.type,
    "content-length": content.bytes.length,
  });
  response.end(request.method === "HEAD" ? undefined : content.bytes);
}

/** RFC 9110, 12.5.3: a coding with the quality 0 is refused. */
function takesBrotli({ headers: asked }: IncomingMessage): boolean {
  const codings = String(asked["accept-encoding"] ?? "").split(",");
  return codings.some((coding) => /^\s*br\s*(;|$)/i.test(coding) && !/;\s*q=0(\.0*)?\s*$/i.test(coding));
}

/** RFC 9110, 13.1.2: `*`, or a list of tags, weak ones included. */
function hasTag({ headers: asked }: IncomingMessage, tag: string): boolean {
  const tags = (asked["if-none-match"] ?? "").split(",").map((each) => each.trim().replace(/^W\//, ""));
  return tags.includes(tag) || tags.includes("*");
}
