/** The page for developers names what is there, and all that is there. */

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { repository } from "../helpers/lvsgen.ts";

const page = readFileSync(join(repository, "docs/architecture.md"), "utf8");
const paths = [...page.matchAll(/`((?:src|templates|schemas|test)\/[\w./-]*)`/g)].map(
  ([, path = ""]) => path,
);

test("every path is there", () => {
  expect(paths.length).toBeGreaterThan(25);
  expect(paths.filter((path) => !existsSync(join(repository, path)))).toEqual([]);
});

test("every folder of the source has its row", () => {
  const folders = readdirSync(join(repository, "src"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => `src/${name}/`);
  expect(folders.filter((folder) => !paths.includes(folder))).toEqual([]);
});
