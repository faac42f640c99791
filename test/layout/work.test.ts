/** The tests' own measure: it names what grows too fast, and nothing else. */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { makeFolder } from "../helpers/temporary.ts";
import { growingBlocks, measuredNode, workOf } from "../helpers/work.ts";

const folder = makeFolder();
const program = join(folder, "pairs.cjs");
writeFileSync(
  program,
  `const count = Number(process.argv[2]);
function each() { let sum = 0; for (let a = 0; a < count; a++) { sum += a; } return sum; }
function pairs() { let sum = 0; for (let a = 0; a < count; a++) { for (let b = 0; b < count; b++) { sum += b; } } return sum; }
each(); pairs();
`,
);
const workWith = (count: number) => measuredNode([program, `${count}`]).work;

test("a block that grows with the square is named, one that grows with the number is not", () => {
  const growing = growingBlocks(workWith(100), workWith(300), 4, 100);
  expect(growing).toEqual([expect.stringMatching(/^pairs\.cjs:\d+ pairs: 10000, then 90000$/)]);
});

test("nothing counted is no measurement", () => {
  expect(() => workOf([])).toThrow(/only 0 blocks/);
});
