/** The playground as one static folder: relative paths, so that it works below any address. */

import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const here = fileURLToPath(new URL(".", import.meta.url));

/** How long plugins take is no warning of a build. */
const checks = { pluginTimings: false };

export default defineConfig({
  root: here,
  base: "./",
  // JSX is Preact's: 5 kB, components that read like the page, and a value in braces is always text, never HTML.
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    outDir: "../dist/web",
    emptyOutDir: true,
    target: "es2023",
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1000,
    // A data: address would need a hole in the content security policy.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    rolldownOptions: { checks },
  },
  worker: { format: "es", rolldownOptions: { checks } },
  server: { host: "127.0.0.1" },
});
