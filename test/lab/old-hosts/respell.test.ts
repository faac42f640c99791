/** The old words that the lab's wrappers make of today's are those that the old programs printed. */

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { repository } from "../../helpers/lvsgen.ts";
import { ip, ipvsadm, programFor, type Spelling } from "./respell.ts";

/** Section title -> its lines, without what the recording says of itself. @param part of a file that has several */
function recorded(file: string, part = ""): Map<string, string[]> {
  const whole = readFileSync(join(repository, "test/fixtures/old-tools", `${file}.txt`), "utf8");
  const text = whole.split("##### ").find((each) => each.startsWith(part)) ?? "";
  const sections = new Map<string, string[]>();
  for (const section of text.split(/^--- /m).slice(1)) {
    const [title = "", ...lines] = section.split("\n");
    sections.set(
      title,
      lines.filter((line) => line !== "" && !/^(rc \d|Error: |#####)/.test(line)),
    );
  }
  return sections;
}

function respelled(lines: readonly string[], spelling: Spelling, call: string): string[] {
  const program = programFor(spelling, call);
  const text = lines.map((line) => `${line}\n`).join("");
  return execFileSync("sed", ["-E", "-e", program], { input: text, encoding: "utf8" })
    .split("\n")
    .slice(0, -1);
}

/** What a version could not be told to make was not there when it was recorded. */
const beyond: Readonly<Record<string, RegExp>> = {
  "1.26": /sctp|SCTP|sh-port/,
  "1.27": /sctp|SCTP/,
  "4.11.0": /ipproto/,
  "4.9.0": /ipproto/,
  "3.10.0": /ipproto/,
};

const calls: readonly (readonly [tool: "ip" | "ipvsadm", section: string, call: string])[] = [
  ["ipvsadm", "-Sn", "-Sn"],
  ["ipvsadm", "-Ln", "-Ln"],
  ["ipvsadm", "-Ln --thresholds", "-Ln --thresholds"],
  ["ipvsadm", "-L --timeout", "-L --timeout"],
  ["ipvsadm", "-L --daemon (none)", "-L --daemon"],
  ["ipvsadm", "daemon master", "-L --daemon"],
  ["ipvsadm", "daemon master+backup", "-L --daemon"],
  ["ipvsadm", "daemon backup", "-L --daemon"],
  ["ip", "-o addr show", "-o addr show"],
  ["ip", "-4 route show table all", "-4 route show table all"],
  ["ip", "-4 rule", "-4 rule show"],
  ["ip", "rule show table", "-4 route show"],
  ["ip", "-6 route", "-6 route show"],
];

const versions = {
  ip: ["3.10.0", "4.9.0", "4.11.0"],
  ipvsadm: ["1.26", "1.27", "1.28", "1.29"],
} as const;

const cases = calls.flatMap(([tool, section, call]) =>
  versions[tool].map((version) => ({ tool, section, call, version })),
);

describe("as recorded", () => {
  test.each(cases)("$tool $version: $section", ({ tool, section, call, version }) => {
    const table: Readonly<Record<string, Spelling>> = tool === "ip" ? ip : ipvsadm;
    const spelling = table[version];
    if (spelling === undefined) throw new Error(`no spelling of ${version}`);
    const today = (recorded(`${tool}-now`).get(section) ?? []).filter((line) => !beyond[version]?.test(line));
    expect(respelled(today, spelling, call)).toEqual(recorded(`${tool}-${version}`).get(section));
  });
});

describe.each(["2.6.33", "3.16.0"] as const)("ip %s, recorded on another host", (version) => {
  test.each(["-4 route show table all", "-4 rule show", "-o addr show"])("%s", (section) => {
    // So only its form can be compared: it is made again from single spaces.
    const lines = recorded("ip-2.6.33-3.16.0", `ip ${version}`).get(section) ?? [];
    const old = lines.map((line) => line.replaceAll("^I", "\t").replace(/\$$/, ""));
    const today = old.map((line) => (section.includes("route") ? line.replace(/ +/g, " ") : line));
    expect(today.length).toBeGreaterThan(3);
    expect(respelled(today, ip[version], section)).toEqual(old);
  });
});
