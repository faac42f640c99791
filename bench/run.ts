/**
 * `npm run bench`: measures, and writes docs/performance.md. `--quick` takes a minute and does not write the page; `--only
 * PART` runs one part and does not write it either; `--work FOLDER` is the folder for files.
 */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Findings, Part } from "./part.ts";
import { kernel } from "./parts/kernel.ts";
import { lab } from "./parts/lab.ts";
import { lint } from "./parts/lint.ts";
import { render } from "./parts/render.ts";
import { startUp } from "./parts/start-up.ts";
import { reportText, tableText, targetRow } from "./report.ts";

const page = "docs/performance.md";

const parts: readonly Part[] = [startUp, render, lint, kernel, lab];

const { values: options } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    only: { type: "string", multiple: true },
    work: { type: "string" },
  },
});

function chosenParts(): readonly Part[] {
  const names = parts.map(({ name }) => name);
  for (const name of options.only ?? []) {
    if (!names.includes(name)) throw new Error(`unknown part ${name}: the parts are ${names.join(", ")}`);
  }
  return parts.filter(({ name }) => options.only?.includes(name) ?? true);
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

async function bench(work: string): Promise<Findings[]> {
  const findings: Findings[] = [];
  for (const part of chosenParts()) {
    say(part.name);
    findings.push(await part.run({ quick: options.quick, work, say }));
  }
  return findings;
}

const parent = options.work ?? tmpdir();
mkdirSync(parent, { recursive: true });
const work = mkdtempSync(join(parent, "lvsgen-bench-"));
try {
  const findings = await bench(work);
  const whole = !options.quick && options.only === undefined;
  if (whole) writeFileSync(page, reportText(findings));
  else process.stdout.write(reportText(findings));
  const targets = findings.flatMap((each) => each.targets);
  say(tableText(["", "target", "measured", ""], targets.map(targetRow)));
  if (whole) say(`${page} written`);
} finally {
  rmSync(work, { recursive: true, force: true });
}
