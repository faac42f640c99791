/** A host that the Ansible at hand cannot manage is named before anything is done, and no director is touched. */

import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { newestAnsible } from "../../src/platforms/ansible-core.ts";
import { platforms } from "../../src/platforms/platforms.ts";
import { lvsgen } from "../helpers/lvsgen.ts";
import { makeFolder } from "../helpers/temporary.ts";
import { runIn } from "./ansible.ts";

const out = makeFolder();
const project = join(out, "out/ansible");

beforeAll(() => {
  const topology = {
    version: 1,
    name: "old",
    defaults: { os: "debian-12" },
    hosts: {
      lvs: { interfaces: { eth0: "10.0.0.1/24" } },
      old: { os: "centos-6", interfaces: { eth0: "10.0.0.2/24" } },
      new: { interfaces: { eth0: "10.0.0.3/24" } },
    },
    directors: { hosts: ["lvs"] },
    virtualServices: [
      { name: "web", vip: "10.0.0.100", port: 80, realServers: [{ host: "old" }, { host: "new" }] },
    ],
  };
  const { status, stderr } = lvsgen(["render", "-", "--no-lint", "--out", join(out, "out")], {
    input: JSON.stringify(topology),
  });
  expect(stderr).toMatch(/LVS115 .*no ansible-core from 2\.14 on can manage CentOS 6, whose Python is 2\.6/);
  expect(status).toBe(0);
}, 120_000);

/** On this machine in the hosts' place, and only looking: a task too many would show, and would reach nobody. */
const play = (...args: string[]) =>
  runIn(project, ["ansible-playbook", "site.yml", "--check", "-e", "ansible_connection=local", ...args]);

test("CentOS 6: none", () => {
  const { status, output } = play();
  expect(status).not.toBe(0);
  expect(output).toMatch(/cannot manage old \(CentOS 6, Python 2\.6\)\. No ansible-core from 2\.14 on can\./);
  expect(output).toContain("run setup.sh as root; leave the host out here with --limit");
  expect(output).not.toContain("Look at the host");
  expect(output).not.toContain("PLAY [Directors");
});

test("one that is too new for a host", () => {
  const { status, output } = play("--limit", "new", "-e", "lvs_newest_ansible=2.10");
  expect(status).not.toBe(0);
  expect(output).toContain("It needs ansible-core 2.14 to 2.10.");
});

test("a host that is another one", () => {
  const { status, output } = play("--limit", "new");
  expect(status).not.toBe(0);
  expect(output).toMatch(/None of the addresses of new \(10\.0\.0\.3\) is on the host/);
  expect(output).not.toContain("TASK [lvs : Install the packages of missing programs]");
});

/** "ansible-core support matrix" of docs.ansible.com. */
test.each([
  ["centos-6", "none"],
  ["centos-7", "2.16"],
  ["centos-8", "2.16"],
  ["centos-9", "any"],
  ["debian-8", "2.16"],
  ["debian-9", "2.15"],
  ["debian-10", "2.17"],
  ["debian-11", "any"],
  ["debian-13", "any"],
  ["raspbian-9", "2.15"],
  ["ubuntu-18.04", "2.16"],
  ["ubuntu-20.04", "2.19"],
  ["rocky-10", "any"],
  ["fedora-44", "any"],
  ["anolis-8", "2.16"],
])("%s: up to %s", (id, newest) => {
  const platform = platforms.get(id);
  expect(platform && newestAnsible(platform)).toBe(newest);
});
