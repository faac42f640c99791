/**
 * The hooks, by the real pre-commit. Before a release it builds them from this working tree as a user's would, where npm
 * asks its registry; in CI the same hooks run the build that is there.
 */

import { execFileSync, spawnSync } from "node:child_process";
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { cli, lvsgen, repository } from "../helpers/lvsgen.ts";
import { isRelease } from "../helpers/release.ts";
import { makeFolder } from "../helpers/temporary.ts";

const folder = makeFolder();
const hooks = join(folder, "hooks");
const user = join(folder, "user");

const environment = {
  ...process.env,
  PRE_COMMIT_HOME: join(folder, "home"),
  GIT_AUTHOR_NAME: "a",
  GIT_AUTHOR_EMAIL: "a@example.net",
  GIT_COMMITTER_NAME: "a",
  GIT_COMMITTER_EMAIL: "a@example.net",
  // Those of a hook that the tests may be run by.
  GIT_DIR: undefined,
  GIT_INDEX_FILE: undefined,
};

function git(cwd: string, ...args: string[]): string {
  return execFileSync("git", args, { cwd, encoding: "utf8", env: environment }).trim();
}

function commit(cwd: string): string {
  git(cwd, "init", "--quiet");
  git(cwd, "add", "--all");
  git(cwd, "commit", "--quiet", "--no-verify", "--message", "as it is");
  return git(cwd, "rev-parse", "HEAD");
}

function preCommit(...args: string[]) {
  git(user, "add", "--all");
  const { status, stdout, stderr } = spawnSync("pre-commit", args, {
    cwd: user,
    encoding: "utf8",
    env: environment,
  });
  return { status, said: stdout + stderr };
}

/** @returns the entry of a repository whose hooks pre-commit builds */
function built(): object {
  const files = git(repository, "ls-files", "--cached", "--others", "--exclude-standard", "-z").split("\0");
  for (const file of files.filter((name) => name !== "" && !name.startsWith("test/"))) {
    mkdirSync(dirname(join(hooks, file)), { recursive: true });
    cpSync(join(repository, file), join(hooks, file));
  }
  return { repo: hooks, rev: commit(hooks), hooks: published().map(({ id }) => ({ id })) };
}

/** @returns the same hooks, by dist */
function local(): object {
  const here = published().map((hook) => ({
    ...hook,
    language: "system",
    entry: hook.entry.replace("lvsgen", `node ${cli}`),
  }));
  return { repo: "local", hooks: here };
}

function published(): { readonly id: string; readonly entry: string }[] {
  return parse(readFileSync(join(repository, ".pre-commit-hooks.yaml"), "utf8"));
}

beforeAll(() => {
  mkdirSync(user);
  expect(lvsgen(["init"], { cwd: user }).status).toBe(0);
  expect(lvsgen(["render", "topology.yaml"], { cwd: user }).status).toBe(0);
  const repos = [isRelease ? built() : local()];
  writeFileSync(join(user, ".pre-commit-config.yaml"), stringify({ repos }));
  commit(user);
}, 300_000);

test("what is clean passes, what is stale, edited or wrong fails with the remedy", {
  timeout: 900_000,
}, () => {
  const clean = preCommit("run", "--all-files");
  expect(clean.status, clean.said).toBe(0);
  expect(clean.said.match(/Passed/g)).toHaveLength(3);

  const topology = join(user, "topology.yaml");
  const [host = ""] = readdirSync(join(user, "out")).filter((name) =>
    existsSync(join(user, "out", name, "setup.sh")),
  );
  const script = join(user, "out", host, "setup.sh");
  appendFileSync(script, "# by hand\n");
  const edited = preCommit("run");
  expect(edited.status).toBe(1);
  expect(edited.said).toContain("run 'lvsgen render topology.yaml --out out --force'");
  expect(edited.said).toMatch(/manifest-edited edited since lvsgen wrote it: change the topology instead/);

  git(user, "checkout", "HEAD", "--", ".");
  writeFileSync(topology, readFileSync(topology, "utf8").replace(/^( *scheduler: ).*$/m, "$1sed"));
  const stale = preCommit("run");
  expect(stale.status).toBe(1);
  expect(stale.said).toContain("out is stale; run 'lvsgen render topology.yaml --out out'");

  writeFileSync(topology, readFileSync(topology, "utf8").replace(/^( *scheduler: ).*$/m, "$1rrr"));
  const wrong = preCommit("run", "lvsgen-validate");
  expect(wrong.status).toBe(1);
  expect(wrong.said).toMatch(/topology\.yaml:\d+:\d+ .*scheduler/);
});

test("this repository's own configuration and its hooks are what pre-commit takes", () => {
  const check = (...args: string[]) =>
    spawnSync("pre-commit", args, { cwd: repository, env: environment }).status;
  expect(check("validate-manifest", ".pre-commit-hooks.yaml")).toBe(0);
  expect(check("validate-config", ".pre-commit-config.yaml")).toBe(0);
});
