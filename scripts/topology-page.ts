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

An editor that supports JSON Schema completes and checks a topology while you type, and says what each value means. It
finds the schema by a path. \`lvsgen init\` writes the schema beside the topology, as lvsgen.schema.json, and the path into
the topology; for other topologies \`lvsgen schema --write FILE\` writes it, again after each update of lvsgen. The path is
the first key of a .json file, or a comment of a .yaml file:

\`\`\`json
{ "$schema": "./lvsgen.schema.json" }
\`\`\`

\`\`\`yaml
# yaml-language-server: $schema=./lvsgen.schema.json
\`\`\`
`;

const shortForms = `\
## Short forms

lvsgen writes these out before it looks at anything else: the two topologies below are the same.

| short form | means |
| --- | --- |
| \`realServers: [pi2, 10.0.0.60]\` | a real server by the name of its host, or by its address |
| \`ports: [80, 443, "8000-8003"]\`, without \`fwmark\` | a service for each port, named NAME-PORT. Persistence that has to cover several ports needs a \`fwmark\` |
| \`protocol: [tcp, udp]\` | a service for each protocol, named NAME-tcp and NAME-udp |
| \`2s\`, \`500ms\`, \`5m\`, \`1h\` | seconds, wherever seconds are meant |
| \`"web[01:40]"\` | a range of hosts, as Ansible writes it: web01 to web40; \`"node-[a:c]"\`, \`"rack[1:9:2]"\`. Inside of the host, \`"10.0.0.[11:50]/24"\` gives each its own address |
| keys that begin with \`x-\` | yours: lvsgen ignores them |
| \`<<: *name\` in YAML | the keys of that anchor, where the mapping does not have them itself |

\`\`\`yaml
version: 1
name: shop
x-check: &check { type: tcp, interval: 2s }
defaults: { os: debian-12 }
hosts:
  "lb[1:2]": { interfaces: { eth0: "10.0.0.[1:2]/24" } }
  "web[01:02]": { interfaces: { eth0: "10.0.0.[11:12]/24" } }
directors: { hosts: ["lb[1:2]"], engine: keepalived, vrrp: { virtualRouterId: 51 } }
virtualServices:
  - name: web
    vip: 10.0.0.100
    ports: [80, 443]
    healthCheck: { <<: *check, retries: 2 }
    realServers: ["web[01:02]"]
\`\`\`

\`\`\`yaml
version: 1
name: shop
defaults: { os: debian-12 }
hosts:
  lb1: { interfaces: { eth0: 10.0.0.1/24 } }
  lb2: { interfaces: { eth0: 10.0.0.2/24 } }
  web01: { interfaces: { eth0: 10.0.0.11/24 } }
  web02: { interfaces: { eth0: 10.0.0.12/24 } }
directors: { hosts: [lb1, lb2], engine: keepalived, vrrp: { virtualRouterId: 51 } }
virtualServices:
  - name: web-80
    vip: 10.0.0.100
    port: 80
    healthCheck: { type: tcp, interval: 2, retries: 2 }
    realServers: [{ host: web01 }, { host: web02 }]
  - name: web-443
    vip: 10.0.0.100
    port: 443
    healthCheck: { type: tcp, interval: 2, retries: 2 }
    realServers: [{ host: web01 }, { host: web02 }]
\`\`\`
`;

export function topologyPage(): string {
  const sections = sectionsOf(topologySchema);
  const anchors = new Map(sections.map(({ path, schema }) => [schema, anchorOf(path)]));
  const shown = new Set<Schema>();
  return [introduction, shortForms, ...sections.map((section) => chapter(section, anchors, shown))].join(
    "\n",
  );
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

/**
 * @param anchors where each object has its own chapter
 * @param shown enumerations whose values are explained already
 */
function chapter(
  { path, schema }: Section,
  anchors: ReadonlyMap<Schema, string>,
  shown: Set<Schema>,
): string {
  const required = new Set(schema.required);
  const rows = Object.entries(schema.properties ?? {}).map(
    ([name, property]) =>
      `| \`${name}\` | ${kindOf(property, anchors)} | ${required.has(name) ? "**required**" : defaultOf(property)} | ${cell(descriptionOf(property))} |`,
  );
  return [
    `## ${path === "" ? "The topology itself" : `\`${path}\``}\n`,
    `${schema.description ?? ""}\n`,
    `| key | values | default | meaning |\n| --- | --- | --- | --- |\n${rows.join("\n")}\n`,
    ...Object.entries(schema.properties ?? {}).flatMap(([name, property]) =>
      meaningsOf(name, property, shown),
    ),
    ...exampleOf(schema),
  ].join("\n");
}

/** What the values of an enumeration mean, at its first place. */
function meaningsOf(name: string, property: Schema, shown: Set<Schema>): string[] {
  const own = resolve(property);
  const schema = own.items === undefined ? own : resolve(own.items);
  const { enum: values = [], enumDescriptions = [] } = schema;
  if (values.length === 0 || shown.has(schema)) return [];
  shown.add(schema);
  const rows = values.map(
    (value, index) => `| \`${String(value)}\` | ${cell(enumDescriptions[index] ?? "")} |`,
  );
  return [`Values of \`${name}\`:\n\n| value | meaning |\n| --- | --- |\n${rows.join("\n")}\n`];
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
