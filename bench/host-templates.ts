/** A rendered host's files as Jinja2 templates, for the engines to compare with. */

import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export interface HostTemplates {
  readonly folder: string;
  /** File with a list of `{ name, address }`. */
  readonly hosts: string;
  readonly names: readonly string[];
}

/** From the first real server of a rendered output: its name and address become variables, all else stays. */
export function hostTemplates(out: string, folder: string, topology: string): HostTemplates {
  const { hosts } = JSON.parse(readFileSync(topology, "utf8")) as {
    readonly hosts: Readonly<Record<string, { readonly interfaces: { readonly eth0: string } }>>;
  };
  const values = Object.entries(hosts).map(([name, { interfaces }]) => ({
    name,
    address: interfaces.eth0.replace(/\/.*/, ""),
  }));
  const sample = values[1];
  if (sample === undefined) throw new Error("the topology has no real server");
  mkdirSync(folder);
  const host = join(out, sample.name);
  for (const name of readdirSync(host)) copyFileSync(join(host, name), join(folder, name));
  copyFileSync(join(out, `ansible/host_vars/${sample.name}.yml`), join(folder, "host_vars.yml"));
  for (const name of readdirSync(folder)) {
    const text = readFileSync(join(folder, name), "utf8");
    const parts = text.split(new RegExp(`(${sample.name}|${sample.address.replaceAll(".", "\\.")})`));
    const template = parts.map((part) => {
      if (part === sample.name) return "{{ name }}";
      if (part === sample.address) return "{{ address }}";
      // Some shell syntax is also Jinja2 syntax.
      return part === "" ? "" : `{% raw %}${part}{% endraw %}`;
    });
    writeFileSync(join(folder, name), template.join(""));
  }
  const list = `${folder}-hosts.json`;
  writeFileSync(list, JSON.stringify(values));
  return { folder, hosts: list, names: values.map(({ name }) => name) };
}
