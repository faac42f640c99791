/**
 * Files built like each of keepalived's own samples (doc/samples) that has virtual servers: what of them is imported.
 * samples-taken.test.ts asks the real keepalived.
 */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Imported, importTopology } from "../../src/import/import-topology.ts";
import { checkTopology } from "../../src/rules/check-topology.ts";
import { repository } from "../helpers/lvsgen.ts";

const folder = join(repository, "test/fixtures/import/samples");

/** By file: services, servers, and what changes where packets go, by the beginnings of the notes' messages. */
const samples: Readonly<Record<string, readonly [services: string, servers: string, traffic: string[]]>> = {
  "ci-linux": ["1 of 1", "4 of 4", Array(4).fill("a topology does not support CI-LINUX")],
  "failover-pool": [
    "1 of 1",
    "3 of 5",
    [
      "a topology does not support failover_threshold 50",
      "a topology does not support failover_up /usr/local/sbin/up.sh",
      "a topology does not support failover_down /usr/local/sbin/down.sh",
      "a topology does not support backup_real_server 10.0.1.21 80",
      "a topology does not support backup_real_server 10.0.1.22 80",
    ],
  ],
  fwmark: ["1 of 1", "2 of 2", []],
  "http-get-login": [
    "1 of 1",
    "2 of 2",
    [
      "a topology does not support username someone",
      "a topology does not support password",
      "10.0.0.22 has another check than 10.0.0.21",
      "a topology does not support username someone",
      "a topology does not support password",
      "a topology does not support tls_compliant",
    ],
  ],
  "http-get-port": ["1 of 1", "1 of 1", []],
  inhibit: ["1 of 1", "1 of 1", ["a topology does not support inhibit_on_failure"]],
  ipv6: ["1 of 1", "1 of 1", []],
  "misc-check": ["1 of 1", "1 of 1", []],
  "misc-check-arguments": ["1 of 1", "1 of 1", []],
  "ping-check": ["1 of 1", "1 of 1", []],
  quorum: [
    "1 of 1",
    "10 of 10",
    [
      "a topology does not support hysteresis 2",
      "a topology does not support quorum_up /usr/local/sbin/up.sh",
      "a topology does not support quorum_down /usr/local/sbin/down.sh",
    ],
  ],
  sample: ["1 of 1", "1 of 1", []],
  "smtp-check": [
    "1 of 1",
    "3 of 3",
    [
      "connect_ip 192.0.2.22: a check in a topology asks the server itself",
      "connect_ip 203.0.113.22: a check in a topology asks the server itself",
      "a topology does not support bindto 10.0.0.2",
      "connect_ip 192.0.2.23: a check in a topology asks the server itself",
      "connect_ip 203.0.113.23: a check in a topology asks the server itself",
    ],
  ],
  "ssl-get": [
    "2 of 2",
    "2 of 2",
    [
      "auth_type AH: a topology supports the type PASS only",
      ...Array(2).fill("a check in a topology has one page"),
    ],
  ],
  "status-code": ["1 of 1", "1 of 1", ["a check in a topology has one page"]],
  "udp-check": ["1 of 1", "1 of 1", []],
  "virtual-server-group": ["13 of 13", "13 of 26", Array(13).fill("10.0.0.1 is left out: it is a VIP")],
  virtualhost: ["1 of 1", "1 of 1", ["a check in a topology has one page"]],
  "vrrp-lvs-syncd": ["1 of 1", "1 of 1", ["VI_1 and VI_2 differ in auth_pass, priority, state"]],
};

function imported(name: string): Imported {
  const text = readFileSync(join(folder, `${name}.conf`), "utf8");
  return importTopology([{ name: `${name}.conf`, text }]);
}

test("each has its row", () => {
  expect(readdirSync(folder).toSorted()).toEqual(
    Object.keys(samples)
      .map((name) => `${name}.conf`)
      .toSorted(),
  );
});

test.each(Object.entries(samples))("%s", (name, [services, servers, traffic]) => {
  const result = imported(name);
  const { diagnostics } = checkTopology(JSON.stringify(result.topology), name);
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  const share = ({ imported: some, seen }: Imported["services"]) => `${some} of ${seen}`;
  expect([share(result.services), share(result.servers)]).toEqual([services, servers]);
  const messages = result.notes.filter(({ effect }) => effect === "traffic").map(({ message }) => message);
  expect(
    messages.map((message, at) => (message.startsWith(traffic[at] ?? "?") ? traffic[at] : message)),
  ).toEqual(traffic);
});
