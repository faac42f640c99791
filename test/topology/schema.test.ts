/** The schema describes itself and agrees with the platforms. That each property does something: behaviour.test.ts. */

import { Ajv } from "ajv";
import { expect, test } from "vitest";
import { platforms } from "../../src/platforms/platforms.ts";
import { formats } from "../../src/topology/formats.ts";
import { type Schema, topologySchema, writtenSchema } from "../../src/topology/schema.ts";
import { propertiesOf } from "../helpers/schema-properties.ts";

const all = propertiesOf(topologySchema);

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

test("every value of every enumeration is described, in a sentence, for editors", () => {
  const enumerations: Schema[] = [];
  const visit = (node: unknown): void => {
    if (typeof node !== "object" || node === null) return;
    if ("enum" in node && Array.isArray(node.enum)) enumerations.push(node as Schema);
    for (const value of Object.values(node)) visit(value);
  };
  visit(writtenSchema);
  expect(enumerations.length).toBeGreaterThan(15);
  for (const { enum: values = [], enumDescriptions = [] } of enumerations) {
    expect(enumDescriptions.length, values.join()).toBe(values.length);
    for (const text of enumDescriptions) expect(text).toMatch(/^\S.{5,150}\.$/);
    expect(new Set(enumDescriptions).size).toBe(values.length);
  }
});

test("the schema names itself, whatever its path is", () => {
  expect(writtenSchema.$id).toBe("urn:lvsgen:topology:1");
});
