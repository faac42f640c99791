/**
 * The qemu backend: a distribution's own kernel proves what User-Mode Linux proves. Every example, defect and seed runs
 * there before a release (vitest.config.ts, the project "qemu").
 */

import { type ChildProcess, execFile, spawn, spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { afterEach, expect, test, vi } from "vitest";
import { readTemplates } from "../../scripts/templates-module.ts";
import { ANY_KERNEL, type KernelChoice, NoKernel } from "../../src/lab/backends/backend.ts";
import { readModuleIndex } from "../../src/lab/backends/module-index.ts";
import { type Acceleration, acceleration } from "../../src/lab/backends/qemu/accelerator.ts";
import { PROBE_ANSWER } from "../../src/lab/backends/qemu/initramfs.ts";
import { installedKernels } from "../../src/lab/backends/qemu/kernels.ts";
import { MACHINE_TYPES } from "../../src/lab/backends/qemu/machine-types.ts";
import { qemu } from "../../src/lab/backends/qemu/qemu.ts";
import { labSpec } from "../../src/lab/build-spec.ts";
import type { LabEvent } from "../../src/lab/events.ts";
import { runShare } from "../../src/lab/run-lab.ts";
import { cli, lvsgen, repository } from "../helpers/lvsgen.ts";
import { makeFolder, temporaryFolder } from "../helpers/temporary.ts";
import { SEED_CLUSTERS } from "./clusters.ts";
import { DEFECTS, firmFailures, overlay } from "./defects/defects.ts";
import { generatedScripts, writeScripts } from "./generated.ts";
import { kinds } from "./kinds.ts";
import { guestBundle, labChecks } from "./run.ts";

const topology = join(repository, "examples/pi-lab/topology.json");
/** One cache for all, as of one user. */
const cache = makeFolder();
const nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"];

let child: ChildProcess | null = null;
afterEach(() => {
  vi.unstubAllEnvs();
  child?.kill("SIGKILL");
  child = null;
});

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts a lab in QEMU; its words as they come, and its end. */
function startLab(
  temporary: string,
  args: readonly string[],
): { stderr: () => string; ended: Promise<Ended> } {
  const started = spawn(process.execPath, [cli, "lab", topology, "--backend", "qemu", ...args], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, TMPDIR: temporary, XDG_CACHE_HOME: cache },
  });
  child = started;
  let stdout = "";
  let stderr = "";
  started.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  started.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const ended = new Promise<Ended>((resolve) =>
    started.once("close", (status) => resolve({ status, stdout, stderr })),
  );
  return { stderr: () => stderr, ended };
}

/** The id of the QEMU whose command line has a folder, or null. */
function qemuOf(folder: string): number | null {
  const pid = readdirSync("/proc").find((name) => /^\d+$/.test(name) && commandOf(name).includes(folder));
  return pid === undefined ? null : Number(pid);
}

function commandOf(pid: string): string {
  try {
    const command = readFileSync(`/proc/${pid}/cmdline`, "utf8");
    // One that only tries KVM shares no folder.
    return command.startsWith("/usr/bin/qemu") && command.includes("mount_tag") ? command : "";
  } catch {
    return "";
  }
}

const patience = { timeout: 60_000, interval: 100 };

test("two labs at once, one of an ordinary user: the kernel is the distribution's", {
  timeout: 400_000,
}, async () => {
  const folder = temporaryFolder();
  chmodSync(folder, 0o777);
  for (const name of ["dist", "examples"])
    cpSync(join(repository, name), join(folder, name), { recursive: true });
  const run = (words: readonly string[], home: string) => {
    const [program = "", ...args] = [
      ...words,
      ...[process.execPath, "dist/cli.js", "lab", "examples/pi-lab/topology.json", "--backend", "qemu"],
      ...["--scenario", "balance", "--kernels", "1", "--format", "json"],
    ];
    mkdirSync(home, { mode: 0o777 });
    chmodSync(home, 0o777);
    const env = { PATH: process.env.PATH, HOME: home, TMPDIR: home, XDG_CACHE_HOME: home };
    return promisify(execFile)(program, args, { cwd: folder, env });
  };
  const user = process.getuid?.() === 0 ? nobody : [];
  const runs = await Promise.all([run(user, join(folder, "one")), run([], join(folder, "two"))]);
  for (const { stdout } of runs) {
    const { kernel, failed, passed } = JSON.parse(stdout) as Record<string, unknown>;
    expect(kernel).toBe(installedKernels()[0]?.release);
    expect({ failed, passed }).toEqual({ failed: 0, passed: 1 });
  }
});

test("a defect is caught", { timeout: 300_000 }, async () => {
  const [defect] = DEFECTS.filter(({ caughtBy }) => caughtBy === "restore");
  if (defect === undefined) throw new Error("no defect for restore");
  const templates = readTemplates(join(repository, "templates"));
  const scripts = writeScripts(SEED_CLUSTERS["000"], overlay(templates, [defect]));
  const checks = await labChecks(SEED_CLUSTERS["000"], scripts, ["restore"], { backend: "qemu" });
  const failed = checks.filter(({ ok }) => !ok).map(({ name }) => name);
  expect(firmFailures(defect, failed)).toEqual(new Set(defect.failing));
});

test.each([
  [
    "a QEMU that is killed",
    (pid: number) => process.kill(pid, "SIGKILL"),
    /^lvsgen: the lab's kernel .*SIGKILL/m,
  ],
  ["Ctrl-C", () => child?.kill("SIGINT"), /^lvsgen: interrupted$/m],
])("%s: one line, and nothing is left", { timeout: 120_000 }, async (_, end, words) => {
  const folder = temporaryFolder();
  const { ended } = startLab(folder, ["--scenario", "balance", "--kernels", "1"]);
  await expect.poll(() => qemuOf(folder), patience).not.toBeNull();
  end(qemuOf(folder) ?? 0);
  const { status, stderr } = await ended;
  expect(status).not.toBe(0);
  expect(stderr).toMatch(words);
  expect(stderr).not.toMatch(/^ {4}at /m);
  expect(readdirSync(folder)).toEqual([]);
  await expect.poll(() => qemuOf(folder), patience).toBeNull();
});

test.each([
  // Room for the scripts, not for the kernel's first file system, or not for the runner.
  ["qemu", "1m"],
  ["uml", "500k"],
])(
  "%s on a file system that is full: one line, and nothing is left",
  { timeout: 120_000 },
  (backend, size) => {
    const folder = temporaryFolder();
    const small = `mount -t tmpfs -o size=${size} tmpfs ${folder} && node "$@"; status=$?; ls ${folder}; exit "$status"`;
    const lab = [cli, "lab", topology, "--backend", backend, "--scenario", "balance"];
    const { status, stdout, stderr } = spawnSync(
      "unshare",
      ["--user", "--map-root-user", "--mount", "--propagation", "private", "sh", "-c", small, "sh", ...lab],
      { encoding: "utf8", env: { ...process.env, TMPDIR: folder, XDG_CACHE_HOME: join(folder, "cache") } },
    );
    expect(stderr).toMatch(
      /^lvsgen: cannot write to \S+: its file system is full; set TMPDIR to another folder$/m,
    );
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  },
);

/** A kernel that does nothing for ever, with the release of a real one: x86's boot protocol, arch/x86/boot.rst. */
function hangingKernel(folder: string, release: string): string {
  const image = Buffer.alloc(64 * 1024);
  // jmp to itself
  image.write("ebfe", 0x200, "hex");
  image.write("HdrS", 0x202, "latin1");
  // Protocol 2.6, its release at 0x600, loaded high, a first file system anywhere.
  image.writeUInt16LE(0x0206, 0x206);
  image.writeUInt16LE(0x400, 0x20e);
  image.writeUInt8(1, 0x211);
  image.writeUInt32LE(0x7fffffff, 0x22c);
  image.write(`${release} (test)\0`, 0x600, "latin1");
  const file = join(folder, "vmlinuz");
  writeFileSync(file, image);
  return file;
}

interface BootOptions {
  readonly bootSeconds?: number;
  readonly onEvent?: (event: LabEvent) => void;
  readonly cacheHome?: string;
}

/** Boots a kernel that has nothing to do, in a folder for files of its own. */
function boot(
  kernel: KernelChoice,
  { bootSeconds, onEvent = () => {}, cacheHome = cache }: BootOptions = {},
): { folder: string; run: Promise<unknown> } {
  const folder = temporaryFolder();
  vi.stubEnv("TMPDIR", folder);
  vi.stubEnv("XDG_CACHE_HOME", cacheHome);
  const scripts = generatedScripts(SEED_CLUSTERS["000"]);
  const spec = labSpec(SEED_CLUSTERS["000"], scripts, { interpreter: null, injections: [], shell: null });
  const run = runShare(
    [qemu],
    { ...spec, tasks: [], thorough: false, door: null, placeholders: [] },
    {
      kernel,
      ...(bootSeconds === undefined ? {} : { bootSeconds }),
      guest: guestBundle(),
      timeout: 200,
      signal: new AbortController().signal,
      interactive: false,
      keep: false,
      place: 0,
      onEvent,
    },
  );
  return { folder, run };
}

const labFolders = (folder: string): string[] =>
  readdirSync(folder).filter((name) => name.startsWith("lvsgen-lab-"));

test("a kernel that hangs is not waited for", { timeout: 60_000 }, async () => {
  const hanging = hangingKernel(temporaryFolder(), installedKernels()[0]?.release ?? "");
  const { folder, run } = boot({ file: hanging, modules: [] }, { bootSeconds: 2 });
  await expect(run).rejects.toThrow(/^the lab's kernel did not come up within 2 s/);
  await expect(run).rejects.toBeInstanceOf(NoKernel);
  expect(labFolders(folder)).toEqual([]);
});

test("a module that the kernel does not take is named", { timeout: 60_000 }, async () => {
  const [real] = installedKernels();
  if (real === undefined) throw new Error("no kernel to boot");
  const modules = join(temporaryFolder(), real.release);
  // Links: all of them are 350 MB.
  expect(spawnSync("cp", ["-rs", real.modules, modules]).status).toBe(0);
  const [damaged = ""] = readModuleIndex(modules).filesOf(["9p"]).slice(-1);
  const start = readFileSync(damaged).subarray(0, 4096);
  rmSync(damaged);
  writeFileSync(damaged, start);
  const { folder, run } = boot({ file: real.file, modules: [modules] });
  await expect(run).rejects.toThrow(/^the kernel does not take its module 9p\.ko$/);
  await expect(run).rejects.toBeInstanceOf(NoKernel);
  expect(labFolders(folder)).toEqual([]);
});

test("a system that panics at each boot is not waited for", { timeout: 200_000 }, () => {
  const [kernel] = installedKernels();
  if (kernel === undefined) throw new Error("no kernel to boot");
  const tree = temporaryFolder();
  for (const name of ["boot", "dev", "etc", "lib/modules", "proc", "run", "sbin", "sys"])
    mkdirSync(join(tree, name), { recursive: true });
  writeFileSync(join(tree, "etc/os-release"), 'PRETTY_NAME="a"\nVERSION_ID="12"\nID=debian\n');
  // Of systemd, by its name, and not there.
  symlinkSync("/lib/systemd/systemd", join(tree, "sbin/init"));
  cpSync(kernel.file, join(tree, "boot", basename(kernel.file)));
  expect(spawnSync("cp", ["-rs", kernel.modules, join(tree, "lib/modules")]).status).toBe(0);
  const file = join(temporaryFolder(), "topology.json");
  writeFileSync(file, JSON.stringify(kinds));
  const { status, stderr } = lvsgen(["lab", file, "--scenario", "reboot", "--host", "dr", "--tree", tree]);
  expect(status).toBe(2);
  expect(stderr).toMatch(/ did not boot\n.*can't execute '\/sbin\/init'.*Kernel panic - not syncing: /s);
  expect(stderr.match(/Kernel panic/g)).toHaveLength(1);
});

/** Whether this user may open it; what it does then is the test's. */
const hasKvm = spawnSync("sh", ["-c", "[ -r /dev/kvm ] && [ -w /dev/kvm ]"]).status === 0;

/** A machine whose /dev/kvm can be opened, with a QEMU of this text. */
function accelerationWith(text: string): () => Promise<Acceleration> {
  const bin = temporaryFolder();
  const [kernel] = installedKernels();
  const type = MACHINE_TYPES[process.arch];
  if (kernel === undefined || type === undefined) throw new Error("no kernel to boot");
  writeFileSync(join(bin, "kvm"), "");
  writeFileSync(join(bin, type.program), `#!/bin/sh\necho call >>${bin}/calls\n${text}\n`, { mode: 0o755 });
  vi.stubEnv("PATH", `${bin}:${process.env.PATH}`);
  const environment = { XDG_CACHE_HOME: bin };
  return async () => {
    // Another program's run: what this one remembers is not what is kept.
    vi.resetModules();
    const fresh = await import("../../src/lab/backends/qemu/accelerator.ts");
    const found = fresh.acceleration(type, kernel, environment, join(bin, "kvm"));
    expect(readFileSync(join(bin, "calls"), "utf8")).toBe("call\n");
    return found;
  };
}

test.each([
  ["hangs", "exec sleep 60", "no kernel comes up within 5 s"],
  ["ends", "echo 'failed to set MSR 0x10a' >&2; exit 1", "failed to set MSR 0x10a"],
])(
  "KVM where QEMU %s is not used; that is tried once a boot",
  { timeout: 30_000 },
  async (_, text, reason) => {
    const ask = accelerationWith(text);
    for (const found of [await ask(), await ask()])
      expect(found).toEqual({ accelerator: "tcg", reason: `KVM does not work here: ${reason}` });
  },
);

test.runIf(hasKvm)(
  "KVM that fails after its trial is followed by QEMU without it",
  {
    timeout: 120_000,
  },
  async () => {
    const type = MACHINE_TYPES[process.arch];
    if (type === undefined) throw new Error("no machine to boot");
    const bin = temporaryFolder();
    const text = `#!/bin/sh
case "$*" in *"-accel kvm"*mount_tag*) exit 1 ;; *"-accel kvm"*) echo '${PROBE_ANSWER}'; exit 0 ;; esac
exec /usr/bin/${type.program} "$@"
`;
    writeFileSync(join(bin, type.program), text, { mode: 0o755 });
    vi.stubEnv("PATH", `${bin}:${process.env.PATH}`);
    const notes: string[] = [];
    const kernel = { ...ANY_KERNEL, file: installedKernels()[0]?.file ?? null };
    const { folder, run } = boot(kernel, {
      cacheHome: bin,
      onEvent: (event) => event.type === "note" && notes.push(event.text),
    });
    await run;
    expect(notes).toEqual([
      expect.stringMatching(/^qemu: the lab's kernel did not come up: .*: qemu without KVM goes on$/),
    ]);
    // The next lab does not wait for it again.
    const [again] = installedKernels();
    expect(again && acceleration(type, again)).toMatchObject({ accelerator: "tcg" });
    expect(labFolders(folder)).toEqual([]);
  },
);

test("a trial of KVM that somebody ends is no answer", async () => {
  const ends = `[ "$(wc -l <"\${0%/*}/calls")" -gt 1 ] && exec echo '${PROBE_ANSWER}'
echo 'warning: host does not support x' >&2; echo 'qemu: terminating on signal 2' >&2; exit 1`;
  const ask = accelerationWith(ends);
  expect(await ask()).toMatchObject({ accelerator: "tcg", reason: expect.stringContaining("signal 2") });
  await expect(ask()).rejects.toThrow("call");
});

test("KVM where a kernel comes up is used", async () => {
  expect(await accelerationWith(`echo '${PROBE_ANSWER}'`)()).toEqual({ accelerator: "kvm", reason: null });
});
