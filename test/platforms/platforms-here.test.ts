/**
 * The row of the system that this machine runs, against its own package lists. Only major and minor numbers: point
 * releases come and go. What apt has in its lists counts, so that no network is needed.
 */

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { platforms } from "../../src/platforms/platforms.ts";

const release = readFileSync("/etc/os-release", "utf8");
const field = (name: string) => new RegExp(`^${name}="?([^"\n]*)`, "m").exec(release)?.[1] ?? "";
const id = `${field("ID")}-${field("VERSION_ID")}`;
const platform = platforms.get(id);

const architecture = execFileSync("dpkg", ["--print-architecture"], { encoding: "utf8" }).trim();
const kernelPackage = field("ID") === "ubuntu" ? "linux-image-generic" : `linux-image-${architecture}`;

const packages = ["iputils-arping", "kmod", "procps", "iptables", "nftables", "util-linux", "mawk"];

/** What apt knows of each package, asked once: it reads all its lists every time. */
const known = new Map(
  execFileSync(
    "apt-cache",
    ["policy", kernelPackage, "ipvsadm", "iproute2", "keepalived", "systemd", ...packages],
    { encoding: "utf8", env: { ...process.env, LC_ALL: "C" } },
  )
    .split(/^(?=\S)/m)
    .map((text) => [text.split(":")[0], text]),
);

/** The version that apt would install, `major.minor` of the upstream part. */
function candidate(name: string): string {
  const version = /^ *Candidate: (?:\d+:)?(.*)$/m.exec(known.get(name) ?? "")?.[1] ?? "";
  return /^\d+(\.\d+)?/.exec(version)?.[0] ?? `none: apt has no ${name} in its lists, run apt-get update`;
}

const majorMinor = (version: string) => version.split(".").slice(0, 2).join(".");

test("this machine's system has a row", () => {
  expect([...platforms.keys()]).toContain(id);
});

test.each([
  [kernelPackage, platform?.kernel],
  ["ipvsadm", platform?.ipvsadm],
  ["iproute2", platform?.iproute2],
  ["keepalived", platform?.keepalived],
] as const)("%s is of the version in the table", (name, expected) => {
  if (expected === null || expected === undefined) return;
  expect(candidate(name)).toBe(majorMinor(expected));
});

test("systemd is of the version in the table", () => {
  expect(candidate("systemd").split(".")[0]).toBe(String(platform?.systemd));
});

test("/bin/sh is what the table says", () => {
  expect(execFileSync("readlink", ["-f", "/bin/sh"], { encoding: "utf8" }).trim()).toMatch(
    new RegExp(`/${platform?.shell}$`),
  );
});

test("packages that the table names are in the lists", () => {
  for (const name of packages) expect(candidate(name), name).toMatch(/^\d/);
});
