/** The real shell is the judge: what a script calls when it runs is what the import says that it calls. */

import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { SimpleCommand } from "../../src/import/script/machine.ts";
import { shellCommands } from "../../src/import/script/shell-commands.ts";
import { randomScript } from "../helpers/shell-scripts.ts";
import { temporaryFolder } from "../helpers/temporary.ts";

/** Each call on a line of the record, its words in brackets, and each line that -R reads. */
const stubs = `
record() { local w; { printf '%s' "$1"; shift; for w; do printf ' [%s]' "$w"; done; echo; } >>"$RECORD"; }
ipvsadm() {
  record ipvsadm "$@"
  if [ "$1" = -R ]; then while IFS= read -r line; do printf '< %s\\n' "$line" >>"$RECORD"; done; fi
}
ip() { record ip "$@"; }
ifconfig() { record ifconfig "$@"; }
`;

/** @returns for each script what it calls, by one process for all */
function run(folder: string, scripts: readonly string[]): string[] {
  mkdirSync(folder, { recursive: true });
  for (const [index, script] of scripts.entries()) writeFileSync(join(folder, `${index}.sh`), script);
  writeFileSync(join(folder, "stubs.sh"), stubs);
  const loop = `for i in $(seq 0 ${scripts.length - 1}); do
    echo "== $i" >>record; (ulimit -t 5; RECORD=$PWD/record; unset i; . ./stubs.sh; . "$PWD/$0.sh") </dev/null >/dev/null 2>>errors; done`;
  const each = loop.replace('"$PWD/$0.sh"', '"$PWD/$n.sh"').replace("unset i;", "n=$i; unset i;");
  const { error } = spawnSync("bash", ["-c", each], { cwd: folder, encoding: "utf8", timeout: 120_000 });
  if (error !== undefined) throw error;
  const { stdout } = spawnSync("cat", ["record"], { cwd: folder, encoding: "utf8", maxBuffer: 64 << 20 });
  return stdout.split(/^== \d+\n/m).slice(1);
}

function callText({ program, words, input, unknown }: SimpleCommand): string {
  const call = `${program}${words.map(({ text }) => ` [${text}]`).join("")}\n`;
  const isRestore = words[0]?.text === "-R";
  const text = typeof input?.text === "string" ? input.text.slice(input.from) : "?\n";
  const lines = isRestore ? text.replace(/\n$/, "").split("\n") : [];
  return `${unknown === null ? "" : `unknown ${unknown}: `}${call}${lines.map((line) => `< ${line}\n`).join("")}`;
}

function read(script: string): string {
  const source = { name: "script", text: script };
  const {
    texts: [text],
  } = shellCommands([source], [source]);
  if (text === undefined) return "nothing";
  const { commands, gaps, errors } = text;
  const calls = commands.filter(({ program }) => /^(ipvsadm|ip|ifconfig)$/.test(program)).map(callText);
  return [...calls, ...gaps.map(({ what }) => `gap: ${what}`), ...errors.map(({ message }) => message)].join(
    "",
  );
}

function compare(name: string, scripts: readonly string[]): void {
  const real = run(join(temporaryFolder(), name), scripts);
  expect(real).toHaveLength(scripts.length);
  for (const [index, script] of scripts.entries()) expect(read(script), script).toBe(real[index]);
}

test("300 scripts that nobody wrote", () => {
  compare(
    "random",
    Array.from({ length: 300 }, (_, seed) => randomScript(seed + 1)),
  );
}, 120_000);
