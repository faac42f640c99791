/** docs/performance.md: first the targets, then the measurements. */

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { version } from "../src/base/version.ts";
import type { Findings, Table, Target } from "./part.ts";

const reading = `
How to read this: compare ratios, not times. Compared commands take turns in one run, so that a slow or busy machine slows
all of them. A ratio is the median of the rounds' own ratios; "spread" is the fastest and the slowest round. "processor" is
time in user and kernel mode, which says more than the clock when programs wait for a disk; "memory" is the largest
resident set of a process. Each ratio is to the first row of its table. "Only writing the same bytes" is a Node program
that writes files of the same sizes and modes from bytes in memory. In addition, lvsgen reads and checks the topology,
plans, renders, makes a digest of each file, and writes into a new folder beside the old one, so that a failed render
leaves the old output. If nothing changed in a large output, lvsgen sees that by the files' times, sizes and inodes. In
memory, no slow disk hides the work. Jinja2 and Ansible write only the files of the hosts, from templates where only a
host's name and address vary. The lab kernel is User-Mode Linux, where a process takes far longer to start than on a real
machine.
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

/** Without the machine's name. */
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
