/** What the lab asks of this machine: its programs, and what it lets ordinary users do. */

import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { NEEDED_MODULES } from "../../src/lab/backends/guest-init.ts";
import { lackingModules, rootObstacle } from "../../src/lab/backends/own-kernel.ts";
import { isMissing, missingPrograms } from "../../src/lab/backends/programs.ts";
import { BOOT_MODULES } from "../../src/lab/backends/qemu/initramfs.ts";
import { qemuObstacle } from "../../src/lab/backends/qemu/qemu.ts";
import { reasonOf, tryUserNamespace } from "../../src/lab/backends/rootless/user-namespace.ts";
import { labSpec } from "../../src/lab/build-spec.ts";
import { temporaryFolder } from "../helpers/temporary.ts";
import { SEED_CLUSTERS } from "./clusters.ts";

const spec = labSpec(SEED_CLUSTERS["000"], "/", { interpreter: "busybox", injections: [], shell: null });

/** Runs with a program of this text in the place of the machine's. */
function withProgram<T>(name: string, text: string, run: () => T): T {
  const folder = temporaryFolder();
  writeFileSync(join(folder, name), text, { mode: 0o755 });
  vi.stubEnv("PATH", `${folder}:${process.env.PATH}`);
  try {
    return run();
  } finally {
    vi.unstubAllEnvs();
  }
}

/** @param answers what `busybox ash -c "cat"` ends with where PATH has no cat */
function withBusybox(answers: number): string | null {
  return withProgram("busybox", `#!/bin/sh\nexit ${answers}\n`, () => missingPrograms(spec));
}

test("a program that is busybox's own counts as missing, as on Alpine", () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "busybox.static"), "", { mode: 0o755 });
  for (const name of ["ip", "sh"]) symlinkSync("busybox.static", join(folder, name));
  vi.stubEnv("PATH", `${folder}:${process.env.PATH}`);
  expect(["ip", "sh", "unshare"].filter(isMissing)).toEqual(["ip"]);
  vi.unstubAllEnvs();
});

test("root that may not make namespaces, as in a container, is sent to another backend", () => {
  const refuses = "#!/bin/sh\necho 'unshare: unshare failed: Operation not permitted' >&2; exit 1\n";
  const without = { services: [], hosts: [] };
  expect(withProgram("unshare", refuses, () => rootObstacle(without))).toBe(
    "root may not make namespaces here (unshare: unshare failed: Operation not permitted), as in a container without its capabilities",
  );
});

test("a module that this machine's kernel does not have is named before scripts are blamed", () => {
  const folder = temporaryFolder();
  const own = { services: spec.services.map((each) => ({ ...each, scheduler: "twos" })), hosts: [] };
  expect(lackingModules(own, folder)).toBeNull();
  writeFileSync(join(folder, "modules.dep.bin"), "");
  writeFileSync(
    join(folder, "modules.dep"),
    ["bridge", "veth", "dummy"].map((name) => `kernel/${name}.ko:\n`).join(""),
  );
  expect(lackingModules(own, folder)).toMatch(
    /^this machine's Linux \S+ lacks ip_vs_twos, which the cluster's lab needs$/,
  );
});

test("a busybox that passes over the lab's faults is refused, with the package to install", () => {
  expect(withBusybox(127)).toBe(null);
  expect(withBusybox(0)).toMatch(/busybox takes its own instead: apt install busybox/);
});

test.each([
  ["kernel/apparmor_restrict_unprivileged_userns", "1", "kernel.apparmor_restrict_unprivileged_userns=0"],
  ["kernel/unprivileged_userns_clone", "0", "kernel.unprivileged_userns_clone=1"],
  ["user/max_user_namespaces", "0", "user.max_user_namespaces=15000"],
])("%s = %s keeps ordinary users from namespaces: one line names the remedy", (setting, value, remedy) => {
  const read = (file: string) => (file === setting ? value : null);
  expect(reasonOf(undefined, "unshare failed", read)).toMatch(
    new RegExp(`^.*: sudo sysctl -w ${remedy}, or .*$`),
  );
});

test("what user namespaces can do is tried, and the step that fails is named", () => {
  expect(reasonOf("overlays", "mount: denied", () => null)).toBe(
    "ordinary users have no overlays in user namespaces here (mount: denied): run the lab as root",
  );
  const says = (...lines: string[]) =>
    `#!/bin/sh\nprintf '%s\\n' ${lines.map((line) => `'${line}'`).join(" ")}\n`;
  const able = withProgram(
    "unshare",
    says("step mounts", "netlink", "sysctl conntrack", "step ready"),
    tryUserNamespace,
  );
  expect(able).toEqual({ hasNetlink: true, sysctls: new Set(["conntrack"]) });
  expect(withProgram("unshare", says("step mounts", "sysctl a"), tryUserNamespace)).toMatch(
    /: .*run the lab as root$/,
  );
});

test("a kernel without a module that the cluster needs is not booted, and one line names the module", () => {
  const folder = temporaryFolder();
  const needs = (scheduler: string) => {
    const services = spec.services.map((service) => ({ ...service, scheduler }));
    return { ...spec, services, hosts: [] };
  };
  const kernel = join(folder, "vmlinuz-6.1.0");
  const modules = join(folder, "6.1.0");
  mkdirSync(join(modules, "kernel"), { recursive: true });
  writeFileSync(kernel, "");
  const had = [...BOOT_MODULES, ...NEEDED_MODULES, "ip_vs_rr"];
  writeFileSync(join(modules, "modules.dep"), had.map((name) => `kernel/${name}.ko:\n`).join(""));
  writeFileSync(join(modules, "modules.dep.bin"), "");
  const obstacle = (scheduler: string) =>
    qemuObstacle(needs(scheduler), { file: kernel, modules: [modules] });
  expect(obstacle("rr")).toBe(null);
  expect(obstacle("twos")).toBe(
    `${kernel} lacks ip_vs_twos, which the cluster needs: name a kernel that has it with --kernel`,
  );
});
