/** The schema's validators as a JavaScript module, compiled when lvsgen is built, so that they load fast. */

import { _, Ajv } from "ajv";
import standalone from "ajv/dist/standalone/index.js";
import { build } from "esbuild";
import { formats } from "../src/topology/formats.ts";
import { topologySchema } from "../src/topology/schema.ts";

/**
 * By name: one for the frame, and one for each piece: a host, a service, a floating address (validate-schema.ts says why).
 * The frame has the definitions of all, so that each becomes code only once.
 */
function schemas(): Record<string, object> {
  const { properties = {}, ...rest } = topologySchema;
  const { hosts = {}, virtualServices = {}, floatingAddresses = {} } = properties;
  return {
    frame: {
      ...rest,
      properties: {
        ...properties,
        hosts: { ...hosts, additionalProperties: true },
        virtualServices: { ...virtualServices, items: {} },
        floatingAddresses: { ...floatingAddresses, items: {} },
      },
    },
    host: { $ref: "frame#/definitions/host" },
    service: { $ref: "frame#/definitions/virtualService" },
    address: { $ref: "frame#/definitions/floatingAddress" },
  };
}

/** Removes the texts for people: the validators' module has a copy of every schema with a list of choices. */
function withoutWords(schema: object): object {
  const words = new Set(["$id", "title", "description", "examples", "enumDescriptions"]);
  // A property of that name has a schema, which is an object.
  const isWord = (key: string, value: unknown): boolean =>
    words.has(key) && (typeof value === "string" || Array.isArray(value));
  return JSON.parse(JSON.stringify(schema, (key, value) => (isWord(key, value) ? undefined : value)));
}

function validatorsSource(): string {
  const ajv = new Ajv({
    allErrors: true,
    // describe-fault.ts has the messages.
    messages: false,
    // One function per definition: V8 compiles only those that a topology needs.
    inlineRefs: false,
    strictTypes: false,
    strictRequired: false,
    formats: { ...formats },
    keywords: ["tsType"],
    code: { source: true, esm: true, formats: _`formats` },
  });
  const all = schemas();
  for (const [name, schema] of Object.entries(all)) ajv.addSchema(withoutWords(schema), name);
  const code = standalone.default(ajv, Object.fromEntries(Object.keys(all).map((name) => [name, name])));
  return `import { formats } from "./src/topology/formats.ts";\n${code}`;
}

export async function validatorsModule(): Promise<{ code: string; types: string }> {
  const { outputFiles } = await build({
    stdin: { contents: validatorsSource(), resolveDir: ".", loader: "js" },
    write: false,
    bundle: true,
    format: "esm",
    platform: "neutral",
    target: "es2022",
    external: ["ipaddr.js"],
    minify: true,
    logLevel: "warning",
  });
  const declarations = Object.keys(schemas()).map(
    (name) => `export declare const ${name}: ValidateFunction;`,
  );
  return {
    code: outputFiles.map(({ text }) => text).join(""),
    types: ['import type { ValidateFunction } from "ajv";', ...declarations, ""].join("\n"),
  };
}
