/** What lvsgen is made of: few packages, each with a reason, of known licences, and none that acts on being installed. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { lvsgen, repository } from "../helpers/lvsgen.ts";
import { temporaryFolder } from "../helpers/temporary.ts";

const read = (path: string) => readFileSync(join(repository, path), "utf8");
const manifest = JSON.parse(read("package.json"));

interface Locked {
  readonly version: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly hasInstallScript?: boolean;
  readonly integrity?: string;
  readonly optional?: boolean;
}
const { "": _own, ...locked } = JSON.parse(read("package-lock.json")).packages as Record<string, Locked>;

/** May be combined with MIT, and asks for no more than a notice. */
const free = ["MIT", "ISC", "BSD-2-Clause", "BSD-3-Clause", "0BSD", "Apache-2.0", "MIT OR Apache-2.0"];

/** More that may be used for development alone, as nothing of it is given to users. */
const freeToUse = [...free, "Python-2.0", "PSF-2.0", "MPL-2.0", "CC0-1.0", "BlueOak-1.0.0"];

/** [package, licence] of those whose licence is not in a list. */
function otherLicences(packages: Readonly<Record<string, Locked>>): string[] {
  return Object.entries(packages).flatMap(([path, { license, dev }]) =>
    (dev === true ? freeToUse : free).includes(license ?? "none") ? [] : [`${path}: ${license}`],
  );
}

test("every dependency has its reason in CONTRIBUTING.md, and no other one is listed there", () => {
  const [, chapter = ""] = read("CONTRIBUTING.md").split("## Dependencies");
  const listed = [...chapter.matchAll(/^\| `([^`]+)` +\| (\S.*\S) +\|$/gm)];
  const wanted = [...Object.keys(manifest.dependencies), ...Object.keys(manifest.devDependencies)];
  expect(listed.map(([, name]) => name).sort()).toEqual(wanted.sort());
  expect(listed.filter(([, , reason]) => (reason ?? "").length < 10)).toEqual([]);
});

test("all licences are free ones", () => {
  expect(Object.keys(locked).length).toBeGreaterThan(100);
  expect(otherLicences(locked)).toEqual([]);
  expect(otherLicences({ a: { version: "1", license: "AGPL-3.0" }, b: { version: "1" } })).toHaveLength(2);
  expect(otherLicences({ a: { version: "1", license: "MPL-2.0" } })).toHaveLength(1);
});

test("every package that users get, and all others but programs for other processors, are pinned by their content", () => {
  const loose = Object.entries(locked).filter(([, { integrity }]) => !integrity?.startsWith("sha512-"));
  expect(loose.filter(([, { optional, dev }]) => !(optional && dev)).map(([path]) => path)).toEqual([]);
});

test("nothing that users install runs a script, and lvsgen's own only builds", () => {
  const acting = Object.entries(locked).filter(([, { hasInstallScript }]) => hasInstallScript);
  // esbuild checks that the program for this processor is the right one; it is for development.
  expect(acting.map(([path, { dev }]) => [path, dev])).toEqual([["node_modules/esbuild", true]]);
  const { preinstall, install, postinstall, prepare } = manifest.scripts;
  expect({ preinstall, install, postinstall, prepare }).toEqual({ prepare: "npm run --silent build" });
  const fetches = /\bfetch\(|https?:\/\/(?!json-schema)|node:https?"|\bcurl\b|\bwget\b/;
  const building = readdirSync(join(repository, "scripts")).filter((name) => /\.(ts|mjs)$/.test(name));
  expect(building.filter((name) => fetches.test(read(`scripts/${name}`)))).toEqual([]);
});

test("render never runs npx, which could download shellcheck", () => {
  const topology = join(repository, "examples/pi-lab/topology.json");
  const bin = temporaryFolder();
  const { status, stderr } = lvsgen(["render", topology, "--out", join(bin, "out")], {
    environment: { PATH: bin, LVSGEN_SHELLCHECK: undefined },
  });
  expect(status).toBe(0);
  expect(stderr).toContain("shellcheck");
  // Only `lvsgen lint` may.
  const callers = readdirSync(join(repository, "src"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && read(`src/${name}`).includes("allowNpx: true"))
    .sort();
  expect(callers).toEqual(["commands/lint.ts"]);
});
