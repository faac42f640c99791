/** The playground as one static folder: relative paths, so that it works below any address. */

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { version } from "../src/base/version.ts";
import { docsPages } from "./docs-plugin.ts";
import { formValues } from "./form-values-plugin.ts";
import { leanRules } from "./lean-rules-plugin.ts";
import { leanTemplates } from "./lean-templates-plugin.ts";
import { serviceWorker } from "./service-worker-plugin.ts";

const here = fileURLToPath(new URL(".", import.meta.url));

/** The address of the repository, as package.json has it; empty if it has none. */
function repositoryPage(): string {
  const text = readFileSync(new URL("../package.json", import.meta.url), "utf8");
  const { repository, homepage } = JSON.parse(text) as {
    repository?: string | { url: string };
    homepage?: string;
  };
  const url = typeof repository === "string" ? repository : (repository?.url ?? homepage ?? "");
  return /^https:/.test(url.replace(/^git\+/, "")) ? url.replace(/^git\+|\.git$/g, "") : "";
}

/** The worker needs one line of package.json. */
const leanManifest = {
  name: "lvsgen-lean-manifest",
  load: (id: string) => (id.endsWith("/package.json") ? JSON.stringify({ version }) : null),
};

/** How long plugins take is no warning of a build. */
const checks = { pluginTimings: false };

export default defineConfig({
  root: here,
  base: "./",
  // The whole of package.json would be in the page's first script.
  define: {
    "import.meta.env.LVSGEN_VERSION": JSON.stringify(version),
    "import.meta.env.LVSGEN_REPOSITORY": JSON.stringify(repositoryPage()),
  },
  plugins: [docsPages(), formValues(), serviceWorker()],
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
  worker: {
    format: "es",
    plugins: () => [leanManifest, leanRules(), leanTemplates()],
    rolldownOptions: { checks },
  },
  server: { host: "127.0.0.1" },
});
