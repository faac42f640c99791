/** What is said of an operating system that the table lacks. */

import { expect, test } from "vitest";
import { platforms } from "../../src/platforms/platforms.ts";
import { suggestSystem } from "../../src/platforms/suggest-system.ts";
import { checkTopology } from "../../src/rules/check-topology.ts";
import { lvsgen } from "../helpers/lvsgen.ts";

/** Ids of a distribution, newest first: rows are in the order of their releases. */
const idsOf = (name: string) => [...platforms.keys()].filter((id) => id.startsWith(`${name}-`)).reverse();

function beyond(name: string): string {
  const [newest, ...older] = idsOf(name);
  const what = `use it, set "kernel" and "versions" to what the host has, and no packages.mirror`;
  const before = older.length === 0 ? "" : `; older ones: ${older.join(", ")}`;
  return `${newest} is the newest known: ${what}${before}`;
}

const among = (name: string) => `choose one of: ${idsOf(name).join(", ")}`;
const meant = (id: string) => `did you mean "${id}"?`;

test.each([
  ["debian-99", beyond("debian")],
  ["debain 99", beyond("debian")],
  ["debian-7", among("debian")],
  ["debian", among("debian")],
  ["debian-12.9", meant("debian-12")],
  ["centos-99", beyond("centos")],
  ["centos-stream-99", beyond("centos")],
  ["centos7", meant("centos-7")],
  ["CentOS 7.9", meant("centos-7")],
  ["rocky-9.6", meant("rocky-9")],
  ["alma9", meant("almalinux-9")],
  ["Red Hat Enterprise Linux 8", meant("rhel-8")],
  ["raspbian-8", among("raspbian")],
  ["Raspberry Pi OS 12", meant("raspbian-12")],
  ["ubuntu-24.04.3", meant("ubuntu-24.04")],
  ["ubuntu-22.10", among("ubuntu")],
  ["ubuntu-99.04", beyond("ubuntu")],
  ["ubuntu", among("ubuntu")],
  ["ubuntu-2404", meant("ubuntu-24.04")],
  ["ubuntu-24", meant("ubuntu-24.04")],
  ["ubuntu-23", among("ubuntu")],
  ["openEuler 22", meant("openeuler-22.03")],
  ["Debian-12", meant("debian-12")],
  ["debian 12", meant("debian-12")],
  ["debian-1", among("debian")],
  ["centos-stream-9", meant("centos-9")],
  ["centos-stream-10", meant("centos-10")],
  ["CentOS Stream 10", meant("centos-10")],
  ["anolis-23", beyond("anolis")],
])("%j", (word, hint) => {
  expect(suggestSystem(word)).toBe(hint);
});

test.each(["windows-11", "12", "-", ""])("%j, which is like no distribution", (word) => {
  expect(suggestSystem(word)).toMatch(/^use a release of centos, debian, .*: for example "debian-12"$/);
});

test("the newest is the first to be named", () => {
  expect(idsOf("debian").slice(-3)).toEqual(["debian-10", "debian-9", "debian-8"]);
  expect(idsOf("ubuntu").slice(-2)).toEqual(["ubuntu-20.04", "ubuntu-18.04"]);
});

test("every system that is named is one", () => {
  for (const word of ["debian-99", "ubuntu", "rhel-5", "centos-99"]) {
    const named = suggestSystem(word).match(/\b[a-z]+-\d[\d.]*/g) ?? [];
    expect(named.length, word).toBeGreaterThan(1);
    expect(named.filter((id) => !platforms.has(id))).toEqual([]);
  }
});

test("a topology is told so at the place", () => {
  const text = '{ "version": 1, "name": "a", "defaults": { "os": "debian-99" } }';
  const found = checkTopology(text, "a.json").diagnostics.find(({ pointer }) => pointer === "/defaults/os");
  expect(found?.message).toBe('unknown operating system "debian-99"');
  expect(found?.hint).toMatch(/^debian-\d+ is the newest known/);
});

test("and nothing that only follows from it", () => {
  const topology = {
    version: 1,
    name: "one",
    defaults: { os: "debian-99" },
    hosts: {
      dr: { interfaces: { eth0: "10.0.0.1/24" } },
      rs: { interfaces: { eth0: "10.0.0.2/24" }, webServer: { kind: "nginx" } },
    },
    directors: { hosts: ["dr"] },
    virtualServices: [{ name: "web", vip: "10.0.0.9", port: 80, realServers: [{ host: "rs" }] }],
  };
  const { diagnostics } = checkTopology(JSON.stringify(topology), "one.json");
  expect(diagnostics.map(({ code, pointer }) => `${code} ${pointer}`)).toEqual(["LVS013 /defaults/os"]);
});

test("so is import --os", () => {
  const { status, stderr } = lvsgen(["import", "--os", "debian-99", "-"], { input: "" });
  expect(status).toBe(2);
  expect(stderr).toMatch(/--os "debian-99": debian-\d+ is the newest known/);
});
