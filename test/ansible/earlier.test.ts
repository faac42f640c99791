/** The script of lvsgen 0.1.0 that started a host is kept before another takes its place; one that kept itself stays. */

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { lvsgen, repository } from "../helpers/lvsgen.ts";
import { makeFolder } from "../helpers/temporary.ts";
import { runIn } from "./ansible.ts";

/** A task of the role by its name. */
function task(project: string, file: string, name: string): string {
  const tasks = readFileSync(join(project, "roles/lvs/tasks", file), "utf8").split(/^(?=- name: )/m);
  const [found = ""] = tasks.filter((text) => text.startsWith(`- name: ${name}\n`));
  expect(found).not.toBe("");
  return found;
}

const host = `set -e
mount -t tmpfs none /run
mount -t tmpfs none /usr/local/sbin
mkdir /run/lvsgen
echo installed >/usr/local/sbin/lvs_dr.sh
play() { ansible-playbook play.yml -e ansible_connection=local -e ansible_become=false >&2; }
play
ls /run/lvsgen
: >/run/lvsgen/lvs_dr.record
play
cat /run/lvsgen/lvs_dr.sh
echo kept >/run/lvsgen/lvs_dr.sh
play
cat /run/lvsgen/lvs_dr.sh
`;

test("kept where it has started the host, and only then", () => {
  const folder = makeFolder();
  const topology = join(repository, "examples/pi-lab/topology.json");
  expect(lvsgen(["render", topology, "--no-lint", "--out", join(folder, "out")]).status).toBe(0);
  const project = join(folder, "out/ansible");
  const tasks = [
    task(project, "look.yml", "Look at the host"),
    task(project, "files.yml", "Keep the script that started the service"),
  ];
  writeFileSync(join(project, "keep.yml"), `---\n${tasks.join("\n")}`);
  const play = {
    hosts: "pi1",
    gather_facts: false,
    vars_files: ["roles/lvs/vars/main.yml"],
    tasks: [{ include_tasks: "keep.yml" }],
  };
  writeFileSync(join(project, "play.yml"), JSON.stringify([play]));
  const { status, output } = runIn(project, ["unshare", "--map-root-user", "--mount", "sh", "-c", host]);
  expect(status, output).toBe(0);
  expect(output.match(/^(lvs_dr\.sh|installed|kept)$/gm)).toEqual(["installed", "kept"]);
}, 120_000);
