/** Runs Ansible's own programs without the settings of whoever runs the tests. */

import { spawnSync } from "node:child_process";

export interface Run {
  readonly status: number | null;
  readonly output: string;
}

/** In a folder; `output` is both streams. */
export function runIn(folder: string, [program = "", ...args]: readonly string[]): Run {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    cwd: folder,
    encoding: "utf8",
    maxBuffer: 1 << 28,
    env: {
      PATH: process.env.PATH,
      // Its caches go with the folder.
      HOME: folder,
      LC_ALL: "C.UTF-8",
      NO_COLOR: "1",
      ANSIBLE_NOCOLOR: "1",
    },
  });
  if (error !== undefined) throw error;
  return { status, output: stdout + stderr };
}

/** The same, for its standard output as data. */
export function jsonOf(folder: string, argv: readonly string[]): unknown {
  const { status, output } = runIn(folder, argv);
  if (status !== 0) throw new Error(`${argv.join(" ")}: ${output}`);
  return JSON.parse(output.slice(output.indexOf("{")));
}
