/** docs/performance.md: targets first, then what was measured. */

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { version } from "../src/base/version.ts";
import type { Findings, Table, Target } from "./part.ts";

const reading = `
How to read it: ratios count, times do not. What is compared runs in turns in one run, so that a slower machine or a
busy one slows all of them; a ratio is the median of the rounds' own ratios, "spread" the fastest and the slowest round.
"processor" is time in user and kernel mode, which says more than the clock where a disk has to be waited for; "memory"
is the largest resident set of a process. Each ratio is to the first row of its table. "Only writing the same bytes" is
a Node program that makes files of the same sizes and modes from bytes that it has at hand: what lvsgen takes beyond it
is reading and checking the topology, its rules, plans, rendering, a digest of each file, and a new folder beside the
old one, so that a render that fails leaves the output as it was. Of a large output lvsgen sees by the files' times,
sizes and inodes that nothing has changed. In memory no disk hides the work. Jinja2 and Ansible write the files of the hosts alone,
from templates in which nothing but a host's name and address varies. The lab kernel is User-Mode Linux, where a process
takes far longer to start than on a machine of its own.
`;

export function reportText(findings: readonly Findings[]): string {
  const targets = findings.flatMap((each) => each.targets);
  return [
    "<!-- Written by npm run bench; do not edit. -->",
    "# Performance",
    environment(),
    reading.trim(),
    "## Targets",
    tableText(["", "target", "measured", ""], targets.map(targetRow)),
    ...findings.flatMap(({ tables }) => tables.map(section)),
  ]
    .join("\n\n")
    .concat("\n");
}

export function targetRow({ what, wanted, measured, isMet }: Target): string[] {
  return [what, wanted, measured, isMet ? "met" : "missed"];
}

function section({ title, head, rows }: Table): string {
  return `## ${title}\n\n${tableText(head, rows)}`;
}

export function tableText(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** No name of the machine. */
function environment(): string {
  const [cpu] = cpus();
  const os = /^PRETTY_NAME="(.*)"$/m.exec(readFileSync("/etc/os-release", "utf8"))?.[1] ?? process.platform;
  return [
    `lvsgen ${version}, ${os}, Node ${process.versions.node}, ${cpus().length} × ${cpu?.model.trim() ?? "?"},`,
    `${Math.round(totalmem() / 2 ** 30)} GiB, ${firstLine("python3", ["-c", "import jinja2; print('Jinja2', jinja2.__version__)"])},`,
    `${firstLine("ansible", ["--version"])}, shellcheck ${/^version: (.*)$/m.exec(run("shellcheck", ["--version"]))?.[1] ?? "?"}.`,
  ].join("\n");
}

function firstLine(program: string, args: readonly string[]): string {
  return run(program, args).split("\n")[0] ?? "";
}

function run(program: string, args: readonly string[]): string {
  return execFileSync(program, [...args], { encoding: "utf8" });
}
