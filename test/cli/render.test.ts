import {
  chmodSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { lvsgen, repository } from "../helpers/lvsgen.ts";
import { temporaryFolder } from "../helpers/temporary.ts";
import { readTree } from "../helpers/tree.ts";

const topology = join(repository, "examples/pi-lab/topology.json");
let folder = "";
let out = "";

beforeEach(() => {
  folder = temporaryFolder();
  out = join(folder, "out");
});

const render = (...args: string[]) => lvsgen(["render", topology, "--out", out, ...args]);

interface Editable {
  virtualServices: { scheduler: string }[];
}

function edit(change: (value: Editable) => void): string {
  const value = JSON.parse(readFileSync(topology, "utf8")) as Editable;
  change(value);
  const file = join(folder, "topology.json");
  writeFileSync(file, JSON.stringify(value));
  return file;
}

describe("lvsgen render", () => {
  test("writes a folder for each host, and says so", () => {
    const { status, stderr } = render();
    expect(status).toBe(0);
    const files = Object.keys(readTree(out));
    expect(stderr).toContain(`${files.length} created`);
    expect(files.filter((file) => !file.startsWith("ansible/"))).toEqual([
      "manifest.json",
      "pi1/lvs_dr.service",
      "pi1/lvs_dr.sh",
      "pi1/setup.sh",
      "pi2/lvs_rs.service",
      "pi2/lvs_rs.sh",
      "pi2/setup.sh",
      "pi3/lvs_rs.init",
      "pi3/lvs_rs.sh",
      "pi3/setup.sh",
    ]);
  });

  test("the second time writes nothing and says so", () => {
    render();
    const before = statSync(out).ino;
    const { status, stderr } = render();
    expect(status).toBe(0);
    expect(stderr).toMatch(/up to date: \d+ files, nothing written/);
    expect(statSync(out).ino).toBe(before);
  });

  test("has the same bytes whatever the time, the folder, the locale and the umask", () => {
    render();
    const other = join(folder, "elsewhere/deep/out");
    mkdirSync(join(folder, "elsewhere/deep"), { recursive: true });
    cpSync(topology, join(folder, "elsewhere/t.json"));
    const umask = process.umask(0o077);
    try {
      lvsgen(["render", join(folder, "elsewhere/t.json"), "--out", other], {
        environment: { TZ: "Asia/Shanghai", LC_ALL: "tr_TR.UTF-8", LANG: "tr_TR.UTF-8" },
      });
    } finally {
      process.umask(umask);
    }
    expect(readTree(other)).toEqual(readTree(out));
  });

  test("--check writes nothing; exit 1 when stale, 0 when fresh", () => {
    const missing = render("--check");
    expect(missing.status).toBe(1);
    expect(missing.stderr).toMatch(/stale/);
    expect(readdirSync(folder)).toEqual([]);
    render();
    expect(render("--check").status).toBe(0);
    chmodSync(join(out, "pi1/lvs_dr.sh"), 0o644);
    expect(render("--check").status).toBe(1);
  });

  test("--diff prints a unified diff", () => {
    render();
    const file = edit(({ virtualServices: [web] }) => {
      if (web) web.scheduler = "wrr";
    });
    const { status, stdout } = lvsgen(["render", file, "--out", out, "--diff", "--check"]);
    expect(status).toBe(1);
    expect(stdout).toContain("--- a/pi1/lvs_dr.sh");
    expect(stdout).toContain("+++ b/pi1/lvs_dr.sh");
    expect(stdout).toMatch(/^--A -t 192\.168\.1\.200:80 -s rr$/m);
    expect(stdout).toMatch(/^\+-A -t 192\.168\.1\.200:80 -s wrr$/m);
    expect(stdout).not.toContain("pi2/lvs_rs.sh");
  });

  test("--stdout prints the files and writes nothing", () => {
    const { status, stdout } = render("--stdout", "--host", "pi2");
    expect(status).toBe(0);
    expect(stdout).toContain("==> pi2/lvs_rs.sh <==");
    expect(stdout).not.toContain("pi1/lvs_dr.sh <==");
    expect(readdirSync(folder)).toEqual([]);
  });

  test("--host renders one host and its variables for Ansible, and leaves the others alone", () => {
    render("--host", "pi2");
    expect(readdirSync(out)).toEqual(["ansible", "manifest.json", "pi2"]);
    render("--host", "pi3");
    expect(readdirSync(out)).toEqual(["ansible", "manifest.json", "pi2", "pi3"]);
    expect(Object.keys(readTree(join(out, "ansible")))).toEqual(["host_vars/pi2.yml", "host_vars/pi3.yml"]);
  });

  test("--host leaves what hosts share as it was, and in the manifest", () => {
    render();
    const before = readTree(out);
    const file = edit((topology) => {
      Object.assign(topology, { defaults: { os: "debian-11", ssh: { user: "admin" } } });
    });
    const { status } = lvsgen(["render", file, "--out", out, "--host", "pi2"]);
    expect(status).toBe(0);
    const after = readTree(out);
    const changed = Object.keys(before).filter((path) => before[path] !== after[path]);
    expect(changed).toEqual([
      "ansible/host_vars/pi2.yml",
      "manifest.json",
      "pi2/lvs_rs.service",
      "pi2/setup.sh",
    ]);
    expect(Object.keys(after)).toEqual(Object.keys(before));
    expect(lvsgen(["lint", out]).status).toBe(0);
    // All of it is another matter.
    const check = lvsgen(["render", file, "--out", out, "--check"]);
    expect(check.status).toBe(1);
    expect(check.stderr).toContain("update ansible/inventory.yml");
  });

  test("--host takes one name each, wherever the topology stands", () => {
    const { status, stdout } = lvsgen(["render", "--host", "pi1", "--host", "pi2", topology, "--stdout"]);
    expect(status).toBe(0);
    expect(stdout.match(/^==> \S+ <==$/gm)).toHaveLength(8);
  });

  test("an unknown host is a usage error with a suggestion", () => {
    const { status, stderr } = render("--host", "pi22");
    expect(status).toBe(2);
    expect(stderr).toMatch(/pi22.*did you mean.*pi2/s);
  });

  test("a file edited by hand is refused without --force, and nothing is written", () => {
    render();
    writeFileSync(join(out, "pi1/lvs_dr.sh"), "edited\n");
    const before = readTree(folder);
    const { status, stderr } = render();
    expect(status).toBe(1);
    expect(stderr).toMatch(/pi1\/lvs_dr\.sh was edited by hand/);
    expect(readTree(folder)).toEqual(before);
    expect(render("--force").status).toBe(0);
    expect(readTree(out)["pi1/lvs_dr.sh"]).toContain("Generated by lvsgen");
  });

  test("findings in what would be written: exit 1, and the old output stays", () => {
    render();
    const templates = join(folder, "templates");
    mkdirSync(join(templates, "service"), { recursive: true });
    writeFileSync(join(templates, "service/init.sh.hbs"), "#!/bin/sh\necho $1\n");
    const before = readTree(out);
    const { status, stderr } = render("--templates", templates);
    expect(status).toBe(1);
    expect(stderr).toMatch(/pi3\/lvs_rs\.init:2:6: SC2086/);
    expect(readTree(out)).toEqual(before);
    expect(render("--templates", templates, "--no-lint").status).toBe(0);
  });

  test("without shellcheck it warns and renders", () => {
    const { status, stderr } = lvsgen(["render", topology, "--out", out], {
      environment: { PATH: "/nonexistent" },
    });
    expect(stderr).toMatch(/not linted.*install shellcheck/s);
    expect(status).toBe(0);
  });

  test.each([
    ["the current folder", "."],
    ["a link to it", "here"],
    ["a folder around it", ".."],
    ["a link to a folder around it", "up"],
    ["a folder around it whose way here begins with two dots", "../.."],
  ])("%s is not replaced", (_, place) => {
    const here = join(folder, "..around/here");
    mkdirSync(here, { recursive: true });
    symlinkSync(".", join(here, "here"));
    symlinkSync("..", join(here, "up"));
    const { status, stderr } = lvsgen(["render", topology, "--out", place, "--no-lint"], { cwd: here });
    expect(stderr).toContain(`--out ${place} is the current folder, or around it`);
    expect(status).toBe(2);
    expect(readdirSync(here)).toEqual(["here", "up"]);
    expect(readdirSync(folder)).toEqual(["..around"]);
  });

  test.each(["..out", "../out", "../..out"])(
    "%s beside or below the current folder is one of its own",
    (place) => {
      const here = join(folder, "here/deeper");
      mkdirSync(here, { recursive: true });
      expect(lvsgen(["render", topology, "--out", place, "--no-lint"], { cwd: here }).status).toBe(0);
    },
  );

  test("a template that replaces none is refused", () => {
    const templates = join(folder, "templates");
    mkdirSync(templates);
    writeFileSync(join(templates, "lvs.sh.hbs"), "x");
    const { status, stderr } = render("--templates", templates);
    expect(status).toBe(2);
    expect(stderr).toMatch(/lvs\.sh\.hbs is not the name of a template/);
  });

  test("other people's files are named, git's own are not", () => {
    const target = join(folder, "work-tree");
    mkdirSync(join(target, ".git/objects"), { recursive: true });
    writeFileSync(join(target, ".git/objects/1"), "x");
    writeFileSync(join(target, "notes.txt"), "x");
    const { stderr } = lvsgen(["render", topology, "--no-lint", "--out", target]);
    expect(stderr).toContain(`kept ${target}/notes.txt, which lvsgen did not write\n`);
    expect(stderr).not.toContain(".git");
    expect(readFileSync(join(target, ".git/objects/1"), "utf8")).toBe("x");
  });

  test("warnings are counted in one line; validate shows them", () => {
    const { stderr } = render("--no-lint", "--stdout");
    expect(stderr).toMatch(/^\S+: 4 warnings \(lvsgen validate \S+ shows them\)\n/);
    expect(stderr).not.toContain("hint:");
  });

  test("--format json reports what was written, as data", () => {
    const { stdout } = render("--format", "json");
    expect(JSON.parse(stdout)).toMatchObject({ out, updated: [], removed: [], unchanged: 0 });
  });
});
