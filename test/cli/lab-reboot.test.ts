/** `lvsgen lab --scenario reboot` where it cannot be proven, or is asked for what it does not know. Boots nothing. */

import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { findTree } from "../../src/lab/reboot/find-tree.ts";
import { checkTopology } from "../../src/rules/check-topology.ts";
import { lvsgen } from "../helpers/lvsgen.ts";
import { temporaryFolder } from "../helpers/temporary.ts";

const topology = "examples/pi-lab/topology.json";
const reboot = ["lab", topology, "--scenario", "reboot"];

/** A folder that says which system it is. */
function tree(id: string, number: string): string {
  const folder = temporaryFolder();
  for (const name of ["etc", "sbin"]) mkdirSync(join(folder, name));
  writeFileSync(join(folder, "etc/os-release"), `PRETTY_NAME="a system"\nVERSION_ID="${number}"\nID=${id}\n`);
  symlinkSync("/lib/systemd/systemd", join(folder, "sbin/init"));
  return folder;
}

test("every host without a tree is named, with why and what to do", () => {
  const { status, stderr, stdout } = lvsgen(reboot);
  expect(status).toBe(2);
  expect(stdout).toBe("");
  expect(stderr).toContain("pi1: debootstrap makes no tree of CentOS 7: give a ready one with --tree");
  expect(stderr).toContain("pi2: Debian 9 left Debian's mirrors");
  expect(stderr).toContain("pi3: Debian 9 left Debian's mirrors");
});

test("--host narrows it, and a tree of another system does not fit", () => {
  const [debian, centos] = [tree("debian", "12"), tree("centos", "8")];
  const { status, stderr } = lvsgen([...reboot, "--host", "pi1", "--tree", debian, "--tree", centos]);
  expect(status).toBe(2);
  expect(stderr).toContain(`(${debian} is debian 12 with systemd, ${centos} is centos 8 with systemd)`);
  expect(stderr).not.toContain("pi2:");
});

test("a tree of the right release with another init does not fit", () => {
  const { status, stderr } = lvsgen([...reboot, "--host", "pi3", "--tree", tree("debian", "9")]);
  expect(status).toBe(2);
  expect(stderr).toContain("pi3: Debian 9 left Debian's mirrors");
});

/** What os-release says of a system. */
test.each([
  ["rocky", "9.6", "rocky-9"],
  ["rhel", "9.6", "rocky-9", false],
  ["rocky", "10.1", "rocky-9", false],
  ["ubuntu", "24.04", "ubuntu-24.04"],
  ["ubuntu", "24.10", "ubuntu-24.04", false],
  ["debian", "12", "raspbian-12"],
  ["raspbian", "12", "raspbian-12"],
  ["raspbian", "12", "debian-12", false],
])("a tree of %s %s and a host with %s", (id, number, os, fit = true) => {
  const folder = tree(id, number);
  const { cluster } = checkTopology(
    JSON.stringify({
      version: 1,
      name: "one",
      hosts: { dr: { os, interfaces: { eth0: "10.0.0.1/24" } } },
      directors: { hosts: ["dr"] },
      virtualServices: [{ name: "web", vip: "10.0.0.9", port: 80, realServers: [{ address: "10.0.0.2" }] }],
    }),
    "one.json",
  );
  const host = cluster?.hosts.get("dr");
  if (host === undefined) throw new Error("the topology is wrong");
  const found = findTree(host, [folder]);
  expect("folder" in found && found.folder === folder).toBe(fit);
});

test.each([
  [[...reboot, "--shell", "pi1"], "--shell has no effect with --scenario reboot"],
  [[...reboot, "--inject", "pi1: true"], "--inject has no effect with --scenario reboot"],
  [["lab", topology, "--host", "pi1"], "--host needs --scenario reboot"],
  [["lab", topology, "--tree", "/"], "--tree needs --scenario reboot"],
  [[...reboot, "--tree", "/nowhere"], "--tree /nowhere: no such folder"],
  [[...reboot, "--host", "nobody"], 'unknown host "nobody"'],
])("lvsgen %j", (words, message) => {
  const { status, stderr } = lvsgen(words);
  expect(status).toBe(2);
  expect(stderr).toContain(message);
});
