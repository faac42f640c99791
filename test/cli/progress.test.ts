/** What a terminal shows while a command works. */

import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { cli, lvsgen, repository } from "../helpers/lvsgen.ts";
import { temporaryFolder } from "../helpers/temporary.ts";

const clearLine = "\r\u001B[2K";

/** @returns all that a terminal got */
function onTerminal(...words: string[]): string {
  const command = [process.execPath, cli, ...words].map((word) => `'${word}'`).join(" ");
  const { stdout } = spawnSync("script", ["--quiet", "--return", "--command", command, "/dev/null"], {
    input: "",
    encoding: "utf8",
    env: { ...process.env, TERM: "xterm", XDG_CACHE_HOME: temporaryFolder() },
  });
  return stdout;
}

/** What one reads when the command has ended: lines as the last writes left them. */
function left(output: string): string[] {
  return output
    .split("\r\n")
    .map((line) => line.split(clearLine).at(-1) ?? "")
    .filter(Boolean);
}

test("render says how far shellcheck is, and leaves only its report", () => {
  const out = join(temporaryFolder(), "out");
  const output = onTerminal("render", join(repository, "examples/ha-pair/topology.json"), "--out", out);
  expect(output).toMatch(/shellcheck: 0 of \d+ scripts/);
  const [, done, total] = [...output.matchAll(/shellcheck: (\d+) of (\d+) scripts/g)].at(-1) ?? [];
  expect(done).toBe(total);
  expect(left(output).join("\n")).not.toContain("shellcheck:");
  expect(left(output)[0]).toMatch(/created/);
  expect(left(output).at(-1)).toMatch(/^next: /);
});

test("render says at which host it is when there are many", () => {
  const folder = temporaryFolder();
  const file = join(folder, "many.json");
  const names = Array.from({ length: 250 }, (_, index) => `h${index}`);
  const interfaces = (index: number) => ({ eth0: `10.0.${index >> 7}.${(index & 127) + 1}/16` });
  writeFileSync(
    file,
    JSON.stringify({
      version: 1,
      name: "many",
      defaults: { os: "debian-12" },
      hosts: Object.fromEntries(names.map((name, index) => [name, { interfaces: interfaces(index) }])),
      directors: { hosts: ["h0"] },
      virtualServices: [
        { name: "web", vip: "10.0.9.9", port: 80, realServers: names.slice(1).map((host) => ({ host })) },
      ],
    }),
  );
  const output = onTerminal("render", file, "--out", join(folder, "out"), "--no-lint");
  expect(output).toContain("rendering: 100 of 250 hosts");
  expect(output).toContain("rendering: 200 of 250 hosts");
  expect(left(output).join("\n")).not.toContain("rendering:");
});

test("nothing of it where there is no terminal", () => {
  const out = join(temporaryFolder(), "out");
  const { stderr } = lvsgen(["render", "examples/ha-pair/topology.json", "--out", out]);
  expect(stderr).not.toContain("shellcheck:");
});
