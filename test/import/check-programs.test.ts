/** MISC_CHECK: a program with all of its arguments, or no check at all. */

import { describe, expect, test } from "vitest";
import { keepalivedCommand } from "../../src/base/keepalived-command.ts";
import { importTopology } from "../../src/import/import-topology.ts";
import { checkTopology } from "../../src/rules/check-topology.ts";
import { oddArguments } from "../helpers/keepalived-cases.ts";

/** @param paths what follows misc_path of each server: 192.0.2.2, 192.0.2.22 with other ports, fd00::2 and so on */
function imported(paths: readonly string[], [vip, ...addresses] = ["192.0.2.10", "192.0.2.2", "192.0.2.22"]) {
  const servers = paths.map(
    (path, at) => `real_server ${addresses[at]} ${80 + at} {\nMISC_CHECK {\nmisc_path ${path}\n}\n}`,
  );
  const text = `virtual_server ${vip} 80 {\nlb_kind NAT\nprotocol TCP\n${servers.join("\n")}\n}\n`;
  const { topology, notes } = importTopology([{ name: "keepalived.conf", text }], { readInclude: () => [] });
  const { diagnostics } = checkTopology(JSON.stringify(topology), "topology.json");
  return {
    check: topology?.virtualServices?.[0]?.healthCheck,
    told: notes.map(({ message }) => message).filter((message) => /check|keepalived/.test(message)),
    wrong: diagnostics.filter(({ code }) => /^LVS21|^LVS25|^LVS0/.test(code)).map(({ message }) => message),
  };
}

const both = (path: (address: string, port: number) => string) => [
  path("192.0.2.2", 80),
  path("192.0.2.22", 81),
];

describe("all of it, the same for every server", () => {
  test.each([
    ["words", both((address, port) => `"/bin/a ${address} ${port} x"`), ["{address}", "{port}", "x"]],
    ["no words", ["/bin/a", '"/bin/a"'], undefined],
    [
      "an address inside a word",
      both((address) => `"/bin/a @${address} --host=${address}"`),
      ["@{address}", "--host={address}"],
    ],
    [
      "a port behind the address or its name",
      both((address, port) => `"/bin/a http://${address}:${port}/8080?t=8 --port=${port} -t 8"`),
      ["http://{address}:{port}/8080?t=8", "--port={port}", "-t", "8"],
    ],
    [
      "another address",
      ['"/bin/a 192.0.2.20 192.0.2.222 1192.0.2.2"'],
      ["192.0.2.20", "192.0.2.222", "1192.0.2.2"],
    ],
    [
      "quotes",
      [String.raw`"/bin/a 'my db' it\\'s '\"' a' b 'c '\\x41\\102'"`],
      ["my db", "it's", '"', "a b c", "AB"],
    ],
    [
      "signs that are a shell's elsewhere",
      [`"/bin/a http://x/?a=1&b=2 '> x | y; \`z\`' 'a $b'"`],
      ["http://x/?a=1&b=2", "> x | y; `z`", "a $b"],
    ],
    [
      "what lvsgen writes",
      [keepalivedCommand(["/bin/a", ...oddArguments.filter((each) => !each.includes("$"))])],
      oddArguments.filter((each) => !each.includes("$")),
    ],
    [
      "words outside the quotes",
      both((address, port) => `/bin/a ${address} ${port}`),
      ["{address}", "{port}"],
    ],
  ])("%s", (what, paths, expected) => {
    const { check, told, wrong } = imported(paths);
    expect(check).toMatchObject({ type: "script", command: "/bin/a" });
    expect(check?.arguments).toEqual(expected);
    expect(wrong).toEqual([]);
    if (what === "words outside the quotes")
      expect(told).toEqual(Array(2).fill(expect.stringMatching(/keepalived ignores/)));
    else expect(told).toEqual([]);
  });

  test("IPv6, in brackets and without", () => {
    const paths = ["fd00::2", "fd00::22"].map(
      (address, at) => `"/bin/a ${address} http://[${address}]:${80 + at}/"`,
    );
    const { check, wrong } = imported(paths, ["fd00::10", "fd00::2", "fd00::22"]);
    expect(check?.arguments).toEqual(["{address}", "http://[{address}]:{port}/"]);
    expect(wrong).toEqual([]);
  });
});

test.each([
  ["/bin/a 192.0.2.2 > /dev/null", '">" is for a shell'],
  ["/bin/a 192.0.2.2 2>&1", '"2>&1" is for a shell'],
  ["/bin/a 192.0.2.2 | /bin/b", '"|" is for a shell'],
  ["/bin/a 192.0.2.2; /bin/b", '"192.0.2.2;" is for a shell'],
  ["/bin/a $(hostname)", '"$(hostname)" is for a shell'],
  ["/bin/a && /bin/b", '"&&" is for a shell'],
  ["/bin/a 'my db", "quote without an end"],
  ["a 192.0.2.2", "not an absolute path"],
  ["/bin/a {host}", 'the argument "{host}"'],
  [`/bin/a ${"x ".repeat(65)}`, "more than 64 arguments"],
])("%s: no check, and why", (command, why) => {
  const { check, told } = imported([`"${command}"`]);
  expect(check).toBeUndefined();
  expect(told).toEqual([expect.stringContaining(why)]);
});
