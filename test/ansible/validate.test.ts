/** A file that would not work never replaces one that does, and nobody is shown a password. */

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { lvsgen, repository } from "../helpers/lvsgen.ts";
import { makeFolder } from "../helpers/temporary.ts";
import { runIn } from "./ansible.ts";

const folder = makeFolder();
const project = join(folder, "out/ansible");
const hostFile = (name: string) => join(folder, "out/pi1", name);

beforeAll(() => {
  const { status, stderr } = lvsgen([
    ...["render", join(repository, "examples/ha-pair/topology.json"), "--no-lint"],
    ...["--out", join(folder, "out")],
  ]);
  if (status !== 0) throw new Error(stderr);
}, 120_000);

/** The role's own task, on this machine and in a folder of the test's own. */
function install(source: string, kind: string, name: string, mode = "0644") {
  const tasks = readFileSync(join(project, "roles/lvs/tasks/files.yml"), "utf8");
  const [task = ""] = tasks.split(/^(?=- name: )/m).filter((text) => text.includes("Install the scripts"));
  // Only root can give files to root.
  const text = task.replace(/^ {4}(owner|group): root\n/gm, "").replace(/^ {2}notify:\n( {4}- .*\n)+/m, "");
  expect(text).toContain("validate:");
  writeFileSync(join(project, "install.yml"), `---\n${text}`);
  const play = [
    {
      hosts: "pi1",
      gather_facts: false,
      vars_files: ["roles/lvs/vars/main.yml"],
      tasks: [{ include_tasks: "install.yml" }],
    },
  ];
  writeFileSync(join(project, "install-play.yml"), JSON.stringify(play));
  const destination = join(folder, "installed", name);
  const files = [{ source, destination, mode, kind }];
  const variables = { lvs_folder: join(folder, "out/pi1"), lvs_files: files, lvs_look: { stdout: "" } };
  const local = { ansible_connection: "local", ansible_become: false };
  runIn(folder, ["mkdir", "-p", "installed"]);
  const argv = [
    "ansible-playbook",
    "install-play.yml",
    "--diff",
    "-e",
    JSON.stringify({ ...variables, ...local }),
  ];
  const { status, output } = runIn(project, argv);
  return { status, output, installed: existsSync(destination) };
}

/** Its first line makes it something else. */
function spoil(name: string): string {
  writeFileSync(hostFile(`bad-${name}`), `if then\n${readFileSync(hostFile(name), "utf8")}`);
  return `bad-${name}`;
}

test.each([
  ["lvs_dr.sh", "script"],
  ["keepalived.conf", "keepalived"],
])("%s", (name, kind) => {
  expect(install(name, kind, name)).toMatchObject({ status: 0, installed: true });
  const bad = install(spoil(name), kind, `bad-${name}`);
  expect(bad.output).toContain("failed to validate");
  expect(bad).toMatchObject({ status: 2, installed: false });
});

test("a unit, by the name that it will have", () => {
  // The rendered one names a script that is not on this machine.
  writeFileSync(hostFile("good.service"), "[Service]\nType=oneshot\nExecStart=/bin/true\n");
  expect(install("good.service", "unit", "lvs_dr.service")).toMatchObject({ status: 0, installed: true });
  writeFileSync(hostFile("bad.service"), "[Service]\nType=oneshot\nExecStart=/no/such/program\n");
  const bad = install("bad.service", "unit", "lvs_bad.service");
  expect(bad.output).toContain("failed to validate");
  expect(bad).toMatchObject({ status: 2, installed: false });
});

test("--diff shows what all may read, and no other", () => {
  writeFileSync(hostFile("open.sh"), "echo open-words\n");
  expect(install("open.sh", "script", "open.sh").output).toContain("+echo open-words");
  writeFileSync(hostFile("closed.sh"), "echo secret-words\n");
  expect(install("closed.sh", "script", "closed.sh", "0600").output).not.toContain("secret-words");
});
