/** Where the output cannot be written: the old output stays as it was, with a message that says what is wrong. */

import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { cli, lvsgen, repository } from "../helpers/lvsgen.ts";
import { temporaryFolder } from "../helpers/temporary.ts";
import { readTree } from "../helpers/tree.ts";

const text = readFileSync(join(repository, "examples/pi-lab/topology.json"), "utf8");

function topologies(folder: string): [string, string] {
  const files: [string, string] = [join(folder, "old.json"), join(folder, "new.json")];
  writeFileSync(files[0], text);
  // Another VIP changes the files of every host.
  writeFileSync(files[1], text.replaceAll("192.168.1.200", "192.168.1.201"));
  return files;
}

/** $1: a folder to render into; $2: the render. A mount namespace of its own keeps the mounts from the machine. */
const faults: readonly [string, string, RegExp][] = [
  ["a full file system", "mount -t tmpfs -o size=1200k tmpfs $1; $OLD; head -c 2M /dev/zero >$1/filler 2>/dev/null", /file system is full/],
  ["a file system without room for names", "mount -t tmpfs -o nr_inodes=80 tmpfs $1; $OLD; n=0; while [ $n -lt 90 ]; do n=$((n + 1)); touch $1/filler$n 2>/dev/null || break; done", /file system is full/],
  ["a read-only file system", "mount -t tmpfs tmpfs $1; $OLD; mount -o remount,ro $1", /file system is read-only/],
  ["a folder without permission", "mount -t tmpfs -o mode=0755 tmpfs $1; $OLD; U='setpriv --reuid=65534 --regid=65534 --clear-groups'", /cannot write .*: no permission/],
  ["a mount point", "mount -t tmpfs tmpfs $1; $OLD; mount --bind $1/out $1/out", /cannot write .*: it is a mount point.*: use a folder inside it/],
  ["a folder of an overlay's lower layer", "mount -t tmpfs tmpfs $1; $OLD; mkdir $1/lower $1/upper $1/work; mv $1/out $1/lower; mount -t overlay -o lowerdir=$1/lower,upperdir=$1/upper,workdir=$1/work,redirect_dir=off overlay $1", /cannot write .*: .*another file system.*: use a folder inside it/],
  ["links in a circle", "mount -t tmpfs tmpfs $1; $OLD; mv $1/out $1/kept; ln -s other $1/out; ln -s out $1/other", /cannot write .*: its symbolic links are circular/],
  ["a file in the folder's way", "mount -t tmpfs tmpfs $1; $OLD; mv $1/out $1/kept; echo >$1/out", /is a file|not a directory|ENOTDIR/i],
]; // biome-ignore format: a table

test.each(faults)("%s", (name, setting, says) => {
  const folder = temporaryFolder();
  const [older, newer] = topologies(folder);
  const place = join(folder, "place");
  const render = (file: string) => `${process.execPath} ${cli} render ${file} --out $1/out --no-lint`;
  const script = `
chmod 0755 ${folder}; mkdir $1; U=
OLD='eval ${render(older).replaceAll("$1", place)} >/dev/null 2>&1'
${setting}
kept=$1/out; [ ! -e $1/kept ] || kept=$1/kept
before=$(cd $kept && find . -type f -exec sha256sum {} + | sort)
[ -n "$before" ] || echo "nothing was rendered before"
LVSGEN_DEBUG= $U ${render(newer)} && echo "it was written"
echo "exit $?"
[ "$before" = "$(cd $kept && find . -type f -exec sha256sum {} + | sort)" ] && echo "as it was"
ls -A $1`;
  const { stdout, stderr } = spawnSync("unshare", ["-m", "sh", "-c", script, "sh", place], {
    encoding: "utf8",
  });
  expect(stderr, name).toMatch(says);
  expect(stdout).toContain("exit 2\nas it was");
  expect(stdout).not.toMatch(/was written|nothing was rendered/);
  expect(stdout).not.toContain(".out.lvsgen");
});

/** Runs a render whose renames fail, with an mv that cannot exchange folders, as coreutils' before 9.5. */
function renderWithoutRename(folder: string, topology: string, which: string) {
  const programs = join(folder, "programs");
  mkdirSync(programs);
  writeFileSync(join(programs, "mv"), "#!/bin/sh\nexit 1\n", { mode: 0o755 });
  const words = [process.execPath, cli, "render", topology, "--out", join(folder, "out"), "--no-lint"];
  const options = ["--quiet=all", "--output=/dev/null", "--trace=rename"];
  return spawnSync("strace", [...options, `--inject=rename:error=EIO:when=${which}`, ...words], {
    encoding: "utf8",
    env: { ...process.env, PATH: `${programs}:${process.env.PATH}` },
  });
}

/** The first rename claims the work folder, the second one puts the old output aside. */
const putInPlace = 3;

test("the new output cannot be put in place: the old one comes back", () => {
  const folder = temporaryFolder();
  const [older, newer] = topologies(folder);
  const out = join(folder, "out");
  expect(lvsgen(["render", older, "--out", out, "--no-lint"]).status).toBe(0);
  const before = readTree(out);
  const { status, stderr } = renderWithoutRename(folder, newer, `${putInPlace}`);
  expect(stderr).toMatch(/cannot write .*: the device failed.*The old output is unchanged/);
  expect(status).toBe(2);
  expect(readTree(out)).toEqual(before);
  expect(readdirSync(folder)).not.toContain(".out.lvsgen");
});

test("nor can the old output come back: it is kept until the next render can put it back", () => {
  const folder = temporaryFolder();
  const [older, newer] = topologies(folder);
  const out = join(folder, "out");
  expect(lvsgen(["render", older, "--out", out, "--no-lint"]).status).toBe(0);
  writeFileSync(join(out, "notes.txt"), "mine\n");
  const before = readTree(out);
  const kept = join(folder, ".out.lvsgen/previous");
  const { status, stderr } = renderWithoutRename(folder, newer, `${putInPlace}+`);
  expect(stderr).toContain(`Its files are now in ${kept}`);
  expect(status).toBe(2);
  expect(existsSync(out)).toBe(false);
  expect(readTree(kept)).toEqual(before);

  mkdirSync(out);
  writeFileSync(join(out, "other.txt"), "in the way\n");
  const blocked = lvsgen(["render", newer, "--out", out, "--no-lint"]);
  expect(blocked.stderr).toMatch(/the folder there is not empty.*Its files are now in .*previous/s);
  expect(blocked.status).toBe(2);
  expect(readTree(kept)).toEqual(before);

  rmSync(out, { recursive: true });
  expect(lvsgen(["render", newer, "--out", out, "--no-lint"]).status).toBe(0);
  expect(readTree(out)).toMatchObject({ "notes.txt": "- mine\n" });
  expect(readdirSync(folder)).not.toContain(".out.lvsgen");
});

test("two renders at once: each output is whole, and one that has to wait says for whom", async () => {
  const folder = temporaryFolder();
  const [older, newer] = topologies(folder);
  const out = join(folder, "out");
  const wanted = [older, newer].map((file, index) => {
    expect(lvsgen(["render", file, "--out", join(folder, `${index}`), "--no-lint"]).status).toBe(0);
    return JSON.stringify(readTree(join(folder, `${index}`)));
  });
  for (let round = 0; round < 4; round++) {
    const results = await Promise.all([older, newer, older, newer].map((file) => renderAsync(file, out)));
    expect(wanted).toContain(JSON.stringify(readTree(out)));
    expect(results.some(({ status }) => status === 0)).toBe(true);
    for (const { status, stderr } of results)
      if (status !== 0) expect(stderr).toMatch(/another render .*(is writing|has just written) there/);
  }
});

function renderAsync(file: string, out: string): Promise<{ status: number | null; stderr: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [cli, "render", file, "--out", out, "--no-lint", "--force"]);
    let stderr = "";
    child.stderr.on("data", (data: Buffer) => (stderr += data.toString()));
    child.on("close", (status) => resolve({ status, stderr }));
  });
}
