/** docs/topology.md: every property of a topology, from the schema's descriptions. */

import { stringify } from "yaml";
import { resolve, type Schema, topologySchema } from "../src/topology/schema.ts";

/** minimum and the like, which only this page uses. */
interface Bounded extends Schema {
  readonly minimum?: number;
  readonly maximum?: number;
}

/** One object of the topology: `hosts.NAME.webServer`. */
interface Section {
  readonly path: string;
  readonly schema: Schema;
}

const introduction = `\
<!-- Generated from schemas/topology.schema.json by npm run generate; do not edit. -->

# The topology

A topology is JSON, or the same in YAML. Every other key is an error, which suggests the nearest key. Conditions on
several values are in [the rules](rules.md).

An editor that supports JSON Schema completes and checks a topology while you type. It finds the schema by a path: in
the first key of a .json file, or in a comment of a .yaml file. The path leads into a checkout, or into the npm package:

\`\`\`json
{ "$schema": "node_modules/lvsgen/schemas/topology.schema.json" }
\`\`\`

\`\`\`yaml
# yaml-language-server: $schema=node_modules/lvsgen/schemas/topology.schema.json
\`\`\`
`;

export function topologyPage(): string {
  const sections = sectionsOf(topologySchema);
  const anchors = new Map(sections.map(({ path, schema }) => [schema, anchorOf(path)]));
  return [introduction, ...sections.map((section) => chapter(section, anchors))].join("\n");
}

/** All objects with properties, each at its first place: every definition once. */
function sectionsOf(root: Schema): Section[] {
  const sections: Section[] = [];
  const visit = (schema: Schema, path: string): void => {
    const own = resolve(schema);
    if (own.properties !== undefined) {
      if (sections.some((section) => section.schema === own)) return;
      sections.push({ path, schema: own });
    }
    for (const [name, child] of childrenOf(own)) visit(child, joined(path, name));
  };
  visit(root, "");
  return sections;
}

function childrenOf({ properties = {}, additionalProperties, items }: Schema): [string, Schema][] {
  return [
    ...Object.entries(properties),
    ...(typeof additionalProperties === "object" ? [["NAME", additionalProperties] as [string, Schema]] : []),
    ...(items === undefined ? [] : [["[]", items] as [string, Schema]]),
  ];
}

function joined(path: string, name: string): string {
  return path === "" || name === "[]" ? `${path}${name}` : `${path}.${name}`;
}

/** The anchor that Markdown renderers make from a heading. */
function anchorOf(path: string): string {
  return path.replaceAll(/[^\w-]/g, "").toLowerCase();
}

/** @param anchors where each object has its own chapter */
function chapter({ path, schema }: Section, anchors: ReadonlyMap<Schema, string>): string {
  const required = new Set(schema.required);
  const rows = Object.entries(schema.properties ?? {}).map(
    ([name, property]) =>
      `| \`${name}\` | ${kindOf(property, anchors)} | ${required.has(name) ? "**required**" : defaultOf(property)} | ${cell(descriptionOf(property))} |`,
  );
  return [
    `## ${path === "" ? "The topology itself" : `\`${path}\``}\n`,
    `${schema.description ?? ""}\n`,
    `| key | values | default | meaning |\n| --- | --- | --- | --- |\n${rows.join("\n")}\n`,
    ...exampleOf(schema),
  ].join("\n");
}

/** The property's own description, or that of its definition. */
function descriptionOf(property: Schema): string {
  return property.description ?? resolve(property).description ?? "";
}

function kindOf(property: Schema, anchors: ReadonlyMap<Schema, string>): string {
  const schema: Bounded = resolve(property);
  const link = (words: string, target: Schema): string =>
    anchors.has(target) ? `[${words}](#${anchors.get(target)})` : words;
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``;
  if (schema.enum !== undefined) return schema.enum.map((value) => `\`${String(value)}\``).join(" ");
  const types = [schema.type ?? "any"].flat().map((type) => typeNames[type] ?? type);
  const { minimum, maximum } = schema;
  const range = minimum === undefined || maximum === undefined ? "" : `, ${minimum} to ${maximum}`;
  const items = schema.items === undefined ? "" : ` of ${link(itemsOf(schema.items), resolve(schema.items))}`;
  return link(`${types.join(" or ")}${range}`, schema) + items;
}

const typeNames: Readonly<Record<string, string>> = {
  array: "list",
  integer: "whole number",
  boolean: "`true` `false`",
};

function itemsOf(items: Schema): string {
  const schema = resolve(items);
  return schema.enum === undefined
    ? (schema.title ?? "values")
    : schema.enum.map((value) => `\`${String(value)}\``).join(" ");
}

function defaultOf(property: Schema): string {
  const value = property.default ?? resolve(property).default;
  return value === undefined ? "" : `\`${typeof value === "string" ? value : JSON.stringify(value)}\``;
}

function exampleOf({ examples }: Schema): string[] {
  const [example] = examples ?? [];
  return example === undefined ? [] : [`\`\`\`yaml\n${stringify(example)}\`\`\`\n`];
}

function cell(text: string): string {
  return text.replaceAll(/[*<>[\]|]/g, "\\$&");
}
