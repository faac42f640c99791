/** The schema's validators as a JavaScript module: compiled when lvsgen is built, they cost nothing to load. */

import { _, Ajv } from "ajv";
import standalone from "ajv/dist/standalone/index.js";
import { build } from "esbuild";
import { formats } from "../src/topology/formats.ts";
import { topologySchema } from "../src/topology/schema.ts";

/** By name: one for the frame, one a host, one a service (validate-schema.ts says why). */
function schemas(): Record<string, object> {
  const { properties = {}, definitions, ...rest } = topologySchema;
  const { hosts = {}, virtualServices = {} } = properties;
  const frame = {
    ...rest,
    definitions,
    properties: {
      ...properties,
      hosts: { ...hosts, additionalProperties: true },
      virtualServices: { ...virtualServices, items: {} },
    },
  };
  return {
    frame,
    host: { definitions, $ref: "#/definitions/host" },
    service: { definitions, $ref: "#/definitions/virtualService" },
  };
}

function validatorsSource(): string {
  const ajv = new Ajv({
    allErrors: true,
    verbose: true,
    strictTypes: false,
    strictRequired: false,
    formats: { ...formats },
    keywords: ["tsType"],
    code: { source: true, esm: true, formats: _`formats` },
  });
  const all = schemas();
  for (const [name, schema] of Object.entries(all)) ajv.addSchema(schema, name);
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
