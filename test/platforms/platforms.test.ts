/** The platform table: every fact has its source, and rows agree with each other and with the schema. */

import { describe, expect, test } from "vitest";
import { isOlder } from "../../src/base/versions.ts";
import { features, isFeature } from "../../src/platforms/features.ts";
import { packageFor } from "../../src/platforms/packages.ts";
import type { Column } from "../../src/platforms/platform.ts";
import { packagingOf, platforms, platformTable } from "../../src/platforms/platforms.ts";
import { bootWrites, effectiveReversePath } from "../../src/platforms/shipped-sysctls.ts";
import { topologySchema } from "../../src/topology/schema.ts";

const noFacts = ["id", "family", "title", "kernel", "distribution", "release", "unknown"];

/** null is unknown but for systemd, and an empty list of backports says nothing. */
function saysSomething(column: Column, value: unknown): boolean {
  if (column === "backports") return (value as readonly string[]).length > 0;
  return value !== null || column === "systemd";
}

describe.each(platformTable)("$platform.title", ({ platform, packaging, proven, sources }) => {
  test("every fact has a source", () => {
    const sourced = new Set(sources.flatMap(({ columns }) => columns));
    const facts = Object.entries({ ...platform, ...packaging })
      .filter(([column]) => !noFacts.includes(column))
      .filter(([column, value]) => saysSomething(column as Column, value))
      .map(([column]) => column as Column);
    expect(facts.filter((column) => !sourced.has(column))).toEqual([]);
  });

  test("a source is told once, with a day where it was verified", () => {
    for (const { columns, from, kind, verified } of sources) {
      expect(columns, from).not.toEqual([]);
      expect(from).not.toMatch(/https?:|from memory/);
      expect(verified !== null, from).toBe(kind === "verified");
      if (verified !== null) expect(verified).toMatch(/^20\d\d-\d\d-\d\d$/);
    }
  });

  test("what was looked into on the system is no fact of one that was not run", () => {
    if (proven === "documented") expect(sources.filter(({ kind }) => kind === "verified")).toEqual([]);
  });

  test("kernels are in order, and gates count with the oldest", () => {
    expect(platform.kernel).toBe(platform.kernels[0]);
    for (const [index, kernel] of platform.kernels.slice(1).entries()) {
      expect(isOlder(platform.kernels[index] ?? "", kernel)).toBe(true);
    }
  });

  test("what is backported is newer than the kernel, and nothing is both known and unknown", () => {
    for (const name of platform.backports) {
      expect(isOlder(platform.kernel, features[name].kernel ?? "0"), name).toBe(true);
    }
    expect(platform.lacks.filter((name) => platform.unknown.includes(name))).toEqual([]);
    expect(platform.lacks.filter((name) => platform.backports.includes(name))).toEqual([]);
  });

  test("init systems and systemd's version agree", () => {
    expect(platform.systemd !== null).toBe(platform.inits.includes("systemd"));
  });
});

test("what a system sets of the network has one source, which says what was not found", () => {
  for (const { platform, sources } of platformTable)
    expect(
      sources.filter(({ columns }) => columns.includes("sysctls")),
      platform.id,
    ).toHaveLength(1);
});

/** Of the packages that were read, and of what bug reports say of hosts. */
const reversePaths = {
  "centos-6": 1,
  "centos-7": 1,
  "rocky-8": 1,
  "rhel-9": 1,
  "debian-8": 0,
  "debian-12": 0,
  "debian-13": 2,
  "raspbian-12": 0,
  "ubuntu-18.04": 1,
  "ubuntu-24.04": 2,
  "fedora-44": 2,
};

test.each(Object.entries(reversePaths))("on %s the reverse path filter that counts is %i", (id, value) => {
  expect(effectiveReversePath(packagingOf({ id }).sysctls)).toBe(value);
});

test("a host's boot writes every setting for all, default, lo and each interface, the particular ones last", () => {
  const writes = bootWrites({ "net.ipv4.conf.default.rp_filter": 1, "net.ipv4.ip_forward": 0 });
  const filters = writes.filter(({ file }) => file.endsWith("/rp_filter"));
  expect(filters).toEqual([
    { file: "/proc/sys/net/ipv4/conf/*/rp_filter", value: 1 },
    { file: "/proc/sys/net/ipv4/conf/lo/rp_filter", value: 0 },
    { file: "/proc/sys/net/ipv4/conf/default/rp_filter", value: 1 },
    { file: "/proc/sys/net/ipv4/conf/all/rp_filter", value: 0 },
  ]);
  expect(writes[0]).toEqual({ file: "/proc/sys/net/ipv4/ip_forward", value: 0 });
});

test("a release that left its mirrors has an archive to go to", () => {
  const archived = [...platforms.values()].filter((platform) => platform.archived);
  expect(archived.length).toBeGreaterThan(0);
  expect(archived.filter((platform) => packagingOf(platform).distribution.archive === null)).toEqual([]);
});

test("mirrors are of the kind that the package manager reads", () => {
  for (const platform of platforms.values()) {
    const { kind } = packagingOf(platform).mirror;
    expect(kind, platform.id).toBe(platform.packageManager === "apt" ? "apt" : "rpm");
  }
});

/** Values of the schema that need a row: by the name of its definition's property, and how the row is called. */
const gated = [
  ["scheduler", "scheduler "],
  ["schedulerFlags", "scheduler flag "],
  ["protocol", "protocol "],
  ["engine", "persistence engine "],
  ["type", "tunnel "],
] as const;

const ungated = ["protocol tcp", "protocol udp"];

test.each(gated)("every value of the schema's %s has a row", (property, prefix) => {
  const service = topologySchema.definitions?.virtualService?.properties ?? {};
  const server = topologySchema.definitions?.realServer?.properties ?? {};
  const { [property]: schema } = {
    ...service,
    ...service.persistence?.properties,
    ...server.tunnel?.properties,
  };
  const values = schema?.enum ?? (typeof schema?.items === "object" ? schema.items.enum : undefined) ?? [];
  const names = values.map((value) => `${prefix}${value}`);
  expect(names.length).toBeGreaterThan(0);
  expect(names.filter((name) => !isFeature(name) && !ungated.includes(name))).toEqual([]);
});

test("every IPVS sysctl of the schema has a row", () => {
  const names = Object.keys(topologySchema.definitions?.sysctls?.properties ?? {}).map(
    (name) => `sysctl ${name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`,
  );
  expect(names.length).toBeGreaterThan(0);
  expect(names.filter((name) => !isFeature(name))).toEqual([]);
});

test("packages have each release's name, and none where it has none", () => {
  const of = (program: string, id: string) => {
    const platform = platforms.get(id);
    if (platform === undefined) throw new Error(id);
    return packageFor(program, platform);
  };
  expect(of("arping", "debian-12")).toBe("iputils-arping");
  expect(of("arping", "rocky-9")).toBe("iputils");
  expect(of("modprobe", "centos-6")).toBe("module-init-tools");
  expect(of("modprobe", "centos-7")).toBe("kmod");
  expect(of("iptables", "almalinux-9")).toBe("iptables-nft");
  expect(of("nft", "centos-6")).toBeNull();
  expect(of("cat", "debian-12")).toBeNull();
  for (const platform of platforms.values()) expect(packageFor("nft", platform) !== null).toBe(platform.nft);
});
