import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { compareOutput, type Scope } from "../../src/output/compare.ts";
import { readFolder } from "../../src/output/read-folder.ts";
import { openOutput, recoverOutput } from "../../src/output/write-folder.ts";
import type { Artifact } from "../../src/render/artifact.ts";
import { temporaryFolder } from "../helpers/temporary.ts";
import { readTree } from "../helpers/tree.ts";

const first: Artifact[] = [
  { path: "a/run.sh", text: "one\n", mode: 0o755 },
  { path: "a/unit.service", text: "unit\n", mode: 0o644 },
  { path: "b/run.sh", text: "two\n", mode: 0o755 },
];

function write(out: string, artifacts: readonly Artifact[], scope: Scope = "all") {
  const folder = readFolder(out);
  const output = openOutput(out, folder);
  try {
    const comparison = compareOutput(
      artifacts,
      { cluster: "lab", topology: "digest" },
      scope,
      folder,
      output,
    );
    if (comparison.conflicts.length === 0) output.finish(comparison)?.commit();
    return comparison;
  } finally {
    output.clean();
  }
}

const paths = (out: string) => Object.keys(readTree(out));

describe("writing the output", () => {
  test("a fresh folder gets exactly the files, with their modes, and a manifest", () => {
    const out = join(temporaryFolder(), "out");
    write(out, first);
    expect(paths(out)).toEqual(["a/run.sh", "a/unit.service", "b/run.sh", "manifest.json"]);
    expect(statSync(join(out, "a/run.sh")).mode & 0o777).toBe(0o755);
    expect(statSync(join(out, "a/unit.service")).mode & 0o777).toBe(0o644);
  });

  test("modes do not depend on the umask", () => {
    const before = process.umask(0o077);
    try {
      const out = join(temporaryFolder(), "out");
      write(out, first);
      expect(statSync(join(out, "a/run.sh")).mode & 0o777).toBe(0o755);
    } finally {
      process.umask(before);
    }
  });

  test("nothing is written when nothing changed", () => {
    const out = join(temporaryFolder(), "out");
    write(out, first);
    const inode = statSync(out).ino;
    const again = write(out, first);
    expect(again.changes).toEqual([]);
    expect(again.unchanged).toBe(4);
    expect(statSync(out).ino).toBe(inode);
  });

  test("nothing is left beside the folder", () => {
    const parent = temporaryFolder();
    write(join(parent, "out"), first);
    write(join(parent, "out"), first.slice(1));
    expect(readdirSync(parent)).toEqual(["out"]);
  });

  test("a file that is no longer rendered goes, and its empty folder with it", () => {
    const out = join(temporaryFolder(), "out");
    write(out, first);
    write(out, first.slice(0, 2));
    expect(paths(out)).toEqual(["a/run.sh", "a/unit.service", "manifest.json"]);
    expect(existsSync(join(out, "b"))).toBe(false);
  });

  test("a user's file is left and named, even where all generated files of its folder go", () => {
    const out = join(temporaryFolder(), "out");
    write(out, first);
    writeFileSync(join(out, "b/notes.txt"), "mine");
    symlinkSync("nowhere", join(out, "link"));
    const { foreign } = write(out, first.slice(0, 2));
    expect(foreign).toEqual(["b/notes.txt", "link"]);
    expect(readTree(out)).toMatchObject({ "b/notes.txt": "- mine", link: "-> nowhere" });
  });

  test("a user's file in a generated file's place is a conflict", () => {
    const out = join(temporaryFolder(), "out");
    mkdirSync(join(out, "a"), { recursive: true });
    writeFileSync(join(out, "a/run.sh"), "mine");
    expect(write(out, first).conflicts).toEqual([{ path: "a/run.sh", reason: "was not written by lvsgen" }]);
    expect(readTree(out)).toEqual({ "a/run.sh": "- mine" });
  });

  test("an edited file is a conflict, whether it would be replaced or removed", () => {
    const out = join(temporaryFolder(), "out");
    write(out, first);
    writeFileSync(join(out, "a/run.sh"), "edited");
    expect(write(out, first).conflicts).toEqual([{ path: "a/run.sh", reason: "was edited by hand" }]);
    expect(write(out, first.slice(1)).conflicts).toEqual([
      { path: "a/run.sh", reason: "was edited by hand" },
    ]);
  });

  test("a lost executable bit is a change, any other bit is not", () => {
    const out = join(temporaryFolder(), "out");
    write(out, first);
    chmodSync(join(out, "a/unit.service"), 0o600);
    expect(write(out, first).changes).toEqual([]);
    chmodSync(join(out, "a/run.sh"), 0o644);
    expect(write(out, first).changes.map(({ path }) => path)).toEqual(["a/run.sh"]);
    expect(statSync(join(out, "a/run.sh")).mode & 0o777).toBe(0o755);
  });

  test("a scope of some hosts leaves the others' files and manifest entries alone", () => {
    const out = join(temporaryFolder(), "out");
    write(out, first);
    const others = readFolder(out).manifest?.files["b/run.sh"];
    write(out, [{ path: "a/run.sh", text: "new\n", mode: 0o755 }], { hosts: new Set(["a"]) });
    expect(paths(out)).toEqual(["a/run.sh", "b/run.sh", "manifest.json"]);
    expect(readFolder(out).manifest?.files["b/run.sh"]).toEqual(others);
  });

  test("a manifest's path that leads out of the folder makes it no manifest", () => {
    const parent = temporaryFolder();
    const out = join(parent, "out");
    write(out, first);
    writeFileSync(join(parent, "victim"), "mine");
    const manifest = readTree(out)["manifest.json"]?.slice(2).replace('"b/run.sh"', '"../victim"') ?? "";
    writeFileSync(join(out, "manifest.json"), manifest);
    expect(readFolder(out).manifest).toBeNull();
    write(out, first.slice(0, 2));
    expect(existsSync(join(parent, "victim"))).toBe(true);
  });

  test("an output folder that is a symbolic link stays one", () => {
    const parent = temporaryFolder();
    mkdirSync(join(parent, "real"));
    symlinkSync("real", join(parent, "out"));
    write(join(parent, "out"), first);
    expect(readTree(parent, { bits: false })).toMatchObject({ out: "-> real", "real/a/run.sh": "one\n" });
  });

  test.each([
    ["a link", (parent: string) => symlinkSync("deep/real", join(parent, "out"))],
    [
      "a link by way of another one",
      (parent: string) => {
        symlinkSync(join(parent, "second"), join(parent, "out"));
        symlinkSync("deep/real", join(parent, "second"));
      },
    ],
    [
      "a link up out of a linked folder",
      (parent: string) => {
        mkdirSync(join(parent, "deep/deeper"));
        symlinkSync("deep/deeper", join(parent, "near"));
        symlinkSync("near/../real", join(parent, "out"));
      },
    ],
  ])("%s whose folder is not there gets one; one between two renames comes back there", (_, link) => {
    const parent = temporaryFolder();
    const [out, deep] = [join(parent, "out"), join(parent, "deep")];
    mkdirSync(deep);
    link(parent);
    const others = readdirSync(deep);
    write(out, first);
    expect(readdirSync(deep).sort()).toEqual([...others, "real"].sort());

    const left = join(deep, ".real.lvsgen");
    mkdirSync(join(left, "next"), { recursive: true });
    renameSync(join(deep, "real"), join(left, "previous"));
    recoverOutput(out);
    expect(paths(out)).toHaveLength(4);
    write(out, first.slice(1));
    expect(readdirSync(deep).sort()).toEqual([...others, "real"].sort());
    expect(lstatSync(out).isSymbolicLink()).toBe(true);
  });

  test("what a killed render left is cleared away, and an output between two renames comes back", () => {
    const parent = temporaryFolder();
    const out = join(parent, "out");
    write(out, first);
    const left = join(parent, ".out.lvsgen");
    mkdirSync(join(left, "next"), { recursive: true });
    // No process can have this number: it is above the kernel's largest (proc(5), pid_max).
    writeFileSync(join(left, "pid"), "4194305\n");
    renameSync(out, join(left, "previous"));
    recoverOutput(out);
    expect(paths(out)).toHaveLength(4);
    write(out, first.slice(1));
    expect(readdirSync(parent)).toEqual(["out"]);
  });

  test("an output between two renames is left to the render that is under way", () => {
    const parent = temporaryFolder();
    const out = join(parent, "out");
    write(out, first);
    mkdirSync(join(parent, ".out.lvsgen"));
    writeFileSync(join(parent, ".out.lvsgen/pid"), `${process.pid}\n`);
    renameSync(out, join(parent, ".out.lvsgen/previous"));
    recoverOutput(out);
    expect(readdirSync(parent)).toEqual([".out.lvsgen"]);
  });

  test("a render that is under way is not disturbed", () => {
    const parent = temporaryFolder();
    const out = join(parent, "out");
    write(out, first);
    mkdirSync(join(parent, ".out.lvsgen"));
    writeFileSync(join(parent, ".out.lvsgen/pid"), `${process.pid}\n`);
    expect(() => write(out, first.slice(1))).toThrow(/another render \(process \d+\) is writing there/);
    expect(paths(out)).toHaveLength(4);
  });
});
