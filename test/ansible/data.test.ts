/** Values of a topology are data to Ansible, never Jinja and never another type: loaded by Ansible itself. */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { jsonValue, yamlScalar } from "../../src/render/escape-yaml.ts";
import { lvsgen } from "../helpers/lvsgen.ts";
import { makeFolder } from "../helpers/temporary.ts";
import { jsonOf, runIn } from "./ansible.ts";

const words = [
  ...[
    "{{ 7 * 7 }}",
    "{% raw %}x{% endraw %}",
    "{# gone #}",
    "a{{b",
    "{{ lookup('pipe', 'id') }}",
    "}}{{",
    "{%",
  ],
  ...[
    "yes",
    "No",
    "on",
    "y",
    "null",
    "~",
    "true",
    "1",
    "0777",
    "0x1f",
    "1e3",
    "1_000",
    "1:30",
    ".inf",
    "2026-11-21",
  ],
  ...[
    "- a",
    "? a",
    ": a",
    "a: b",
    "a #b",
    "# a",
    "&a",
    "*a",
    "!a",
    "!unsafe a",
    "|",
    ">",
    "%a",
    "@a",
    "`a`",
    "{a}",
  ],
  ...[
    "[a]",
    "[1]",
    "{'a': 1}",
    "True",
    "'",
    '"',
    "\\",
    "\\n",
    "a\nb",
    "\ta",
    " a ",
    "a\r",
    "\u0007",
    "\u0000",
  ],
  ...[
    "\u007f",
    "\u0085",
    "\u2028",
    "\ufeff",
    "é",
    "中",
    "😀",
    "---",
    "...",
    "<<",
    "=",
    "::1",
    "fe80::1",
    "a:b",
  ],
  "#jinja2: variable_start_string:'[['",
];

/** What is loaded from an inventory in either form, and what a task makes of it. */
function loaded(values: readonly string[]) {
  const folder = makeFolder();
  const rows = values.map((value, at) => `      v${at}: ${yamlScalar(value)}\n`).join("");
  writeFileSync(join(folder, "i.yml"), `---\nall:\n  hosts:\n    a:\n${rows}`);
  const pairs = values.map((value, at) => `"v${at}": ${jsonValue(value)}`).join(",\n");
  writeFileSync(join(folder, "i.json"), `{ "all": { "hosts": { "a": {\n${pairs} } } } }`);
  return {
    folder,
    of: (file: string) => {
      const { _meta } = jsonOf(folder, ["ansible-inventory", "-i", file, "--list"]) as {
        _meta: { hostvars: { a: Record<string, unknown> } };
      };
      return values.map((_, at) => textOf(_meta.hostvars.a[`v${at}`]));
    },
  };
}

/** ansible-inventory shows a text that is tagged as an object of one key. */
function textOf(value: unknown): unknown {
  const isTagged = typeof value === "object" && value !== null && "__ansible_unsafe" in value;
  return isTagged ? value.__ansible_unsafe : value;
}

describe.each(["i.yml", "i.json"])("of %s", (file) => {
  test("every text is loaded as it is", () => {
    expect(loaded(words).of(file)).toEqual(words);
  });

  test("any text is loaded as it is", () => {
    const texts = fc.sample(
      fc.oneof(
        fc.string({ minLength: 1, unit: "grapheme" }),
        fc.string({ minLength: 1, unit: "binary" }).filter((text) => !/\p{Surrogate}/u.test(text)),
        fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 3 }).map((parts) => parts.join("")),
      ),
      { numRuns: 500, seed: 1 },
    );
    expect(loaded(texts).of(file)).toEqual(texts);
  });

  test("a task that prints it evaluates nothing", () => {
    const { folder } = loaded(words);
    const jinja = words.filter((word) => /\{[{%#]/.test(word));
    const message = jinja.map((word) => `<{{ v${words.indexOf(word)} }}>`).join("");
    const task = [
      "ansible",
      "a",
      "-i",
      file,
      "-c",
      "local",
      "-m",
      "debug",
      "-a",
      JSON.stringify({ msg: message }),
    ];
    expect(runIn(folder, task).output).toContain(JSON.stringify(jinja.map((word) => `<${word}>`).join("")));
  });
});

test("without the tag it would be evaluated", () => {
  const folder = makeFolder();
  writeFileSync(join(folder, "i.yml"), '---\nall:\n  hosts:\n    a:\n      v: "{{ 7 * 7 }}"\n');
  const { output } = runIn(folder, [
    "ansible",
    "a",
    "-i",
    "i.yml",
    "-c",
    "local",
    "-m",
    "debug",
    "-a",
    "msg='<{{ v }}>'",
  ]);
  expect(output).toContain("<49>");
});

test("half a character is refused", () => {
  expect(() => yamlScalar("\ud800")).toThrow(/not valid Unicode/);
  expect(() => yamlScalar("")).toThrow(/empty/);
  expect(() => yamlScalar(undefined)).toThrow(/undefined/);
});

/** Names and addresses that the schema allows, and that YAML would take for something else. */
const names = [
  "1",
  "0",
  "007",
  "0x10",
  "1e3",
  "null",
  "true",
  "no",
  "on",
  "y",
  "2026-11-21",
  "12",
  "a--b",
  "real-servers",
];

describe("hosts of such names", () => {
  const out = makeFolder();
  const topology = {
    version: 1,
    name: "no",
    defaults: { os: "debian-12", ssh: { user: "null" } },
    hosts: Object.fromEntries([
      ["yes", { interfaces: { on: "10.0.0.250/24" }, ssh: { user: "root", address: "::1" } }],
      ...names.map((name, at) => [
        name,
        {
          interfaces: { eth0: [`10.0.0.${at + 1}/24`] },
          ssh: { address: at === 0 ? `${"a".repeat(60)}.${"b".repeat(60)}` : "no", port: 22 + at },
        },
      ]),
    ]),
    directors: { hosts: ["yes"] },
    virtualServices: [
      { name: "true", vip: "10.0.0.251", port: 80, realServers: names.map((host) => ({ host })) },
    ],
  };

  beforeAll(() => {
    const { status, stderr } = lvsgen(["render", "-", "--no-lint", "--out", join(out, "out")], {
      input: JSON.stringify(topology),
    });
    if (status !== 0) throw new Error(stderr);
  }, 120_000);

  test("keep them, and their variables", () => {
    const project = join(out, "out/ansible");
    const list = jsonOf(project, ["ansible-inventory", "--list"]) as {
      readonly real_servers: { readonly hosts: readonly string[] };
      readonly _meta: { readonly hostvars: Readonly<Record<string, Readonly<Record<string, unknown>>>> };
    };
    expect(list.real_servers.hosts.toSorted()).toEqual(names.toSorted());
    const { hostvars } = list._meta;
    expect(hostvars.yes).toMatchObject({ ansible_host: "::1", ansible_user: "root", ansible_become: false });
    expect(hostvars.yes?.lvs_services).toEqual(["lvs_dr"]);
    names.forEach((name, at) => {
      expect(hostvars[name], name).toMatchObject({ ansible_user: "null", lvs_cluster: "no" });
      expect(hostvars[name]?.ansible_port).toBe(at === 0 ? undefined : 22 + at);
      expect(hostvars[name]?.lvs_addresses).toEqual([`10.0.0.${at + 1}`]);
    });
    expect(runIn(project, ["yamllint", "--strict", "."])).toEqual({ status: 0, output: "" });
  });
});
