/** The lab's client and its sockets, in a network of its own. */

import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";

test("each datagram of a trial comes from a port of its own, as a port used twice is one connection to a director", () => {
  const script = join(import.meta.dirname, "requests/source-ports.ts");
  const ports = JSON.parse(
    execFileSync(
      "unshare",
      ["--map-root-user", "--net", "sh", "-c", 'ip link set lo up && exec npx tsx "$1"', "sh", script],
      { encoding: "utf8" },
    ),
  );
  expect(new Set(ports).size).toBe(32);
});
