/**
 * The role's tasks for packages and SELinux on a host of Red Hat's family with the real dnf and rpm: what they note is
 * what setup.sh --uninstall takes off again.
 */

import { copyFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { changed, familyHost, LOOK, MIRROR, makeFamily } from "../helpers/rpm-family.ts";
import { loadPolicy } from "../helpers/selinux.ts";
import { makeFolder } from "../helpers/temporary.ts";

/**
 * Without a mirror of its own: with one it would be setup.sh that brings the packages.
 * @param port that keepalived checks its server at: SELinux allows it 80
 */
const topologyAt = (port: number) => ({
  version: 1,
  name: "checked",
  defaults: { os: "rocky-9" },
  hosts: {
    lvs: { interfaces: { eth0: "10.1.0.2/24" } },
    web: { interfaces: { eth0: "10.1.0.7/24" } },
  },
  directors: { hosts: ["lvs"], engine: "keepalived" },
  virtualServices: [
    {
      name: "app",
      vip: "10.1.0.200",
      port,
      realServers: [{ host: "web" }],
      healthCheck: { type: "tcp" },
    },
  ],
});

/** What of the role needs no systemd that runs. */
const part = `- hosts: directors
  gather_facts: false
  environment: { LC_ALL: C, PATH: "/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin" }
  tasks:
    - { name: Look, ansible.builtin.include_role: { name: lvs, tasks_from: look } }
    - { name: Install the programs, ansible.builtin.include_role: { name: lvs, tasks_from: packages } }
    - { name: SELinux, ansible.builtin.include_role: { name: lvs, tasks_from: selinux } }
`;

const play = `cd /mnt/ansible && HOME=/tmp ANSIBLE_NOCOLOR=1 LC_ALL=C.UTF-8 ansible-playbook -c local -l lvs \
-e ansible_python_interpreter=/usr/bin/python3 -e ansible_remote_tmp=/tmp part.yml`;

const prepare = `${loadPolicy}
sed -i 's|^baseurl=.*|baseurl=${MIRROR}/9/BaseOS/$basearch/os/|' /etc/yum.repos.d/rocky.repo`;

const folder = makeFolder();

test("packages, keys and the boolean come once, and go with setup.sh --uninstall, even of a topology without the boolean", () => {
  const host = familyHost(makeFamily(folder), "rocky-release", ["10.1.0.2/24"]);
  host.render(topologyAt(80));
  copyFileSync(join(host.shown, "lvs/setup.sh"), join(host.shown, "later.sh"));
  host.render(topologyAt(8000));
  writeFileSync(join(host.shown, "ansible/part.yml"), part);
  const look = `rpm -q --qf '%{NAME}\\n' keepalived; getsebool keepalived_connect_any; rpm -qa 'gpg-pubkey*' | wc -l`;
  const all = [prepare, LOOK, play, look, play, "sh /mnt/later.sh --uninstall", LOOK];
  const { status, parts, stderr } = host.steps(...all);
  expect(status, `${parts[2]}${parts[4]}${stderr}`).toBe(0);
  expect(parts[3]).toBe("keepalived\nkeepalived_connect_any --> on\n2\n");
  expect(parts[4]).toMatch(/changed=0 .*failed=0/);
  expect(changed(parts[1], parts[6])).toEqual([]);
}, 400_000);
