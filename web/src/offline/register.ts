/** The service worker, after all that the first view needs. */

export function keepOffline(): void {
  // Not in the development server. Browsers allow it with https and on loopback.
  if (import.meta.env.MODE !== "production" || !("serviceWorker" in navigator)) return;
  // Without one the page works, but not offline.
  navigator.serviceWorker.register("./service-worker.js").catch(() => {});
}
