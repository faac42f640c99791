/** A signed repository of fake packages, laid out like a mirror of Debian, for a tree's apt, by HTTP on its loopback. */

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

interface StandIn {
  readonly depends?: string;
  /** Files with their texts; those below bin or sbin are programs. */
  readonly files?: Readonly<Record<string, string>>;
}

export interface AptRepository {
  /** What an HTTP server shows. */
  readonly folder: string;
  /** The key that signs it, as apt takes it. */
  readonly key: string;
}

/** @param suites with the components that each has packages in: all are in main */
export function makeAptRepository(
  folder: string,
  packages: Readonly<Record<string, StandIn>>,
  suites: readonly string[],
): AptRepository {
  const mirror = join(folder, "mirror");
  const index = Object.entries(packages).map(([name, standIn]) => makePackage(mirror, name, standIn));
  const home = join(folder, "keys");
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const gpg = (...args: string[]) =>
    execFileSync("gpg", ["--homedir", home, "--batch", "--yes", "--quiet", "--passphrase", "", ...args], {
      stdio: ["ignore", "pipe", "ignore"],
    });
  gpg("--quick-generate-key", "Stand-in <stand-in@example.net>", "rsa2048", "sign", "never");
  for (const [at, suite] of suites.entries()) {
    const release = join(mirror, "dists", suite, "Release");
    writeRelease(release, suite, at === 0 ? index.join("\n") : "");
    gpg("--clearsign", "-o", join(dirname(release), "InRelease"), release);
  }
  const key = join(folder, "stand-in.asc");
  writeFileSync(key, gpg("--armor", "--export"));
  gpgconfKill(home);
  return { folder: mirror, key };
}

function gpgconfKill(home: string): void {
  execFileSync("gpgconf", ["--homedir", home, "--kill", "all"], { stdio: "ignore" });
}

/** @returns its entry in the index */
function makePackage(mirror: string, name: string, { depends, files = {} }: StandIn): string {
  const root = join(mirror, "..", "packages", name);
  const entry = [
    `Package: ${name}`,
    "Version: 1:1.0",
    "Architecture: all",
    "Maintainer: Stand-in <stand-in@example.net>",
    ...(depends === undefined ? [] : [`Depends: ${depends}`]),
    "Description: stand-in",
  ];
  const texts = { ...files, "DEBIAN/control": `${entry.join("\n")}\n` };
  for (const [path, text] of Object.entries(texts)) {
    const file = join(root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text, { mode: /\/s?bin\/|init\.d|DEBIAN\/p/.test(path) ? 0o755 : 0o644 });
  }
  const place = `pool/${name}.deb`;
  const deb = join(mirror, place);
  mkdirSync(dirname(deb), { recursive: true });
  execFileSync("dpkg-deb", ["--root-owner-group", "--build", root, deb], { stdio: "ignore" });
  const facts = [`Filename: ${place}`, `Size: ${statSync(deb).size}`, `SHA256: ${sha256(readFileSync(deb))}`];
  return `${[...entry, ...facts].join("\n")}\n`;
}

const COMPONENTS = ["main", "contrib", "non-free", "non-free-firmware"];

function writeRelease(release: string, suite: string, index: string): void {
  const sums = COMPONENTS.map((component) => {
    const text = component === "main" ? index : "";
    const path = `${component}/binary-amd64/Packages`;
    const file = join(dirname(release), path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    return ` ${sha256(text)} ${Buffer.byteLength(text)} ${path}`;
  });
  const head = [
    "Origin: Stand-in",
    `Suite: ${suite}`,
    `Codename: ${suite}`,
    "Date: Sat, 10 Jan 2026 00:00:00 UTC",
    "Architectures: amd64",
    `Components: ${COMPONENTS.join(" ")}`,
    "SHA256:",
  ];
  writeFileSync(release, `${[...head, ...sums].join("\n")}\n`);
}

function sha256(data: string | Buffer): string {
  return createHash("sha256").update(data).digest("hex");
}
