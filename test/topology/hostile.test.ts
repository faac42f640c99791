/** No string of a topology can carry what a shell, a template, a path or a config file would act on. */

import { expect, test } from "vitest";
import { checkTopology } from "../../src/rules/check-topology.ts";
import { resolve, type Schema, topologySchema } from "../../src/topology/schema.ts";
import { validateSchema } from "../../src/topology/validate-schema.ts";
import { everything, samples } from "./everything.ts";

const hostile = [
  "'", '"', "a'b", 'a"b', "a\nb", "a\n", "\na", "a\rb", "a\tb", "a b", " a", "a ", "", "\u0000", "a\u0000b",
  "$(reboot)", "${IFS}", "$HOME", "`reboot`", "a;b", "a|b", "a&b", "a>b", "a<b", "a\\b", "a*b", "a?b", "~", "!a", "#a", "%s",
  "{{a}}", "{{{a}}}", "{% a %}", "-a", "--help", "-oProxyCommand=a", "../a", "a/../b", "..", ".", "/etc/passwd", "//a",
  "é", "ａ", "\u202Ea", "a\u2028b", "\uD800", "😀", "__proto__", "constructor", "prototype", "a".repeat(5000),
  "1.2.3.4\n", "192.168.1.1/24\n", "eth0\n", "192.168.1.1;a", "1.2.3.4 ", "010.0.0.1", "1.2.3.4/24/24", "fe80::1%eth0", "::ffff:1.2.3.4",
]; // biome-ignore format: a table
const wordlike = ["constructor", "prototype"];

/** Pointers of every string, and of every key that the user chooses. */
function strings(value: unknown, pointer: string[] = []): string[][] {
  if (typeof value === "string") return [pointer];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => strings(child, [...pointer, key]));
}

function withValue(sample: unknown, place: readonly string[], value: string): unknown {
  const copy = structuredClone(sample);
  let container = copy as Record<string, unknown>;
  for (const key of place.slice(0, -1)) container = container[key] as Record<string, unknown>;
  container[place.at(-1) ?? ""] = value;
  return copy;
}

function isPassword(text: string): boolean {
  return /^[\w.:,@%+=-]{1,64}$/.test(text);
}

/** Fields that take what looks like an attack: none may, but these, and why. */
const harmless: Readonly<Record<string, (text: string) => boolean>> = {
  // Never read by lvsgen, never written to any artifact.
  $schema: (text) => text.length <= 2000,
  // DNS labels: an object's method name is an ordinary word.
  host: (text) => wordlike.includes(text),
  // "." is the DNS root, that a check may ask for.
  name: (text) => [...wordlike, ".", "010.0.0.1", "__proto__"].includes(text),
  hosts: (text) => wordlike.includes(text),
  drained: (text) => wordlike.includes(text),
  // Names of systemd's units, and no shell reads one unquoted.
  runOnMaster: (text) => wordlike.includes(text) || text === "010.0.0.1",
  user: (text) => wordlike.includes(text) || text === "__proto__",
  interface: (text) => wordlike.includes(text) || text === "010.0.0.1",
  // A path asked for over HTTP, and the absolute path of a program.
  path: (text) => text.startsWith("/"),
  command: (text) => text.startsWith("/"),
  // No shell reads them; how they reach the program is in test/lab/check-types.test.ts.
  arguments: (text) => /^[ -~]{1,255}$/.test(text),
  file: (text) =>
    wordlike.includes(text) || ["__proto__", "/etc/passwd", "010.0.0.1", ".", "1.2.3.4/24/24"].includes(text),
  // Any word of these characters is a password like another.
  authPassword: isPassword,
  password: isPassword,
  address: (text) => wordlike.includes(text),
  smtpServer: (text) => wordlike.includes(text),
  virtualHost: (text) => wordlike.includes(text) || text === "010.0.0.1",
  helo: (text) => wordlike.includes(text) || text === "010.0.0.1",
  ipvsadm: (text) => wordlike.includes(text) || text === "010.0.0.1",
  // Nothing reads it but people in the topology itself: it is in no model.
  reason: () => true,
};

test("every string field of the schema is in the sample", () => {
  const fields = new Set(
    samples
      .flatMap((sample) => strings(sample))
      .map((place) => place.filter((key) => !/^\d+$/.test(key)).at(-1)),
  );
  const missing = stringFields(topologySchema).filter((name) => !fields.has(name));
  expect(missing).toEqual([]);
});

test("the samples themselves pass the schema", () => {
  for (const sample of samples) expect(validateSchema(sample)).toEqual([]);
});

const places = samples.flatMap((sample) =>
  strings(sample).map((place) => ({ sample, place, name: place.join("/") })),
);

test.each(places)("$name refuses hostile values", ({ sample, place }) => {
  const field = place.filter((key) => !/^\d+$/.test(key)).at(-1) ?? "";
  const accepted = hostile.filter((text) => validateSchema(withValue(sample, place, text)).length === 0);
  expect(accepted.filter((text) => !(harmless[field]?.(text) ?? false))).toEqual([]);
});

test.each(["hosts", "interfaces"])("names of %s refuse hostile values", (kind) => {
  for (const text of [...hostile, "a_b", "A", "x".repeat(64)]) {
    const hosts = kind === "hosts" ? { [text]: host } : { pi1: { interfaces: { [text]: "10.0.0.1/24" } } };
    // A literal __proto__ key would set the prototype; JSON does not.
    const value = JSON.parse(
      JSON.stringify({ ...everything, hosts: null }).replace(
        '"hosts":null',
        `"hosts":${jsonOf(hosts, text, kind)}`,
      ),
    );
    const refused = validateSchema(value).length > 0;
    const allowed =
      wordlike.includes(text) || (kind === "interfaces" && ["a_b", "A", "010.0.0.1"].includes(text));
    expect(refused, `${kind} ${JSON.stringify(text)}`).toBe(!allowed);
  }
});

const host = { interfaces: { eth0: "10.0.0.1/24" } };

function jsonOf(hosts: unknown, text: string, kind: string): string {
  if (text !== "__proto__") return JSON.stringify(hosts);
  return kind === "hosts"
    ? `{"__proto__":${JSON.stringify(host)}}`
    : '{"pi1":{"interfaces":{"__proto__":"10.0.0.1/24"}}}';
}

function stringFields(node: Schema): string[] {
  const { properties = {}, additionalProperties, items } = resolve(node);
  const below = [additionalProperties, items].filter((child) => typeof child === "object");
  return [
    ...Object.entries(properties).flatMap(([name, child]) => {
      const schema = resolve(child);
      const own =
        [schema.type ?? []].flat().includes("string") ||
        schema.enum?.some((value) => typeof value === "string");
      return [...(own ? [name] : []), ...stringFields(schema)];
    }),
    ...below.flatMap((child) => stringFields(child)),
  ];
}

test("a host named like an object's method is a host like any other", () => {
  const topology = {
    version: 1,
    name: "constructor",
    defaults: { os: "debian-12" },
    hosts: {
      constructor: { interfaces: { eth0: "10.0.0.1/24" } },
      "value-of": { interfaces: { constructor: "10.0.0.2/24" } },
    },
    directors: { hosts: ["constructor"] },
    virtualServices: [
      { name: "constructor", vip: "10.0.0.9", port: 80, realServers: [{ host: "value-of" }] },
    ],
  };
  const { cluster, diagnostics } = checkTopology(JSON.stringify(topology), "a.json");
  expect(diagnostics).toEqual([]);
  expect(cluster?.hosts.get("value-of")?.addresses[0]?.interface).toBe("constructor");
  const unknown = { ...topology, directors: { hosts: ["tostring"] }, hosts: { a: host } };
  expect(checkTopology(JSON.stringify(unknown), "a.json").diagnostics.map(({ code }) => code)).toContain(
    "LVS120",
  );
});
