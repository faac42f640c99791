/** Writes the page's service worker, with the names of all files of this build. */

import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Plugin, transformWithOxc } from "vite";

const name = "service-worker";

const source = fileURLToPath(new URL(`./src/offline/${name}.ts`, import.meta.url));

export function serviceWorker(): Plugin {
  let folder = "";
  return {
    name: `lvsgen-${name}`,
    apply: "build",
    configResolved: ({ root, build }) => {
      folder = join(root, build.outDir);
    },
    // When all files of the build are there, those of public/ included.
    closeBundle: async () => {
      const files = readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && entry.name !== `${name}.js`)
        .map((entry) =>
          join(entry.parentPath, entry.name)
            .slice(folder.length + 1)
            .replaceAll("\\", "/"),
        )
        .toSorted();
      const hash = createHash("sha256");
      for (const file of files) hash.update(file).update(readFileSync(join(folder, file)));
      const build = { version: hash.digest("hex").slice(0, 16), files };
      const { code } = await transformWithOxc(readFileSync(source, "utf8"), source);
      writeFileSync(join(folder, `${name}.js`), `const build = ${JSON.stringify(build)};\n${code}`);
    },
  };
}
