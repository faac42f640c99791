/** Settings by the form: addresses, checks, persistence, sorry servers, and what a finding says was meant. */

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { checkTopology } from "../../src/rules/check-topology.ts";

import { topologySchema } from "../../src/topology/schema.ts";
import { applyEdit } from "../../web/src/form/apply-edit.ts";
import type { FormEdit } from "../../web/src/form/form-edit.ts";
import { formModel } from "../../web/src/form/form-model.ts";
import { nearestField } from "../../web/src/form/nearest-field.ts";
import { advice } from "../../web/src/guide/advice.ts";
import type { Choice } from "../../web/src/guide/choices.ts";
import { lines } from "../../web/src/guide/example-lines.ts";
import { meaningsZh } from "../../web/src/i18n/zh-meanings.ts";
import { withCorrections } from "../../web/src/worker/corrections.ts";
import { repository } from "../helpers/lvsgen.ts";

const text = `version: 1
name: shop
defaults: { os: debian-12, ssh: { user: pi } }
hosts:
  lb: { interfaces: { eth0: [10.0.0.1/24, "fd00::1/64"], eth1: 10.1.0.1/24 } }
  web1: { interfaces: { eth0: 10.0.0.11/24 } }
  web2: { interfaces: { eth0: 10.0.0.12/24 } }
directors: { hosts: [lb], engine: keepalived }
virtualServices:
  - { name: web, vip: 10.0.0.100, port: 80, realServers: [web1], persistence: { timeout: 5m } }
  - name: dns
    vip: 10.0.0.100
    port: 53
    protocol: udp
    realServers: [web1]
    healthCheck: { type: http, path: /x, interval: 2s }
    sorryServer: web2
`;
const topology = { text, name: "topology.yaml" };

const after = (...edits: FormEdit[]) => {
  const written = edits.reduce(applyEdit, topology);
  return { value: parse(written.text), form: formModel(written) };
};
const lb = (edit: object) => after({ host: "lb", ...edit } as FormEdit).value.hosts.lb.interfaces;

describe("addresses", () => {
  test("all are in the form's model, with their places", () => {
    expect(formModel(topology)?.hosts[0]).toMatchObject({
      address: "10.0.0.1/24",
      isListed: true,
      moreAddresses: [
        { interface: "eth0", index: 1, value: "fd00::1/64" },
        { interface: "eth1", index: null, value: "10.1.0.1/24" },
      ],
    });
  });

  test.each<[string, object, object]>([
    ["one comes", { kind: "add-address" }, { eth2: "" }],
    [
      "one changes in a list",
      { kind: "change-address", interface: "eth0", index: 1, value: "fd00::2/64" },
      { eth0: ["10.0.0.1/24", "fd00::2/64"] },
    ],
    [
      "one goes to another interface",
      { kind: "move-address", interface: "eth1", index: null, to: "eth0" },
      { eth0: ["10.0.0.1/24", "fd00::1/64", "10.1.0.1/24"], eth1: undefined },
    ],
    [
      "one of a list gets an interface of its own",
      { kind: "move-address", interface: "eth0", index: 1, to: "eth9" },
      { eth0: ["10.0.0.1/24"], eth9: "fd00::1/64" },
    ],
    [
      "its interface gets a new name",
      { kind: "move-address", interface: "eth1", index: null, to: "eth9" },
      { eth1: undefined, eth9: "10.1.0.1/24" },
    ],
    [
      "one goes from a list",
      { kind: "remove-address", interface: "eth0", index: 1 },
      { eth0: ["10.0.0.1/24"] },
    ],
    [
      "an interface goes with its last one",
      { kind: "remove-address", interface: "eth1", index: null },
      { eth1: undefined },
    ],
  ])("%s", (_name, edit, expected) => {
    const interfaces = lb(edit);
    for (const [name, value] of Object.entries(expected)) expect(interfaces[name], name).toEqual(value);
  });
});

test("checks come to services without one, by protocol and port; another type drops what it does not use", () => {
  expect(
    after({ kind: "add-checks" }).value.virtualServices.map(
      (each: { healthCheck: object }) => each.healthCheck,
    ),
  ).toEqual([{ type: "http" }, { type: "http", path: "/x", interval: "2s" }]);
  const [, dns] = after({ kind: "set-check", service: 1, type: "dns" }).value.virtualServices;
  expect(dns.healthCheck).toEqual({ type: "dns", interval: "2s" });
  const [, none] = after({ kind: "set-check", service: 1, type: "" }).value.virtualServices;
  expect(none.healthCheck).toBeUndefined();
});

test("persistence, sorry server, users of ssh: set, changed, and gone without a trace", () => {
  const { value } = after(
    { kind: "set-persistence", service: 0, value: undefined },
    { kind: "set-sorry", service: 0, target: "10.0.0.40" },
    { kind: "set-sorry", service: 1, target: "web1" },
    { kind: "set", path: ["hosts", "web1", "ssh", "user"], value: "admin" },
    { kind: "set", path: ["defaults", "ssh", "user"], value: undefined },
  );
  expect(value.virtualServices[0]).toMatchObject({ sorryServer: "10.0.0.40" });
  expect(value.virtualServices[0].persistence).toBeUndefined();
  expect(value.virtualServices[1].sorryServer).toBe("web1");
  expect(value.hosts.web1.ssh).toEqual({ user: "admin" });
  expect(value.defaults).toEqual({ os: "debian-12" });
});

describe("a finding's correction", () => {
  const corrected = (wrong: string) => {
    const name = "topology.yaml";
    const { value } = { value: parse(wrong) as unknown };
    return withCorrections(checkTopology(wrong, name).diagnostics, () => value).flatMap(
      ({ correction }) => correction ?? [],
    );
  };

  test("is the value or the key that was meant, and applies", () => {
    const wrong = text.replace("port: 80", "prot: 80").replace("engine: keepalived", "engine: keepalive");
    const all = corrected(wrong);
    expect(all).toEqual([
      { path: ["directors", "engine"], to: "keepalived", isKey: false },
      { path: ["virtualServices", 0, "prot"], to: "port", isKey: true },
    ]);
    const fixed = all.reduce((each, own) => applyEdit(each, { kind: "correct", ...own }), {
      text: wrong,
      name: "topology.yaml",
    });
    expect(fixed.text).toBe(text);
  });

  test("is not offered where the key is there already, or where the finding is about a part", () => {
    expect(corrected(text.replace("port: 80", "port: 80, prot: 80"))).toEqual([]);
  });
});

test.each([
  ["/virtualServices/0/vip", "/virtualServices/0/vip"],
  ["/virtualServices/0/ports/1", "/virtualServices/0/ports"],
  ["/virtualServices/0", "/virtualServices/0/vip"],
  ["/hosts/web1/gateway", null],
  ["/hosts/web1", "/hosts/web1"],
  ["/timeouts", null],
  ["", null],
])("the field for %s is %s", (pointer, field) => {
  const fields = ["/name", "/hosts/web1", "/virtualServices/0/vip", "/virtualServices/0/ports"];
  expect(nearestField(pointer, fields)).toBe(field);
});

test("each example has a line in both languages", () => {
  expect(Object.keys(lines).toSorted()).toEqual(readdirSync(join(repository, "examples")).toSorted());
});

const definitions = topologySchema.definitions ?? {};
const schemas = {
  engine: definitions.directors?.properties?.engine,
  forwarding: definitions.forwarding,
  scheduler: definitions.virtualService?.properties?.scheduler,
  check: definitions.healthCheck?.properties?.type,
} as const;
const valuesOfChoice = (choice: Choice) => (schemas[choice]?.enum ?? []).map(String);

test("each value of a choice has advice in both languages, and its meaning in Chinese", () => {
  const choices = Object.keys(advice) as Choice[];
  for (const choice of choices) {
    expect(Object.keys(advice[choice]).toSorted(), choice).toEqual([...valuesOfChoice(choice)].toSorted());
    for (const { en, zh } of Object.values(advice[choice])) expect([en, zh]).not.toContain("");
  }
  const keys = choices.flatMap((choice) => valuesOfChoice(choice).map((value) => `${choice}.${value}`));
  expect(Object.keys(meaningsZh).toSorted()).toEqual(keys.toSorted());
});
