/** Programs of Debian packages that this machine cannot have installed beside others. */

import { execFileSync } from "node:child_process";

/** Unpacks packages of the distribution into a folder, without installing them. */
export function unpackDebianPackages(folder: string, names: readonly string[]): void {
  // As another user apt cannot write there, and says so on standard error.
  execFileSync("apt-get", ["-q", "-o", "APT::Sandbox::User=root", "download", ...names], {
    cwd: folder,
    stdio: "pipe",
  });
  execFileSync("sh", ["-c", "for package in *.deb; do dpkg-deb -x $package .; done"], { cwd: folder });
}
