/**
 * Every example and every case in test/fixtures/render is rendered and compared with real files: their set, their
 * texts, their modes. A file that is the same in all of them is held once, in `shared`.
 * `UPDATE_GOLDEN=1 npx vitest run test/render/golden.test.ts` writes them again; read the difference in git.
 */

import { cpSync, existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { lvsgen, repository } from "../helpers/lvsgen.ts";
import { makeFolder } from "../helpers/temporary.ts";
import { readTree } from "../helpers/tree.ts";

interface Golden {
  readonly name: string;
  readonly topology: string;
}

const fixtures = join(repository, "test/fixtures/render");
const expectedOf = (name: string): string => join(fixtures, name, "expected");
const shared = expectedOf("shared");

const cases: readonly Golden[] = [join(repository, "examples"), fixtures].flatMap((place) =>
  readdirSync(place)
    .map((name) => ({ name, topology: join(place, name, "topology.json") }))
    .filter(({ topology }) => existsSync(topology)),
);

const folder = makeFolder();
const rendered = new Map<string, Readonly<Record<string, string>>>();

beforeAll(() => {
  for (const { name, topology } of cases) {
    const out = join(folder, name);
    const { status, stderr } = lvsgen(["render", topology, "--out", out, "--no-lint"]);
    if (status !== 0) throw new Error(stderr);
    rendered.set(name, readTree(out));
  }
  if (process.env.UPDATE_GOLDEN) update();
});

describe("the rendering of", () => {
  test.each(cases)("$name is what was agreed on", ({ name }) => {
    expect(rendered.get(name)).toEqual(agreedOn(name));
  });
});

/** The pi-lab example's rendering is the repository's own out/. */
function agreedOn(name: string): Readonly<Record<string, string>> {
  return name === "pi-lab"
    ? readTree(join(repository, "out"))
    : { ...readTree(shared), ...readTree(expectedOf(name)) };
}

function update(): void {
  const trees = [...rendered.values()];
  for (const { name } of [...cases, { name: "shared" }])
    rmSync(expectedOf(name), { recursive: true, force: true });
  for (const [name, tree] of rendered) {
    for (const [path, text] of Object.entries(tree)) {
      const home = trees.every((each) => each[path] === text) ? "shared" : name;
      if (name === "pi-lab" && home !== "shared") continue;
      cpSync(join(folder, name, path), join(expectedOf(home), path));
    }
  }
  rmSync(join(repository, "out"), { recursive: true, force: true });
  cpSync(join(folder, "pi-lab"), join(repository, "out"), { recursive: true });
}
