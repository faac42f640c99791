/** Gates: who has what, told in a sentence. */

import { describe, expect, test } from "vitest";
import { isOlder } from "../../src/base/versions.ts";
import { unavailable } from "../../src/plan/feature-gate.ts";
import type { FeatureName } from "../../src/platforms/features.ts";
import { platforms } from "../../src/platforms/platforms.ts";
import type { Host as HostInput, Topology } from "../../src/topology/input.generated.ts";
import type { Host } from "../../src/topology/model.ts";
import { normalizeHost } from "../../src/topology/normalize-host.ts";

type Os = NonNullable<HostInput["os"]>;

function host(os: Os, input: Partial<HostInput> = {}): Host {
  const written = { os, interfaces: { eth0: "10.0.0.1/24" }, ...input };
  const topology: Topology = {
    version: 1,
    name: "gates",
    hosts: { pi1: written },
    directors: { hosts: ["pi1"] },
    virtualServices: [],
  };
  const made = normalizeHost(topology, "pi1", written);
  if (made === null) throw new Error(os);
  return made;
}

test.each([
  ["3.10", "3.9", false],
  ["3.9", "3.10", true],
  ["1.9", "1.26", true],
  ["4.18", "4.18", false],
  ["2.6.32", "2.6.37", true],
  ["2.6", "2.6.32", true],
  ["2.6.37", "2.6", false],
  ["3.0", "2.6.37", false],
  ["2.0.10", "2.0.7", false],
])("%s is older than %s: %s", (version, than, older) => {
  expect(isOlder(version, than)).toBe(older);
});

const told: readonly (readonly [FeatureName, Os, string | undefined])[] = [
  ["scheduler rr", "centos-6", undefined],
  ["scheduler fo", "debian-8", "scheduler fo needs kernel 3.18; pi1 (Debian 8) has 3.16"],
  ["scheduler fo", "debian-9", undefined],
  ["scheduler mh", "centos-7", "scheduler mh needs kernel 4.18; pi1 (CentOS 7) has 3.10"],
  ["scheduler mh", "rocky-8", undefined],
  ["scheduler mh", "centos-8", "unknown whether the kernel packages of CentOS 8 (pi1) have scheduler mh"],
  ["scheduler twos", "debian-12", "scheduler twos is not in the kernel packages of Debian 12 (pi1)"],
  ["scheduler twos", "debian-13", undefined],
  [
    "scheduler twos",
    "raspbian-13",
    "scheduler twos is not in the kernel packages of Raspberry Pi OS 13 (pi1)",
  ],
  [
    "scheduler flag sh-port",
    "debian-8",
    "scheduler flag sh-port needs ipvsadm 1.27; pi1 (Debian 8) has 1.26",
  ],
  ["scheduler flag sh-port", "centos-7", "scheduler flag sh-port needs kernel 3.11; pi1 (CentOS 7) has 3.10"],
  [
    "scheduler flag mh-port",
    "debian-10",
    "scheduler flag mh-port needs ipvsadm 1.30; pi1 (Debian 10) has 1.29",
  ],
  ["tunnel ipip", "centos-6", undefined],
  ["tunnel gue", "rocky-8", "tunnel gue needs kernel 5.2; pi1 (Rocky Linux 8) has 4.18"],
  ["tunnel gue", "debian-11", undefined],
  ["tunnel gre", "debian-11", undefined],
  ["end of a gue tunnel", "debian-8", "end of a gue tunnel needs kernel 3.18; pi1 (Debian 8) has 3.16"],
  [
    "end of a gue tunnel",
    "ubuntu-22.04",
    "end of a gue tunnel needs iproute2 3.18; the version on pi1 (Ubuntu 22.04) is unknown",
  ],
  [
    "end of a gre tunnel over IPv6",
    "raspbian-9",
    "end of a gre tunnel over IPv6 is not in the kernel packages of Raspberry Pi OS 9 (pi1)",
  ],
  [
    "end of a gue tunnel over IPv6",
    "raspbian-10",
    "unknown whether the kernel packages of Raspberry Pi OS 10 (pi1) have end of a gue tunnel over IPv6",
  ],
  ["end of a gre tunnel over IPv6", "raspbian-11", undefined],
  ["end of a gre tunnel", "raspbian-10", undefined],
  ["FTP by nat over IPv6", "debian-9", "FTP by nat over IPv6 needs kernel 4.18; pi1 (Debian 9) has 4.9"],
  ["one-packet scheduling", "centos-6", undefined],
  ["protocol sctp", "centos-6", "protocol sctp needs ipvsadm 1.28; pi1 (CentOS 6) has 1.26"],
  ["protocol sctp", "debian-9", undefined],
  ["persistence engine sip", "centos-6", undefined],
  ["IPv6 services", "raspbian-9", "IPv6 services is not in the kernel packages of Raspberry Pi OS 9 (pi1)"],
  [
    "IPv6 services",
    "raspbian-11",
    "unknown whether the kernel packages of Raspberry Pi OS 11 (pi1) have IPv6 services",
  ],
  ["IPv6 services", "raspbian-12", undefined],
  [
    "sync daemon group, port, ttl and maxlen",
    "debian-9",
    "sync daemon group, port, ttl and maxlen needs ipvsadm 1.29; pi1 (Debian 9) has 1.28",
  ],
  ["sync daemon group, port, ttl and maxlen", "debian-10", undefined],
  ["firewall mark", "centos-6", undefined],
  ["sysctl conn_reuse_mode", "centos-7", undefined],
  ["sysctl conn_reuse_mode", "debian-8", "sysctl conn_reuse_mode needs kernel 4.1; pi1 (Debian 8) has 3.16"],
  ["sysctl conntrack", "centos-6", "sysctl conntrack needs kernel 2.6.37; pi1 (CentOS 6) has 2.6.32"],
  [
    "port reuse with conntrack",
    "debian-10",
    "port reuse with conntrack needs kernel 5.9; pi1 (Debian 10) has 4.19",
  ],
  ["port reuse with conntrack", "debian-11", undefined],
  ["sysctl run_estimation", "debian-11", "sysctl run_estimation needs kernel 5.16; pi1 (Debian 11) has 5.10"],
  ["sysctl est_nice", "debian-13", undefined],
];

test.each(told)("%s on %s: %s", (name, os, reason) => {
  expect(unavailable(name, host(os))).toBe(reason);
});

describe("what the topology says of its host goes before the table", () => {
  test("a newer kernel has newer features", () => {
    expect(unavailable("scheduler mh", host("centos-7", { kernel: "5.4" }))).toBeUndefined();
  });

  test("an older kernel has not", () => {
    expect(unavailable("scheduler mh", host("debian-12", { kernel: "4.9" }))).toBe(
      "scheduler mh needs kernel 4.18; pi1 (Debian 12) has 4.9",
    );
  });

  test("naming the kernel settles what was unknown", () => {
    expect(unavailable("scheduler mh", host("centos-8", { kernel: "4.18" }))).toBeUndefined();
    expect(unavailable("IPv6 services", host("raspbian-11", { kernel: "6.1" }))).toBeUndefined();
  });

  test("a release's other kernels lack what its packages lack; a kernel that it never had does not", () => {
    expect(unavailable("scheduler mh", host("raspbian-12", { kernel: "6.6" }))).toContain(
      "is not in the kernel",
    );
    expect(unavailable("scheduler mh", host("raspbian-12", { kernel: "6.18" }))).toBeUndefined();
    expect(unavailable("scheduler twos", host("debian-12", { kernel: "6.12" }))).toBeUndefined();
  });

  test("what Red Hat added to its kernel is not in another one of about that age", () => {
    expect(unavailable("sysctl conn_reuse_mode", host("centos-7", { kernel: "3.10" }))).toBeUndefined();
    expect(unavailable("sysctl conn_reuse_mode", host("centos-7", { kernel: "4.0" }))).toBe(
      "sysctl conn_reuse_mode needs kernel 4.1; pi1 (CentOS 7) has 4.0",
    );
    // 2.6.32 is 2.6, as the schema has it.
    expect(unavailable("persistence engine sip", host("centos-6", { kernel: "2.6" }))).toBeUndefined();
  });

  test("versions of tools", () => {
    expect(unavailable("protocol sctp", host("centos-7", { versions: { ipvsadm: "1.31" } }))).toBeUndefined();
    expect(unavailable("tunnel gue", host("debian-12", { versions: { ipvsadm: "1.29" } }))).toBe(
      "tunnel gue needs ipvsadm 1.31; pi1 (Debian 12) has 1.29",
    );
  });
});

test("with keepalived, its version counts and ipvsadm's does not", () => {
  const old = host("debian-12", { versions: { ipvsadm: "1.26", keepalived: "2.0.17" } });
  expect(unavailable("tunnel gue", old, "keepalived")).toBe(
    "tunnel gue needs keepalived 2.0.18; pi1 (Debian 12) has 2.0.17",
  );
  expect(unavailable("tunnel gue", host("debian-12"), "keepalived")).toBeUndefined();
  expect(unavailable("several statuses of a check", host("debian-10"), "keepalived")).toBe(
    "several statuses of a check needs keepalived 2.0.17; pi1 (Debian 10) has 2.0.10",
  );
  expect(unavailable("several statuses of a check", old, "keepalived")).toBeUndefined();
  expect(unavailable("protocol sctp", old, "keepalived")).toBeUndefined();
});

test.each([
  ["1.2.23", true],
  ["1.2.24", false],
  ["1.3.5", false],
  ["1.4.2", false],
  ["1.4.3", true],
  ["2.2.7", true],
])("keepalived %s has IPv4 persistence by network: %s", (keepalived, has) => {
  const director = host("debian-12", { versions: { keepalived } });
  expect(unavailable("IPv4 persistence by network", director, "keepalived")).toBe(
    has
      ? undefined
      : `keepalived from 1.2.24 to 1.4.2 does not have IPv4 persistence by network; pi1 (Debian 12) has ${keepalived}`,
  );
  expect(unavailable("IPv4 persistence by network", director)).toBeUndefined();
});

test.each(["centos-7", "debian-9", "ubuntu-18.04"] as const)("%s's keepalived loses a netmask", (os) => {
  expect(unavailable("IPv4 persistence by network", host(os), "keepalived")).toContain("1.2.24 to 1.4.2");
  expect(unavailable("IPv6 persistence by network", host(os), "keepalived")).toBeUndefined();
});

test("the ten classic schedulers are everywhere", () => {
  for (const os of platforms.keys()) {
    for (const name of ["rr", "wrr", "lc", "wlc", "lblc", "lblcr", "dh", "sh", "sed", "nq"] as const) {
      expect(unavailable(`scheduler ${name}`, host(os as Os)), os).toBeUndefined();
    }
  }
});
