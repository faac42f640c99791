/** The schema describes itself, agrees with the platforms, and has nothing that is neither done nor refused. */

import { Ajv } from "ajv";
import { expect, test } from "vitest";
import { platforms } from "../../src/plan/platforms.ts";
import { formats } from "../../src/topology/formats.ts";
import { unsupportedFields } from "../../src/topology/rules/not-supported.ts";
import { resolve, type Schema, topologySchema } from "../../src/topology/schema.ts";

interface Property {
  /** Keys from the top, `*` for entries. */
  readonly path: string;
  readonly schema: Schema;
  readonly required: boolean;
}

function properties(node: Schema, path: string): Property[] {
  const { properties: own = {}, additionalProperties, items, required = [] } = resolve(node);
  const named = Object.entries(own).flatMap(([key, child]) => [
    { path: `${path}${key}`, schema: resolve(child), required: required.includes(key) },
    ...properties(child, `${path}${key}.`),
  ]);
  const entries = [additionalProperties, items].filter((child) => typeof child === "object");
  return [...named, ...entries.flatMap((child) => properties(child, `${path}*.`))];
}

const all = properties(topologySchema, "");

test("every property has a title, a description and an example", () => {
  for (const { path, schema } of all) {
    expect(schema.title, path).toBeTypeOf("string");
    expect(schema.description, path).toMatch(/^[A-Z].*\.$/);
    expect(schema.examples?.length ?? 0, path).toBeGreaterThan(0);
  }
});

test("every example and default is one that the schema accepts", () => {
  const ajv = new Ajv({ strict: false, formats: { ...formats } });
  const { definitions } = topologySchema;
  for (const { path, schema } of all) {
    const validate = ajv.compile({ ...schema, definitions });
    const { default: fallback, examples = [] } = schema;
    for (const value of fallback === undefined ? examples : [...examples, fallback]) {
      expect(validate(value), `${path}: ${JSON.stringify(value)}`).toBe(true);
    }
  }
});

test("uniqueItems, which is quadratic in ajv, is not used", () => {
  expect(JSON.stringify(topologySchema)).not.toContain("uniqueItems");
});

test("the operating systems are those of the platform table", () => {
  expect(topologySchema.definitions?.os?.enum).toEqual([...platforms.keys()]);
});

const sysctls = Object.keys(topologySchema.definitions?.sysctls?.properties ?? {});

/** What lvsgen acts on. A new property is entered here, or refused by a row of unsupportedFields. */
const supported = [
  "$schema",
  "version",
  "name",
  ...["defaults", "hosts", "hosts.*.interfaces"],
  ...["defaults.", "hosts.*."].flatMap((place) =>
    [
      "os",
      "init",
      "kernel",
      "reassert",
      "gateway",
      "routes",
      "routes.*.to",
      "routes.*.via",
      "sysctls",
      ...sysctls.map((key) => `sysctls.${key}`),
      "versions",
      "versions.ipvsadm",
      "versions.systemd",
      "ssh",
      "ssh.user",
      "ssh.port",
    ].map((key) => place + key),
  ),
  "hosts.*.ssh.address",
  ...["directors", "directors.hosts", "directors.connectionSync"],
  ...["interface", "syncId", "group", "port", "ttl"].map((key) => `directors.connectionSync.${key}`),
  ...["sysctls", ...sysctls.map((key) => `sysctls.${key}`)],
  "virtualServices",
  ...[
    ...["name", "vip", "port", "protocol", "fwmark", "ports", "scheduler", "schedulerFlags", "forwarding"],
    ...["persistence", "persistence.timeout", "persistence.netmask", "persistence.engine", "onePacket"],
    ...["nat", "nat.returnPath", "interface", "realServers"],
  ].map((key) => `virtualServices.*.${key}`),
  ...[
    ...["host", "address", "port", "weight", "upperThreshold", "lowerThreshold", "forwarding"],
    ...["tunnel", "tunnel.type", "tunnel.port"],
  ].map((key) => `virtualServices.*.realServers.*.${key}`),
  ...["timeouts", "timeouts.tcp", "timeouts.tcpFin", "timeouts.udp"],
];

test("every property is acted on, or refused as not supported yet", () => {
  const refused = unsupportedFields.map(({ path }) => path.join("."));
  const isRefused = (path: string) => refused.some((place) => path === place || path.startsWith(`${place}.`));
  const paths = all.map(({ path }) => path);
  expect(paths.filter((path) => !isRefused(path)).sort()).toEqual([...supported].sort());
  expect(refused.filter((path) => !paths.includes(path))).toEqual([]);
});
