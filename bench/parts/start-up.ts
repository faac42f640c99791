/** How long the shortest commands take, compared with Node that does nothing. */

import { execFileSync } from "node:child_process";
import { cpSync } from "node:fs";
import { join, resolve } from "node:path";
import { type Command, measure, ratio, row, rowHead } from "../measure.ts";
import { atMost, type Part } from "../part.ts";

const nothing: Command = { name: "node -e 0", words: () => [process.execPath, "-e", "0"] };

const program = resolve("dist/cli.js");

/** Each with its target, or null. */
const commands: readonly { readonly words: readonly string[]; readonly most: number | null }[] = [
  { words: ["--version"], most: 1.3 },
  { words: ["validate", "examples/pi-lab/topology.json"], most: 2.8 },
  { words: ["validate", "topology.yaml"], most: null },
  { words: ["plan", "examples/pi-lab/topology.json"], most: null },
  { words: ["--help"], most: null },
];

export const startUp: Part = {
  name: "start-up",
  run: ({ quick, work }) => {
    cpSync("examples/pi-lab", join(work, "examples/pi-lab"), { recursive: true });
    execFileSync(process.execPath, [program, "init", "topology.yaml"], { cwd: work, stdio: "ignore" });
    const measured = measure(
      [
        nothing,
        ...commands.map(({ words }) => ({
          name: `lvsgen ${words.join(" ")}`,
          words: () => [process.execPath, program, ...words],
          cwd: work,
        })),
      ],
      quick ? 7 : 31,
    );
    const [floor, ...others] = measured;
    if (floor === undefined) throw new Error("nothing was measured");
    return {
      targets: others.flatMap((other, index) => {
        const most = commands[index]?.most ?? null;
        return most === null ? [] : atMost(other.name, ratio(other, floor), most, "x node -e 0");
      }),
      tables: [
        {
          title: "Start-up",
          head: rowHead,
          rows: [row(floor, null), ...others.map((other) => row(other, floor))],
        },
      ],
    };
  },
};
