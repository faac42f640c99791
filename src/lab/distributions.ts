/** How distributions bring the lab's programs: the command, and packages where they are named unlike Debian's. */

import { readFileSync } from "node:fs";

/** What is not one program. */
export const KERNEL = "a kernel with modules";

/** By program, Debian's package; a program that is not here is a package of the same name. */
const DEBIAN: Readonly<Record<string, string>> = {
  ip: "iproute2",
  unshare: "util-linux",
  nsenter: "util-linux",
  setpriv: "util-linux",
  modprobe: "kmod",
  depmod: "kmod",
  cc: "gcc",
  bird: "bird2",
  birdc: "bird2",
  xz: "xz-utils",
  "linux.uml": "user-mode-linux",
  "qemu-system-x86_64": "qemu-system-x86",
  "qemu-system-aarch64": "qemu-system-arm",
  [KERNEL]: `linux-image-${process.arch === "x64" ? "amd64" : process.arch}`,
};

interface Distribution {
  readonly install: string;
  readonly packages: Readonly<Record<string, string>>;
}

/** As others than Debian's family name it. */
const BIRD = { bird: "bird", birdc: "bird" };

/** By ID of os-release(5). User-Mode Linux is a package of Debian's family alone. */
const DISTRIBUTIONS: Readonly<Record<string, Distribution>> = {
  debian: { install: "apt install", packages: DEBIAN },
  ubuntu: { install: "apt install", packages: { ...DEBIAN, [KERNEL]: "linux-image-generic" } },
  fedora: {
    install: "dnf install",
    packages: {
      ...DEBIAN,
      ...BIRD,
      ip: "iproute",
      xz: "xz",
      "qemu-system-x86_64": "qemu-system-x86-core",
      "qemu-system-aarch64": "qemu-system-aarch64-core",
      [KERNEL]: "kernel",
    },
  },
  arch: { install: "pacman -S", packages: { ...DEBIAN, ...BIRD, xz: "xz", [KERNEL]: "linux" } },
  alpine: {
    install: "apk add",
    packages: {
      ...DEBIAN,
      ...BIRD,
      xz: "xz",
      "qemu-system-x86_64": "qemu-system-x86_64",
      "qemu-system-aarch64": "qemu-system-aarch64",
      [KERNEL]: "linux-lts",
    },
  },
};

const RELEASE = "/etc/os-release";

/** `apt install socat tcpdump`: brings programs, or {@link KERNEL}. @param release text of os-release(5) */
export function installCommand(things: readonly string[], release = readRelease()): string {
  const { install, packages } = distributionOf(release);
  const names = things.map((thing) => packages[thing] ?? thing);
  return `${install} ${[...new Set(names)].join(" ")}`;
}

/** Whether User-Mode Linux is a package there. */
export function hasUml(release = readRelease()): boolean {
  return process.arch === "x64" && distributionOf(release).install === "apt install";
}

/** A relative of one that is here is like it; any other like Debian. */
function distributionOf(release: string): Distribution {
  const [, id = ""] = /^ID="?([^"\n]*)/m.exec(release) ?? [];
  const [, like = ""] = /^ID_LIKE="?([^"\n]*)/m.exec(release) ?? [];
  const known = [id, ...like.split(" ")].find((name) => name in DISTRIBUTIONS) ?? "debian";
  return DISTRIBUTIONS[known] as Distribution;
}

function readRelease(): string {
  try {
    return readFileSync(RELEASE, "utf8");
  } catch {
    return "";
  }
}
