/** Completion in the real shells: what a person sees after the TAB key, on a terminal. */

import { spawnSync } from "node:child_process";
import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { cli, lvsgen } from "../helpers/lvsgen.ts";
import { temporaryFolder } from "../helpers/temporary.ts";

/** Types into an interactive shell on a terminal of its own; prints what the shell shows until the words come. */
const typist = String.raw`
import os, pty, select, sys, time
expected, setup, typed, *command = sys.argv[1:]
child, terminal = pty.fork()
if child == 0:
    os.execvp(command[0], command)
shown = b""
def until(word):
    global shown
    limit = time.time() + 60
    while word.encode() not in shown and time.time() < limit:
        if select.select([terminal], [], [], 1)[0]:
            try:
                shown += os.read(terminal, 65536)
            except OSError:
                break
os.write(terminal, (setup + " && echo rea''dy\n").encode())
until("ready")
shown = b""
os.write(terminal, typed.encode())
until(expected)
sys.stdout.buffer.write(shown)
os.kill(child, 9)
`;

/** A shell that finds lvsgen on its PATH, as after an installation. */
function type(shell: readonly string[], setup: string, typed: string, expected: string): string {
  const folder = temporaryFolder();
  const program = join(folder, "lvsgen");
  writeFileSync(program, `#!/bin/sh\nexec '${process.execPath}' '${cli}' "$@"\n`);
  chmodSync(program, 0o755);
  writeFileSync(join(folder, "cluster.yaml"), "version: 1\n");
  const { stdout, stderr } = spawnSync("python3", ["-c", typist, expected, setup, typed, ...shell], {
    cwd: folder,
    env: {
      PATH: `${folder}:${process.env.PATH}`,
      HOME: folder,
      TERM: "xterm",
      SHELL: `/bin/${shell[0]}`,
      PS1: "> ",
    },
    encoding: "utf8",
  });
  expect(stderr).toBe("");
  return stdout;
}

const shells = [
  {
    shell: ["bash", "--norc", "--noprofile", "-i"],
    setup: 'source <(lvsgen completion) && bind "set bell-style none"',
  },
  { shell: ["zsh", "-f", "-i"], setup: "autoload -U compinit && compinit -u && source <(lvsgen completion)" },
] as const;

describe.each(shells)("$shell.0", ({ shell, setup }) => {
  const tab = (typed: string, expected: string) => type(shell, setup, `${typed}\t\t`, expected);

  test("a command", () => expect(tab("lvsgen gra", "graph")).toContain("lvsgen graph"));

  test("all commands", () => {
    const shown = tab("lvsgen ", "validate");
    for (const word of ["import", "graph", "diff", "validate"]) expect(shown).toContain(word);
  });

  test("an option", () => expect(tab("lvsgen render --templ", "--templates")).toContain("--templates"));

  test("an option's values", () => {
    const shown = tab("lvsgen graph x --format ", "mermaid");
    expect(shown).toContain("svg");
  });

  test("a file, where one belongs", () => {
    expect(tab("lvsgen validate clus", "cluster.yaml")).toContain("cluster.yaml");
  });
});

test("a command that is misspelt is suggested", () => {
  expect(lvsgen(["completon"]).stderr).toMatch(/did you mean "completion"/);
});

test("an empty argument is still refused", () => {
  expect(lvsgen(["graph", ""]).status).toBe(2);
});
