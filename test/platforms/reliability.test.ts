/** What docs/reliability.md says of systems is what the platform table says. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { documentedOnly, platformTable } from "../../src/platforms/platforms.ts";
import { repository } from "../helpers/lvsgen.ts";

const page = readFileSync(join(repository, "docs/reliability.md"), "utf8");

/** Cells of the rows of the table below a heading. */
function rowsBelow(heading: string): string[][] {
  const section = page.split(/^#+ /m).find((text) => text.startsWith(`${heading}\n`)) ?? "";
  const rows = section.split("\n").filter((line) => line.startsWith("| "));
  return rows.slice(2).map((row) => row.split("|").slice(1, -1));
}

const quoted = (text = "") => [...text.matchAll(/`([^`]+)`/g)].map(([, word]) => word);

test("it names every fact that is assumed, and no other", () => {
  const assumed = platformTable.flatMap(({ platform, sources }) =>
    sources
      .filter(({ kind }) => kind === "assumed")
      .flatMap(({ columns }) => columns.map((column) => `${platform.id} ${column}`)),
  );
  const said = rowsBelow("What is assumed").flatMap(([systems, facts]) =>
    quoted(systems).flatMap((id) => quoted(facts).map((column) => `${id} ${column}`)),
  );
  expect(assumed.length).toBeGreaterThan(0);
  expect(said.toSorted()).toEqual(assumed.toSorted());
});

test("it says of the systems that were not run, and of no other, that they were not", () => {
  const rows = rowsBelow("What is proven of which system").filter(([, verbs]) => verbs?.includes("not run"));
  expect(rows.flatMap(([systems]) => quoted(systems))).toEqual(documentedOnly);
  expect(documentedOnly.length).toBeGreaterThan(0);
});
