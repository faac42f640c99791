/** `lvsgen lint` of a thousand hosts, cold and warm, against one shellcheck for each script. */

import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { shellcheckOptions } from "../../src/lint/run-shellcheck.ts";
import { type Command, type Measured, measure, median, medianOf, row, rowHead } from "../measure.ts";
import { atLeast, atMost, figure, type Part } from "../part.ts";
import { topologyText } from "../topology.ts";

const hosts = 1000;

export const lint: Part = {
  name: "lint",
  run: ({ quick, work: parent }) => {
    const work = join(parent, "lint");
    mkdirSync(work);
    const out = join(work, "out");
    const cache = join(work, "cache");
    writeFileSync(join(work, "topology.json"), topologyText({ hosts }));
    const lvsgen = (name: string, words: readonly string[], prepare = () => {}): Command => ({
      name,
      words: () => [process.execPath, "dist/cli.js", ...words],
      environment: { XDG_CACHE_HOME: cache },
      prepare,
    });
    const forget = (): void => rmSync(cache, { recursive: true, force: true });
    measure([lvsgen("", ["render", join(work, "topology.json"), "--out", out, "--no-lint"])], 1);
    const [cold, warm] = measure(
      [lvsgen("lvsgen lint, cold", ["lint", out], forget), lvsgen("lvsgen lint, warm", ["lint", out])],
      quick ? 2 : 5,
    ) as [Measured, Measured];
    const scripts = scriptsOf(out);
    const sampled = everySo(scripts, quick ? 4 : 20);
    const each = measure(sampled.map(shellcheck), 1);
    // A sample, as all scripts are of the same kinds and sizes: a round of all would take half an hour.
    const slow = (scripts.length / sampled.length) * total(each);
    return {
      targets: [
        atLeast(
          "lint of 1 000 hosts, faster than one shellcheck per file",
          slow / medianOf(cold, "seconds"),
          20,
          "x",
        ),
        atMost("the same, warm", medianOf(warm, "seconds"), 1, "s"),
      ],
      tables: [
        {
          title: `Lint: ${hosts} hosts, ${scripts.length} scripts`,
          head: rowHead,
          rows: [
            row(cold, null),
            row(warm, cold),
            [
              `one shellcheck per script (from ${sampled.length} of them)`,
              `${slow.toFixed(0)} s`,
              "",
              "",
              `${Math.round(median(each.map((one) => medianOf(one, "memory"))))} MiB`,
              `${figure(slow / medianOf(cold, "seconds"))} x`,
            ],
          ],
        },
      ],
    };
  },
};

function scriptsOf(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return files.filter((file) => file.endsWith(".sh")).map((file) => join(folder, file));
}

/** Two kinds of scripts alternate: an odd step takes both. */
function everySo<T>(items: readonly T[], count: number): T[] {
  const step = Math.floor(items.length / count) | 1;
  return items.filter((_, index) => index % step === 0).slice(0, count);
}

function shellcheck(file: string): Command {
  return { name: file, words: () => ["shellcheck", ...shellcheckOptions, "--", file], statuses: [0, 1] };
}

function total(measured: readonly Measured[]): number {
  return measured.reduce((sum, one) => sum + medianOf(one, "seconds"), 0);
}
