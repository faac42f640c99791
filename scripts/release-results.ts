/**
 * `tsx scripts/release-results.ts COMMIT FILE...`: writes the results of a commit's release runs (vitest's JSON) as the
 * last chapter of docs/reliability.md. If a test file is in several runs, the last one counts.
 */

import { readFileSync, writeFileSync } from "node:fs";
import { relative } from "node:path";

/** The part of vitest's JSON that this script reads. */
interface Results {
  readonly testResults: readonly {
    readonly name: string;
    /** Milliseconds, like `startTime`. */
    readonly endTime: number;
    readonly startTime: number;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

const page = "docs/reliability.md";
const heading = "## The last release run";

const files = new Map<string, Results["testResults"][number]>();
const [, , commit = "", ...arguments_] = process.argv;
for (const argument of arguments_) {
  const { testResults } = JSON.parse(readFileSync(argument, "utf8")) as Results;
  for (const file of testResults) files.set(relative(process.cwd(), file.name), file);
}

const placeOf = (name: string): string => name.split("/").slice(0, 2).join("/");
const places = new Set([...files.keys()].map(placeOf));
const tests = [...files.values()].flatMap(({ assertionResults }) => assertionResults);
const count = (status: string, of = tests): number => of.filter((test) => test.status === status).length;

const rows = [...places].sort().map((place) => {
  const found = [...files].flatMap(([name, file]) => (placeOf(name) === place ? [file] : []));
  const own = found.flatMap(({ assertionResults }) => assertionResults);
  const seconds = found.reduce((sum, { startTime, endTime }) => sum + (endTime - startTime) / 1000, 0);
  return `| \`${place}\` | ${found.length} | ${count("passed", own)} | ${count("failed", own)} | ${Math.round(seconds)} |`;
});
const failures = tests.filter(({ status }) => status === "failed").map(({ fullName }) => `- ${fullName}`);
const last = Math.max(...[...files.values()].map(({ endTime }) => endTime));

const chapter = `${heading}

\`npm run test:release\`, ended ${new Date(last).toISOString().slice(0, 10)}, of commit ${commit}, Node ${process.versions.node}: ${count("passed")} passed, ${count("failed")} failed.
Seconds are of tests, some files at a time.

| place | files | passed | failed | seconds |
| ----- | ----- | ------ | ------ | ------- |
${rows.join("\n")}
${failures.length === 0 ? "" : `\nFailed:\n\n${failures.join("\n")}\n`}`;

const [before = ""] = readFileSync(page, "utf8").split(`${heading}\n`);
writeFileSync(page, `${before.trimEnd()}\n\n${chapter}`);
