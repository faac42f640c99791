/**
 * The Ansible project of every example and fixture (in CI of three) passes what its users' own checks would say, with
 * nothing skipped.
 * ansible-lint and yamllint read all of them at once: starting them takes longer than reading.
 */

import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { lvsgen, repository } from "../helpers/lvsgen.ts";
import { beforeRelease } from "../helpers/release.ts";
import { makeFolder, temporaryFolder } from "../helpers/temporary.ts";
import { jsonOf, runIn } from "./ansible.ts";

const all = ["examples", "test/fixtures/render"].flatMap((place) =>
  readdirSync(join(repository, place))
    .map((name) => ({ name, file: join(repository, place, name, "topology.json") }))
    .filter(({ file }) => existsSync(file)),
);
const topologies = beforeRelease(
  all,
  all.filter(({ name }) => ["pi-lab", "everything", "anycast"].includes(name)),
);
const playbooks = ["site.yml", "verify.yml", "teardown.yml"];

const folder = makeFolder();
const project = (name: string) => join(folder, name, "ansible");

beforeAll(() => {
  for (const { name, file } of topologies) {
    const { status, stderr } = lvsgen(["render", file, "--no-lint", "--out", join(folder, name)]);
    if (status !== 0) throw new Error(stderr);
  }
}, 120_000);

test("there are examples", () => {
  expect(all.length).toBeGreaterThan(8);
  expect(topologies.length).toBeGreaterThan(2);
});

describe.each(topologies)("$name", ({ name }) => {
  test("ansible-playbook --syntax-check", () => {
    const { status, output } = runIn(project(name), ["ansible-playbook", "--syntax-check", ...playbooks]);
    expect(output).not.toMatch(/warning|error/i);
    expect(status).toBe(0);
  });

  test("every file of a host is in the inventory's variables, and the other way round", () => {
    const inventory = jsonOf(project(name), ["ansible-inventory", "--list"]) as Inventory;
    for (const [host, { lvs_files }] of Object.entries(inventory._meta.hostvars)) {
      const files = readdirSync(join(folder, name, host)).filter((file) => file !== "setup.sh");
      expect(lvs_files.map(({ source }) => source).sort()).toEqual(files.sort());
    }
    const folders = readdirSync(join(folder, name)).filter(
      (entry) => !/^(ansible|manifest.json)$/.test(entry),
    );
    expect(Object.keys(inventory._meta.hostvars).sort()).toEqual(folders.sort());
  });
});

interface Inventory {
  readonly _meta: {
    readonly hostvars: Readonly<
      Record<string, { readonly lvs_files: readonly { readonly source: string }[] }>
    >;
  };
}

test("yamllint, by its own rules", () => {
  const { status, output } = runIn(folder, ["yamllint", "--strict", "."]);
  expect(output).toBe("");
  expect(status).toBe(0);
});

test("ansible-lint --profile production", { timeout: 600_000 }, () => {
  const { status, output } = lintAll();
  expect(output).toMatch(/Passed with production profile: 0 failure\(s\), 0 warning\(s\) on \d{2,} files/);
  expect(status).toBe(0);
});

test("and it would say so", () => {
  const bad = temporaryFolder();
  cpSync(project("pi-lab"), bad, { recursive: true });
  const tasks = join(bad, "roles/lvs/tasks/files.yml");
  writeFileSync(tasks, readFileSync(tasks, "utf8").replace("ansible.builtin.copy", "copy"));
  const { status, output } = runIn(bad, ["ansible-lint", "--offline", "--profile", "production"]);
  expect(output).toContain("fqcn");
  expect(status).not.toBe(0);
});

/** The role is the same text in all of them, so that its own files are read once and its variables all. */
function lintAll() {
  const [first, ...others] = topologies;
  const all = temporaryFolder();
  cpSync(project(first?.name ?? ""), all, { recursive: true });
  for (const { name } of others) {
    expect(readRole(name)).toEqual(readRole(first?.name ?? ""));
    for (const file of readdirSync(join(project(name), "host_vars"))) {
      cpSync(join(project(name), "host_vars", file), join(all, "host_vars", `${name}-${file}`));
    }
    for (const file of [...playbooks, "inventory.yml"])
      cpSync(join(project(name), file), join(all, `${name}-${file}`));
  }
  return runIn(all, ["ansible-lint", "--offline", "--profile", "production"]);
}

function readRole(name: string): string[] {
  const role = join(project(name), "roles");
  return readdirSync(role, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".yml"))
    .sort()
    .map((file) => `${file}\n${readFileSync(join(role, file), "utf8")}`);
}
