/** Kernels of this machine that QEMU could boot, each with its modules. An unpacked package will do. */

import { accessSync, closeSync, constants, existsSync, openSync, readdirSync, readSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";

import { LabBroken } from "../backend.ts";

export interface Kernel {
  readonly file: string;
  /** As `uname -r` will say, e.g. `6.1.0-56-amd64`. */
  readonly release: string;
  /** Folder of its modules. */
  readonly modules: string;
}

/** Where distributions keep them: Debian, Ubuntu, Alpine, Arch in /boot; Fedora also beside the modules. */
const KERNEL_FOLDERS = ["/boot", "/usr/lib/modules/*", "/lib/modules/*"];
const MODULE_FOLDERS = ["/lib/modules", "/usr/lib/modules"];

/** Kernels of this machine, the newest first; those without modules are left out. */
export function installedKernels(folders: readonly string[] = KERNEL_FOLDERS): Kernel[] {
  const files = folders.flatMap(expand).flatMap((folder) =>
    list(folder)
      .filter((name) => /^vmlinuz(-|$)/.test(name))
      .map((name) => join(folder, name)),
  );
  const kernels = files.flatMap((file) => kernelOf(file, []) ?? []);
  const unique = new Map(kernels.map((kernel) => [kernel.release, kernel]));
  return [...unique.values()].sort((one, other) => newestFirst(one.release, other.release));
}

/**
 * The kernel that somebody names.
 *
 * @param modules folders of one version's modules, or of several versions
 * @throws LabBroken if it, or its modules, are not there
 */
export function namedKernel(file: string, modules: readonly string[]): Kernel {
  const path = resolve(file);
  if (!existsSync(path)) throw new LabBroken(`--kernel ${file}: no such file`);
  requireReadable(path);
  const kernel = kernelOf(path, modules);
  if (kernel !== null) return kernel;
  const release = releaseOf(path);
  throw new LabBroken(
    release === null
      ? `--kernel ${file}: not a kernel that QEMU boots: name a file such as /boot/vmlinuz-VERSION`
      : `--kernel ${file}: the modules of ${release} are missing: name their folder with --modules`,
  );
}

/** @throws LabBroken naming the remedy: Ubuntu's kernels can be read by root only */
export function requireReadable(file: string): void {
  if (!isReadable(file)) throw new LabBroken(`${file} can be read by root only: sudo chmod a+r ${file}`);
}

export function isReadable(file: string): boolean {
  try {
    accessSync(file, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}

function kernelOf(file: string, modules: readonly string[]): Kernel | null {
  const release = releaseOf(file);
  if (release === null) return null;
  const found = moduleFolders(file, release, modules).find((folder) => existsSync(join(folder, "kernel")));
  return found === undefined ? null : { file, release, modules: found };
}

/** What was named comes first; an unpacked package has boot/ and lib/ in one folder. */
function moduleFolders(file: string, release: string, named: readonly string[]): string[] {
  const given = named.map((folder) => resolve(folder));
  const unpacked = dirname(dirname(file));
  const parents = [
    ...given,
    ...given.map((folder) => join(folder, "lib/modules")),
    ...MODULE_FOLDERS.map((folder) => join(unpacked, folder)),
    ...MODULE_FOLDERS,
  ];
  const own = given.filter((folder) => basename(folder) === release);
  return [...own, ...parents.map((folder) => join(folder, release)), dirname(file)];
}

/** x86's boot protocol: "HdrS", and at 0x20e where the release's text begins, less 0x200 (arch/x86/boot.rst). */
const SIGNATURE = { at: 0x202, text: "HdrS" };
const RELEASE_AT = 0x20e;
const HEAD = 0x8000;

/** Of other architectures' kernels the name says it. */
function releaseOf(file: string): string | null {
  const head = isReadable(file) ? headOf(file) : Buffer.alloc(0);
  const [, named = null] = /^vmlinu[xz]-(\d\S*)$/.exec(basename(file)) ?? flavour(file) ?? [];
  if (head.toString("latin1", SIGNATURE.at, SIGNATURE.at + 4) !== SIGNATURE.text) return named;
  const start = head.readUInt16LE(RELEASE_AT) + 0x200;
  return head.toString("latin1", start, start + 200).split(/[ \0]/)[0] || named;
}

/** Alpine's /boot/vmlinuz-lts has its modules in /lib/modules/VERSION-lts, one version of each flavour. */
function flavour(file: string): [string, string] | null {
  const [, name = ""] = /^vmlinu[xz]-([a-z]+)$/.exec(basename(file)) ?? [];
  if (name === "") return null;
  const releases = MODULE_FOLDERS.flatMap(list).filter((release) => release.endsWith(`-${name}`));
  const [newest] = releases.sort(newestFirst);
  return newest === undefined ? null : [file, newest];
}

function headOf(file: string): Buffer {
  const head = Buffer.alloc(HEAD);
  const fd = openSync(file, "r");
  try {
    readSync(fd, head, 0, HEAD, 0);
  } finally {
    closeSync(fd);
  }
  return head;
}

/** `/lib/modules/*`: each folder in it. */
function expand(folder: string): string[] {
  if (!folder.endsWith("/*")) return [folder];
  const parent = dirname(folder);
  return list(parent).map((name) => join(parent, name));
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** `6.1.0-56-amd64` comes before `6.1.0-9-amd64`. */
function newestFirst(one: string, other: string): number {
  return other.localeCompare(one, "en", { numeric: true });
}
