/** Which kernel a lab boots, and what `lab --doctor` says of a machine. */

import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { doctorText } from "../../src/commands/lab-doctor.ts";
import { kernelPlan } from "../../src/commands/lab-kernels.ts";
import { ANY_KERNEL, type Backend, NoKernel, type RunOptions } from "../../src/lab/backends/backend.ts";
import { NEEDED_MODULES } from "../../src/lab/backends/guest-init.ts";
import { BOOT_MODULES } from "../../src/lab/backends/qemu/initramfs.ts";
import { moduleContent } from "../../src/lab/backends/qemu/module-content.ts";
import { kernelToInstall, usableKernel } from "../../src/lab/backends/qemu/usable-kernel.ts";
import { installCommand, KERNEL } from "../../src/lab/distributions.ts";
import { examineMachine } from "../../src/lab/doctor.ts";
import type { LabEvent } from "../../src/lab/events.ts";
import { proveCluster } from "../../src/lab/prove.ts";
import { targetKernels, targetText } from "../../src/lab/report/targets.ts";
import { runShare } from "../../src/lab/run-lab.ts";
import type { LabSpec } from "../../src/lab/spec.ts";
import { lvsgen } from "../helpers/lvsgen.ts";
import { temporaryFolder } from "../helpers/temporary.ts";
import { SEED_CLUSTERS } from "../lab/clusters.ts";
import { generatedScripts } from "../lab/generated.ts";

/** A package that was unpacked: a kernel's head (arch/x86/boot.rst), and the index of its modules. */
function unpackedKernel(release: string, modules: readonly string[]): string {
  const folder = temporaryFolder();
  const write = (path: string, content: string | Buffer): string => {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    return file;
  };
  const head = Buffer.alloc(0x1000);
  head.write("HdrS", 0x202, "latin1");
  head.writeUInt16LE(0x400, 0x20e);
  head.write(`${release} (builder@example)\0`, 0x600, "latin1");
  const own = `lib/modules/${release}`;
  const lines = modules.map((name) => `kernel/${name}.ko.xz:${name === "9p" ? " kernel/9pnet.ko.xz" : ""}`);
  write(`${own}/modules.dep`, `${[...lines, "kernel/9pnet.ko.xz:"].join("\n")}\n`);
  write(`${own}/modules.dep.bin`, "");
  write(`${own}/modules.builtin`, "kernel/drivers/virtio/virtio_pci.ko\n");
  write(`${own}/kernel/empty`, "");
  return write("boot/vmlinuz-renamed", head);
}

const allModules = [...BOOT_MODULES, ...NEEDED_MODULES].filter((name) => name !== "virtio_pci");
const use = (file: string, modules: readonly string[] = []) => usableKernel({ file, modules });

test("an unpacked kernel is booted with the modules beside it, each after what it needs", () => {
  const { kernel, index, modules } = use(unpackedKernel("6.1.0-9-amd64", allModules));
  expect(kernel.release).toBe("6.1.0-9-amd64");
  const files = index.filesOf(BOOT_MODULES).map((file) => file.slice(modules.folder.length));
  // The one that is built in needs no file.
  expect(files).toEqual([
    "/kernel/virtio_console.ko.xz",
    "/kernel/9pnet_virtio.ko.xz",
    "/kernel/9pnet.ko.xz",
    "/kernel/9p.ko.xz",
    "/kernel/overlay.ko.xz",
  ]);
});

test("a kernel that will not do: what it lacks, and the remedy", () => {
  const cloud = unpackedKernel("6.1.0-9-cloud-amd64", ["overlay", ...NEEDED_MODULES]);
  expect(() => use(cloud)).toThrow(
    /vmlinuz-renamed lacks virtio_console, 9pnet_virtio, 9p: apt install linux-image/,
  );
  const lonely = join(temporaryFolder(), "vmlinuz-5.10.0-1-amd64");
  writeFileSync(lonely, "");
  expect(() => use(lonely)).toThrow(
    "the modules of 5.10.0-1-amd64 are missing: name their folder with --modules",
  );
  expect(() => use("/etc/hostname")).toThrow(/not a kernel that QEMU boots: name a file such as/);
});

test("what to install for QEMU to have a kernel: nothing where the remedy is another", () => {
  const kernelOf = (release: string, modules: readonly string[]) => {
    const file = unpackedKernel(release, modules);
    return { file, release, modules: join(dirname(dirname(file)), "lib/modules", release) };
  };
  expect(kernelToInstall([])).toEqual([KERNEL]);
  expect(kernelToInstall([kernelOf("6.1.0-9-cloud-amd64", ["overlay"])])).toEqual([KERNEL]);
  expect(kernelToInstall([kernelOf("6.8.0-31-generic", ["overlay"])])).toEqual([
    "linux-modules-extra-6.8.0-31-generic",
  ]);
  expect(kernelToInstall([kernelOf("6.12.0-rpi", ["overlay"])])).toEqual([]);
  expect(kernelToInstall([kernelOf("6.1.0-9-amd64", allModules)])).toEqual([]);
});

test("of several kernels none is booted if one of them will not do", async () => {
  const events: LabEvent[] = [];
  const choices = [
    { file: unpackedKernel("6.1.0-9-amd64", allModules), modules: [] },
    { file: unpackedKernel("6.1.0-9-cloud-amd64", ["overlay"]), modules: [] },
  ];
  const proof = proveCluster(SEED_CLUSTERS["000"], generatedScripts(SEED_CLUSTERS["000"]), {
    ...{ backend: "qemu", choices, scenarios: ["balance"], guest: null, timeout: 60, kernels: 1 },
    ...{ thorough: false, interpreter: null, injections: [], shell: null },
    signal: new AbortController().signal,
    onEvent: (event) => void events.push(event),
  });
  await expect(proof).rejects.toThrow(/vmlinuz-renamed lacks virtio_console/);
  expect(events).toEqual([]);
});

test.each([
  [".ko", (bytes: Buffer) => bytes],
  [".ko.gz", gzipSync],
  [".ko.xz", (bytes: Buffer) => spawnSync("xz", ["-c"], { input: bytes }).stdout],
  [".ko.zst", (bytes: Buffer) => spawnSync("zstd", ["-qc"], { input: bytes }).stdout],
])("a module %s is loaded as it was before it was compressed", (ending, compress) => {
  const content = Buffer.from("\x7fELF and so on");
  const file = join(temporaryFolder(), `9p${ending}`);
  writeFileSync(file, compress(content));
  expect(Buffer.from(moduleContent(file))).toEqual(content);
});

function backend(
  name: Backend["name"],
  obstacle: string | null,
  run: Backend["run"] = async () => {},
): Backend {
  const describe = () => `Linux of ${name}`;
  return {
    name,
    obstacle: () => obstacle,
    standing: () => ({ cost: 1, note: null }),
    describe,
    lacks: () => [name],
    run,
  };
}

test("a kernel that does not come is followed by the next backend's, and that is said", async () => {
  const events: LabEvent[] = [];
  const options = { onEvent: (event: LabEvent) => void events.push(event) } as unknown as RunOptions;
  const late = backend("qemu", null, async () => {
    throw new NoKernel("the lab's kernel did not come up within 60 s\nits last words");
  });
  expect(await runShare([late, backend("uml", null)], {} as LabSpec, options)).toBe("uml");
  const text = "qemu: the lab's kernel did not come up within 60 s: uml goes on";
  expect(events).toEqual([{ type: "note", text }]);
  await expect(runShare([late], {} as LabSpec, options)).rejects.toThrow(NoKernel);
});

test("options about the kernel that contradict each other", () => {
  const plan = (args: Partial<Parameters<typeof kernelPlan>[0]>) => () =>
    kernelPlan({ keep: false, ...args });
  const [file, modules] = ["/etc/hostname", ["/etc"]];
  expect(plan({})()).toEqual({ backend: null, choices: [ANY_KERNEL] });
  expect(plan({ kernel: [file, file], modules })()).toEqual({
    backend: "qemu",
    choices: [
      { file, modules },
      { file, modules },
    ],
  });
  expect(plan({ kernel: ["/etc/none"] })).toThrow("--kernel /etc/none: no such file");
  expect(plan({ modules })).toThrow("--modules needs --kernel");
  expect(plan({ kernel: [file], backend: "uml" })).toThrow("has no effect with --backend uml");
  expect(plan({ kernel: [file, file], keep: true })).toThrow("--keep needs a single --kernel");
});

test("--doctor: options that it has no use for are refused", () => {
  for (const words of [["--format", "json"], ["--kernel", "/etc/hostname"], ["--verbose"]]) {
    const { status, stderr } = lvsgen(["lab", "--doctor", ...words]);
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: expect.stringContaining(`${words[0]} has no effect with --doctor`),
    });
  }
});

test("where there is no Linux, one line says so; arguments come first", () => {
  const NODE_OPTIONS =
    "--import=data:text/javascript,Object.defineProperty(process,'platform',{value:'darwin'})";
  const run = (...words: string[]) => lvsgen(["lab", ...words], { environment: { NODE_OPTIONS } });
  const text = "the lab needs Linux: on macOS and Windows, run lvsgen in a Linux virtual machine";
  expect(run("examples/pi-lab/topology.json")).toMatchObject({
    status: 2,
    stderr: expect.stringContaining(text),
  });
  expect(run("--doctor")).toMatchObject({ status: 1, stderr: expect.stringContaining(text) });
  expect(run().stderr).toContain("missing argument file");
});

test("--doctor: what works, what is missing, and the command that brings it", () => {
  const noIpvs: Backend = {
    ...backend("netns", null),
    obstacle: ({ services }) => (services.length > 0 ? "no ip_vs" : null),
  };
  const found = examineMachine([noIpvs, backend("qemu", null)]);
  expect(found.backends).toEqual([
    { name: "netns", works: false, text: "no ip_vs" },
    { name: "qemu", works: true, text: "Linux of qemu" },
  ]);
  expect(found.command).toMatch(/^apt install .*netns$/);
  const text = {
    ...found,
    chosen: "qemu",
    notes: ["slow"],
    missing: ["ip"],
    command: "apt install iproute2",
  };
  expect(doctorText(text, false)).toBe(`--    netns  no ip_vs
ok    qemu   Linux of qemu
--    programs that labs need are missing: ip
note: slow
The lab runs in qemu; --backend chooses another one.
To install what is missing: sudo apt install iproute2
`);
});

test.each([
  ["ID=debian", "apt install iproute2 qemu-system-x86 bird2"],
  ['ID=linuxmint\nID_LIKE="ubuntu debian"', "apt install iproute2 qemu-system-x86 bird2"],
  ["ID=fedora", "dnf install iproute qemu-system-x86-core bird"],
  ["ID=arch", "pacman -S iproute2 qemu-system-x86 bird"],
  ['ID="alpine"', "apk add iproute2 qemu-system-x86_64 bird"],
])("packages as %j names them", (release, command) => {
  expect(installCommand(["ip", "qemu-system-x86_64", "bird", "birdc"], release)).toBe(command);
});

test("the report names the kernels of the hosts", () => {
  const targets = targetKernels(SEED_CLUSTERS["000"]);
  expect(targetText(targets)).toMatch(/^its hosts run Linux 3\.10 \(CentOS 7: \w+\), Linux /);
});
