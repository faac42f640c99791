/** Serves the files of a folder, on loopback only. */

import { readdirSync, readFileSync } from "node:fs";
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
  readonly bytes: Uint8Array;
  readonly type: string;
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
    files.set(path, { bytes: readFileSync(name), type });
  }
  const index = files.get("/index.html");
  if (index !== undefined) files.set("/", index);
  return files;
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
  response.writeHead(200, { ...headers, "content-type": file.type, "content-length": file.bytes.length });
  response.end(request.method === "HEAD" ? undefined : file.bytes);
}
