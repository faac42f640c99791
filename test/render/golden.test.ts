/**
 * Every example and every case in test/fixtures/render is rendered and compared with real files: their set, their
 * texts, their modes. `UPDATE_GOLDEN=1 npx vitest run test/render` writes them anew; read the difference in git.
 */

import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { lvsgen, repository } from "../helpers/lvsgen.ts";
import { temporaryFolder } from "../helpers/temporary.ts";
import { readTree } from "../helpers/tree.ts";

interface Golden {
  readonly name: string;
  readonly topology: string;
  readonly expected: string;
}

const fixtures = join(repository, "test/fixtures/render");
const examples = join(repository, "examples");

const cases: Golden[] = [
  ...readdirSync(examples).map((name) => ({
    name,
    topology: join(examples, name, "topology.json"),
    // The pi-lab example's rendering is the repository's own out/.
    expected: name === "pi-lab" ? join(repository, "out") : join(fixtures, name, "expected"),
  })),
  ...readdirSync(fixtures)
    .filter((name) => existsSync(join(fixtures, name, "topology.json")))
    .map((name) => ({
      name,
      topology: join(fixtures, name, "topology.json"),
      expected: join(fixtures, name, "expected"),
    })),
];

describe("the rendering of", () => {
  test.each(cases)("$name is what was agreed on", ({ topology, expected }) => {
    const out = process.env.UPDATE_GOLDEN ? expected : join(temporaryFolder(), "out");
    const { status } = lvsgen(["render", topology, "--out", out, "--force", "--no-lint"]);
    expect(status).toBe(0);
    expect(readTree(out)).toEqual(readTree(expected));
  });
});
