/** The feature table against a real kernel's files: the one that the lab runs, of the Debian release this machine has. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { isOlder } from "../../src/base/versions.ts";
import { type Feature, type FeatureName, features } from "../../src/platforms/features.ts";

const root = "/usr/lib/uml/modules";
const [release = ""] = readdirSync(root);
const folder = join(root, release, "kernel/net");
const kernel = /^\d+\.\d+/.exec(release)?.[0] ?? "";

const rows = Object.entries<Feature>(features) as [FeatureName, Feature][];
const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
const modules = new Set(
  files
    .flatMap((file) => /([^/]+)\.ko(\.xz)?$/.exec(file)?.[1] ?? [])
    .map((name) => name.replaceAll("-", "_")),
);
const ipVs = readFileSync(join(folder, "netfilter/ipvs/ip_vs.ko"));

function hasByVersion({ kernel: needs }: Feature): boolean {
  return needs === null || !isOlder(kernel, needs);
}

test("there is a kernel to look at", () => {
  expect(kernel).toMatch(/^\d+\.\d+$/);
  expect(modules).toContain("ip_vs_rr");
});

test("modules have the names that the table gives them", () => {
  // Debian sets IP_VS_TWOS only since 6.11, and User-Mode Linux follows Debian's configuration.
  const missing = rows
    .filter(([name, row]) => hasByVersion(row) && name !== "scheduler twos")
    .flatMap(([, row]) => row.modules)
    .filter((name) => !modules.has(name));
  expect(missing).toEqual([]);
});

test("every IPVS scheduler and persistence engine of the kernel has a row", () => {
  const named = new Set(rows.flatMap(([, row]) => row.modules));
  const unnamed = [...modules].filter((name) => name.startsWith("ip_vs_") && !named.has(name));
  expect(unnamed).toEqual([]);
});

test("sysctls that the kernel should have are in ip_vs, and no others", () => {
  const sysctls = rows.filter(([name]) => name.startsWith("sysctl "));
  for (const [name, row] of sysctls) {
    const text = Buffer.from(`\0${name.slice("sysctl ".length)}\0`, "latin1");
    expect(ipVs.includes(text), name).toBe(hasByVersion(row));
  }
});
