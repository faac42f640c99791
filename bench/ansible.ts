/** ansible-playbook that renders the same files of hosts into a folder of this machine. */

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { HostTemplates } from "./host-templates.ts";
import type { Command } from "./measure.ts";

export function ansibleCommand(work: string, { folder, hosts }: HostTemplates): Command {
  const values = JSON.parse(readFileSync(hosts, "utf8")) as readonly { name: string; address: string }[];
  const inventory = join(work, "inventory.json");
  const playbook = join(work, "playbook.json");
  const out = join(work, "ansible");
  writeFileSync(
    inventory,
    JSON.stringify({ all: { hosts: Object.fromEntries(values.map((host) => [host.name, host])) } }),
  );
  const tasks = readdirSync(folder).map((name) => ({
    "ansible.builtin.template": { src: join(folder, name), dest: `${out}/{{ inventory_hostname }}/${name}` },
  }));
  const directory = {
    "ansible.builtin.file": { path: `${out}/{{ inventory_hostname }}`, state: "directory" },
  };
  // "name" has a meaning of its own in a play; as a host's variable it is ours.
  const play = { hosts: "all", connection: "local", gather_facts: false, tasks: [directory, ...tasks] };
  writeFileSync(playbook, JSON.stringify([play]));
  return {
    name: "ansible-playbook, the same files of hosts",
    words: () => ["ansible-playbook", "--forks", "10", "-i", inventory, playbook],
    environment: { ANSIBLE_PIPELINING: "1", ANSIBLE_LOCALHOST_WARNING: "0", LC_ALL: "C.UTF-8" },
  };
}
