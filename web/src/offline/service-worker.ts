/**
 * Keeps the page's files, so that it works offline, and so that an open page finds its own parts when the server has a
 * later build. The build puts `build` before it, see service-worker-plugin.ts. It is a script, not a module.
 */

declare const build: {
  /** From the contents of all files. */
  readonly version: string;
  /** Below the page's folder. */
  readonly files: readonly string[];
};

const worker = self as unknown as ServiceWorkerGlobalScope;
const prefix = "lvsgen-";
const ownName = prefix + build.version;

worker.addEventListener("install", (event) => event.waitUntil(keepFiles()));
worker.addEventListener("activate", (event) => event.waitUntil(takeOver()));
worker.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== location.origin) return;
  event.respondWith(request.mode === "navigate" ? fromServerFirst(request) : fromCacheFirst(request));
});

async function keepFiles(): Promise<void> {
  const cache = await caches.open(ownName);
  // Not index.html by its name: servers may answer that with a redirect.
  await cache.addAll(["./", ...build.files.filter((name) => name !== "index.html")]);
  await worker.skipWaiting();
}

/** The build before stays, for pages of it that are still open. */
async function takeOver(): Promise<void> {
  const others = (await caches.keys()).filter((name) => name.startsWith(prefix) && name !== ownName);
  for (const name of others.slice(0, -1)) await caches.delete(name);
  await worker.clients.claim();
}

/** So that a reload gets the latest page where there is a server. */
async function fromServerFirst(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch (error) {
    const cache = await caches.open(ownName);
    const kept = await cache.match("./");
    if (kept === undefined) throw error;
    return kept;
  }
}

/** Names of parts have their content's hash, so one of any build is the one that is asked for. */
async function fromCacheFirst(request: Request): Promise<Response> {
  const cache = await caches.open(ownName);
  return (await cache.match(request)) ?? (await caches.match(request)) ?? fetch(request);
}
