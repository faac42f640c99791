/** The service worker, after all that the first view needs. */

export function keepOffline(): void {
  // Only where browsers allow it: https and loopback.
  if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return;
  // Without one the page works, but not offline.
  navigator.serviceWorker.register("./service-worker.js").catch(() => {});
}
