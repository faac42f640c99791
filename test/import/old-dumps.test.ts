/** What an old ipvsadm prints is read as what today's prints of the same table. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { importTopology } from "../../src/import/import-topology.ts";
import { repository } from "../helpers/lvsgen.ts";

/** The recorded `ipvsadm -Sn` of a version, as far as every version could be told to make it. */
function dump(version: string): string {
  const text = readFileSync(join(repository, `test/fixtures/old-tools/ipvsadm-${version}.txt`), "utf8");
  const [, section = ""] = /^--- -Sn\n([\s\S]*?)^---/m.exec(text) ?? [];
  const lines = section
    .split("\n")
    .filter((line) => !/sctp|sh-port|-[Af] (-f 7|-f 80443)|-f 80443/.test(line));
  // A service without a server is not for a topology.
  return [
    ...lines,
    "-a -u 10.50.0.101:5060 -r 10.50.0.11:5060 -g -w 1",
    "-a -t 10.50.0.101:443 -r 10.50.0.11:443 -g -w 1",
  ]
    .filter((line) => line !== "")
    .join("\n");
}

function servicesOf(text: string) {
  const { topology, notes } = importTopology([{ name: "dump", text }]);
  expect(notes.filter(({ severity }) => severity === "error")).toEqual([]);
  return topology?.virtualServices;
}

test.each(["1.26", "1.27", "1.28", "1.29"])("ipvsadm %s", (version) => {
  const services = servicesOf(dump(version));
  expect(services).toEqual(servicesOf(dump("now")));
  expect(services).toContainEqual(expect.objectContaining({ port: 53, onePacket: true }));
  expect(services).toContainEqual(
    expect.objectContaining({ port: 5060, persistence: { timeout: 60, engine: "sip" } }),
  );
});
