/** Large texts: what an import costs grows with their length, whatever they are of. */

import { expect, test } from "vitest";
import { growingBlocks, measuredRun } from "../helpers/work.ts";

const address = (at: number) => `10.${at >> 14}.${(at >> 6) & 255}.${(at & 63) + 1}`;

/** Services of ten servers each, with VIPs of one segment and servers of many. */
function services(count: number, write: (vip: string, servers: readonly string[]) => string): string {
  return Array.from({ length: count / 10 }, (_, at) =>
    write(
      `172.16.0.${at + 1}`,
      Array.from({ length: 10 }, (__, each) => address(at * 10 + each)),
    ),
  ).join("");
}

const texts: Readonly<Record<string, (count: number) => string>> = {
  "ipvsadm -Sn": (count) =>
    services(
      count,
      (vip, servers) =>
        `-A -t ${vip}:80 -s wlc\n${servers.map((ip) => `-a -t ${vip}:80 -r ${ip}:80 -m -w 1\n`).join("")}`,
    ),
  "keepalived.conf": (count) =>
    services(
      count,
      (vip, servers) =>
        `virtual_server ${vip} 80 {\n lb_kind NAT\n${servers.map((ip) => ` real_server ${ip} 80 {\n TCP_CHECK {\n }\n }\n`).join("")}}\n`,
    ),
};

test.each(Object.entries(texts))("%s", (_, text) => {
  const [some, many] = [500, 1500].map((count) => measuredRun(["import", "-"], { input: text(count) }));
  for (const [run, share] of [
    [some, "50 services, 500 servers"],
    [many, "150 services, 1500 servers"],
  ] as const)
    expect(run).toMatchObject({ status: 0, stderr: expect.stringContaining(share) });
  // Three times as much; what grows with the square of servers would be nine times, and millions.
  if (some !== undefined && many !== undefined)
    expect(growingBlocks(some.work, many.work, 4, 50_000)).toEqual([]);
});
