/** Texts that a fuzzer found to end in an exception, in a refusal without a reason, or in a spoilt terminal. */

import { expect, test } from "vitest";
import { checkTopology } from "../../src/rules/check-topology.ts";
import { diagnosticsText } from "../../src/topology/diagnostics-text.ts";

const base = {
  version: 1,
  name: "odd",
  defaults: { os: "debian-12" },
  hosts: {
    dr: { interfaces: { eth0: "10.0.0.1/24" } },
    rs: { interfaces: { eth0: "10.0.0.2/24" } },
  },
  directors: { hosts: ["dr"], engine: "keepalived" },
};

const service = { name: "web", vip: "10.0.0.9", port: 80, scheduler: "rr", realServers: [{ host: "rs" }] };

test.each(["...\n", "---\n", "# nothing\n", "null\n", "~", "\uFEFF---\n"])(
  "YAML that holds nothing (%j) is an error that says so",
  (text) => {
    const { cluster, diagnostics } = checkTopology(text, "odd.yaml");
    expect(cluster).toBeNull();
    expect(diagnostics).toMatchObject(
      [{ code: "LVS001", line: 1, column: 1, hint: /lvsgen init/ }].map(matching),
    );
  },
);

test.each([
  [
    "a health check without a type that exists",
    { ...service, healthCheck: { type: "none" } },
    "healthCheck/type",
  ],
  [
    "a scheduler flag that does not exist",
    { ...service, scheduler: "sh", schedulerFlags: ["sh-port", "none"] },
    "schedulerFlags/1",
  ],
])("%s is an error, and the rules look at the rest", (_, broken, place) => {
  const { diagnostics } = checkTopology(JSON.stringify({ ...base, virtualServices: [broken] }), "odd.json");
  expect(diagnostics.map(({ pointer }) => pointer)).toContain(`/virtualServices/0/${place}`);
});

test("no control character of a text reaches a terminal", () => {
  const text = JSON.stringify({ ...base, "a\tb\u001B[31m\u202E": 1, virtualServices: [service] });
  const { diagnostics } = checkTopology(text, "odd.json");
  const shown = diagnosticsText(diagnostics, "odd.json", text, { color: false, limit: 10 });
  expect(shown).toContain("unknown key");
  expect([...shown].filter((character) => /(?!\n)[\p{Cc}\p{Cf}]/u.test(character))).toEqual([]);
});

function matching({ hint, ...rest }: { readonly hint: RegExp }) {
  return { ...rest, hint: expect.stringMatching(hint) };
}
