/** Completion in the real shells: what a person sees after the TAB key, on a terminal. */

import { spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { cli, lvsgen, repository } from "../helpers/lvsgen.ts";
import { temporaryFolder } from "../helpers/temporary.ts";

/** Types into an interactive shell on a terminal of its own; prints what the shell shows until the words come. */
const typist = String.raw`
import os, pty, select, sys, time
expected, setup, typed, *command = sys.argv[1:]
child, terminal = pty.fork()
if child == 0:
    os.execvp(command[0], command)
shown = b""
def until(words):
    global shown
    limit = time.time() + 60
    # A list of words comes in parts.
    while not all(word.encode() in shown for word in words.split()) and time.time() < limit:
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
  copyFileSync(join(repository, "examples/pi-lab/topology.json"), join(folder, "pi-lab.json"));
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
    const shown = tab("lvsgen ", "import graph diff validate");
    for (const word of ["import", "graph", "diff", "validate"]) expect(shown).toContain(word);
  });

  test("an option", () => expect(tab("lvsgen render --templ", "--templates")).toContain("--templates"));

  test("an option's values", () => {
    const shown = tab("lvsgen graph x --format ", "mermaid svg");
    expect(shown).toContain("svg");
  });

  test("a host of the topology that is named", () => {
    const shown = tab("lvsgen render pi-lab.json --host pi", "pi1 pi2 pi3");
    for (const host of ["pi1", "pi2", "pi3"]) expect(shown).toContain(host);
  });

  test("a scenario", () =>
    expect(tab("lvsgen lab pi-lab.json --scenario reapp", "reapply-under-load")).toContain("-under-load"));

  test("a code", () => expect(tab("lvsgen validate --explain LVS11", "LVS112")).toContain("LVS112"));

  test("a file that an option takes", () =>
    expect(tab("lvsgen render x --templates clus", "cluster.yaml")).toContain("cluster.yaml"));

  test("a file, where one belongs", () => {
    expect(tab("lvsgen validate clus", "cluster.yaml")).toContain("cluster.yaml");
  });
});

const ask = (...words: readonly string[]): string[] =>
  lvsgen(["--get-yargs-completions", "lvsgen", ...words], { environment: { SHELL: "/bin/bash" } })
    .stdout.split("\n")
    .filter(Boolean);

test.each([
  [["render", "x", "--host", ""], []],
  [["render", "examples/pi-lab/topology.json", "--host=", "=", "pi"], []],
  [["render", "test/fixtures/topology/faults/many.json", "--host", ""], []],
  [["lab", "x", "--scenario", "arp,dra"], ["arp,drain"]],
  [["lab", "x", "--shell", ""], []],
  [["web", "--po"], ["--port"]],
  [["validate", "x", "--ex"], ["--explain"]],
  [["validate", "x", "--explain", "x", "--ex"], []],
  [["plan", "x", "--host", "y", "--ho"], ["--host"]],
  [["lint", "--no-c"], ["--no-cache"]],
  [["diff", "x", ""], []],
  [["compl"], ["completion"]],
  [["-"], ["--lang", "--help", "--version"]],
])("%j", (words, expected) => expect(ask(...words)).toEqual(expected));

test("all codes, and the word for all of them", () => {
  const codes = ask("validate", "--explain", "");
  expect(codes).toContain("list");
  expect(codes).toContain("LVS101");
  expect(codes.length).toBeGreaterThan(100);
});

test("a command that is misspelt is suggested", () => {
  expect(lvsgen(["completon"]).stderr).toMatch(/did you mean "completion"/);
});

test("an empty argument is still refused", () => {
  expect(lvsgen(["graph", ""]).status).toBe(2);
});
