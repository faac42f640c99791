/** keepalived.conf as lvs_dr.sh installs it while names are drained. */

import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "./temporary.ts";

export interface DrainedInput {
  /** lvs_dr.sh, whose functions are called. */
  readonly script: string;
  /** Names, one a line: until a reboot, and after one. */
  readonly now: string;
  readonly kept: string;
  readonly lines: string;
}

/** What the shell prints when it reads the script without its main, then the lines. */
export function evaluate(
  [shell = "", ...options]: readonly string[],
  { script, now, kept, lines }: DrainedInput,
): string {
  const folder = temporaryFolder();
  mkdirSync(join(folder, "kept"));
  writeFileSync(join(folder, "lvs_dr.drained"), now);
  writeFileSync(join(folder, "kept/lvs_dr.drained"), kept);
  const functions = script
    .replace(/\nmain "\$@"\n$/, "\n")
    .replace(/^STATE_DIR=.*$/m, `STATE_DIR=${folder}`)
    .replaceAll("/var/lib/lvsgen/$ROLE.drained", `${folder}/kept/$ROLE.drained`);
  writeFileSync(join(folder, "lvs_dr.sh"), `${functions}\n${lines}\n`);
  const { stdout, stderr } = spawnSync(shell, [...options, join(folder, "lvs_dr.sh")], { encoding: "utf8" });
  return stdout + stderr;
}

interface Rendered {
  readonly script: string;
  readonly conf: string;
}

export function drainedConf(shell: readonly string[], { script, conf }: Rendered, name: string): string {
  const file = join(temporaryFolder(), "keepalived.conf");
  writeFileSync(file, conf);
  const lines = `KEEPALIVED_NEW=${file}; read_drained; wanted_conf`;
  return evaluate(shell, { script, now: `${name}\n`, kept: "", lines });
}
