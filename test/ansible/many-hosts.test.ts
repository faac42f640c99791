/** 300 hosts and more: Ansible reads them, and their inventory is a JSON one past 300. */

import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { lvsgen } from "../helpers/lvsgen.ts";
import { beforeRelease } from "../helpers/release.ts";
import { makeFolder } from "../helpers/temporary.ts";
import { jsonOf, runIn } from "./ansible.ts";

function clusterOf(count: number): object {
  const names = Array.from({ length: count - 1 }, (_, index) => `rs${index + 1}`);
  return {
    version: 1,
    name: "many",
    defaults: { os: "debian-12", ssh: { user: "admin" } },
    hosts: Object.fromEntries([
      ["lvs", { interfaces: { eth0: "10.0.0.1/16" } }],
      ...names.map((name, index) => [
        name,
        { interfaces: { eth0: `10.0.${1 + Math.floor(index / 200)}.${1 + (index % 200)}/16` } },
      ]),
    ]),
    directors: { hosts: ["lvs"] },
    virtualServices: [
      {
        name: "web",
        vip: "10.0.255.1",
        port: 80,
        scheduler: "rr",
        realServers: names.map((host) => ({ host })),
      },
    ],
  };
}

describe.each(beforeRelease([300, 301], [301]))("%i hosts", (count) => {
  const out = makeFolder();
  const project = join(out, "out/ansible");

  beforeAll(() => {
    const { status, stderr } = lvsgen(["render", "-", "--out", join(out, "out")], {
      input: JSON.stringify(clusterOf(count)),
    });
    if (status !== 0) throw new Error(stderr);
  }, 300_000);

  test("are rendered and linted", () => {
    expect(readdirSync(join(project, "host_vars"))).toHaveLength(count);
    // What is asked of one host grows with its services only.
    expect(statSync(join(project, "host_vars/rs1.yml")).size).toBeLessThan(2000);
  });

  test("Ansible reads them all, and checks the playbooks", () => {
    const list = jsonOf(project, ["ansible-inventory", "--list"]) as Inventory;
    expect(list.directors.hosts).toEqual(["lvs"]);
    expect(list.real_servers.hosts).toHaveLength(count - 1);
    expect(list._meta.hostvars.rs7).toMatchObject({ ansible_host: "10.0.1.7", lvs_services: ["lvs_rs"] });
    expect(runIn(project, ["ansible-playbook", "--syntax-check", "site.yml"]).status).toBe(0);
  });

  test("past 300 there is an inventory in JSON that says the same", () => {
    const isLarge = count > 300;
    expect(existsSync(join(project, "inventory.json"))).toBe(isLarge);
    expect(readFileSync(join(project, "ansible.cfg"), "utf8")).toMatch(
      isLarge ? /^inventory = inventory\.json$/m : /^inventory = inventory\.yml$/m,
    );
    if (!isLarge) return;
    const [yaml, json] = ["inventory.yml", "inventory.json"].map((file) =>
      jsonOf(project, ["ansible-inventory", "-i", file, "--list"]),
    );
    expect(json).toEqual(yaml);
  });
});

interface Inventory {
  readonly directors: { readonly hosts: readonly string[] };
  readonly real_servers: { readonly hosts: readonly string[] };
  readonly _meta: { readonly hostvars: Readonly<Record<string, object>> };
}
