/**
 * Shell that older shells read otherwise. dash before 0.5.11 (Debian 8 to 10) splits what `local`, `export` and
 * `readonly` assign; in quotes it takes a backslash before % in a pattern for itself.
 */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { repository } from "../helpers/lvsgen.ts";

/** All that shell may come from: templates, and programs that send it. */
const sources = ["templates", "src"].flatMap((folder) =>
  readdirSync(join(repository, folder), { recursive: true, encoding: "utf8" })
    .filter((path) => /\.(hbs|ts)$/.test(path))
    .map((path) => join(folder, path)),
);

/** A word of an assigning command whose value has a `$` outside of quotes. */
const splits =
  /\b(?:local|export|readonly)(?: +[A-Za-z_]\w*(?:=(?:"[^"]*"|'[^']*'|[^\s"'$;&|)]*))?)* +[A-Za-z_]\w*=[^\s"';&|)]*\$/;

const quoted = /"(?:[^"\\]|\\.)*"/g;

/** A pattern of an expansion with a backslash before what needs none in quotes. */
const escapes = /\$\{\w+[#%][^}]*\\/;

function hasEscape(words: string): boolean {
  return escapes.test(words.replace(/\\["\\$`}]/g, ""));
}

function faults(text: string): string[] {
  return text
    .split("\n")
    .filter((line) => splits.test(line) || (line.match(quoted) ?? []).some((words) => hasEscape(words)));
}

test.each([
  "local x=$1",
  "  local line lines=$NL",
  "local a='' b=$1",
  'local a="$1" b=${2#*%}',
  "export LC_ALL=$x",
  "readonly x=a$1",
  "local x=$(id -u)",
  'say "${KEY%%\\%*}"',
])("finds %s", (line) => {
  expect(faults(line)).toEqual([line]);
});

test.each([
  'local x="$1" y=',
  "local x; x=$1",
  "x=$1",
  'local rest="$1." part',
  'local limit="${A:-0}"',
  "x=${1%%\\%*}",
])("takes %s", (line) => {
  expect(faults(line)).toEqual([]);
});

test("no shell of lvsgen has them", () => {
  expect(sources.length).toBeGreaterThan(300);
  const found = sources.flatMap((path) =>
    faults(readFileSync(join(repository, path), "utf8")).map((line) => `${path}: ${line.trim()}`),
  );
  expect(found).toEqual([]);
});
