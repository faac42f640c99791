/** `lvs_dr.sh start` in the lab's kernel, compared with other ways to fill the IPVS table. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readTemplates } from "../../scripts/templates-module.ts";
import { renderEach } from "../../src/render/render-each.ts";
import { createRenderer } from "../../src/render/renderer.ts";
import { checkTopology } from "../../src/rules/check-topology.ts";
import { inKernel, reports } from "../lab-kernel.ts";
import { median } from "../measure.ts";
import { atMost, type Part } from "../part.ts";
import { topologyText } from "../topology.ts";

const program = join(import.meta.dirname, "../programs/kernel.sh");

/** lvs_dr.sh of a director with one service and this many servers. */
function directorScript(servers: number): string {
  const text = topologyText({ hosts: servers + 1, servers });
  const { cluster } = checkTopology(text, "bench.json");
  if (cluster === null) throw new Error("the bench's topology is invalid");
  const files = renderEach(
    cluster,
    createRenderer(readTemplates("templates")),
    (name) => name === "director",
  );
  for (const { path, text } of files) if (path === "director/lvs_dr.sh") return text;
  throw new Error("the director has no script");
}

/** Rules of the script, in ipvsadm's words. */
function rulesOf(script: string): string[] {
  const block = /^SERVICES='([^']*)'$/m.exec(script)?.[1] ?? "";
  const lines = block.split("\n").filter((line) => line.startsWith("-"));
  return lines.map((line) => line.replace(/ # .*$/, ""));
}

function keepalivedConf(rules: readonly string[]): string {
  const [service = "", ...servers] = rules;
  const [vip = "", port = ""] = /-t (\S+):(\d+)/.exec(service)?.slice(1) ?? [];
  const blocks = servers.map((rule) => {
    const [ip = "", weight = ""] = /-r (\S+):\d+ .*-w (\d+)/.exec(rule)?.slice(1) ?? [];
    return `  real_server ${ip} ${port} {\n    weight ${weight}\n  }`;
  });
  return [
    `virtual_server ${vip} ${port} {`,
    ...["  lvs_sched wrr", "  lvs_method DR", "  protocol TCP"],
    ...blocks,
    "}",
    "",
  ].join("\n");
}

/** The last server's rule with another weight. */
function withChange(script: string, last: string): string {
  return script.replace(`${last} `, `${changedRule(last)} `);
}

function changedRule(rule: string): string {
  return rule.replace(/-w \d+/, "-w 77");
}

function prepare(folder: string, servers: number): void {
  const script = directorScript(servers);
  const rules = rulesOf(script);
  const last = rules.at(-1) ?? "";
  const files = {
    "lvs_dr.sh": script,
    "changed/lvs_dr.sh": withChange(script, last),
    table: `${rules.join("\n")}\n`,
    "keepalived.conf": keepalivedConf(rules),
    "changed.conf": keepalivedConf([...rules.slice(0, -1), changedRule(last)]),
    "last-rule": /-r \S+/.exec(last)?.[0] ?? "",
    "changed-rule": "-w 77",
  };
  mkdirSync(join(folder, "changed"), { recursive: true });
  for (const [name, text] of Object.entries(files)) {
    // keepalived rejects an executable configuration file.
    const mode = name.endsWith(".sh") ? 0o755 : 0o644;
    writeFileSync(join(folder, name), text, { mode });
  }
}

export interface KernelCase {
  readonly servers: number;
  readonly name: string;
  /** Seconds of each round. */
  readonly seconds: readonly number[];
  /** External commands of one run; null where they were not counted. */
  readonly calls: number | null;
}

export async function kernelCases(sizes: readonly number[], rounds: number): Promise<KernelCase[]> {
  const folder = mkdtempSync(join(tmpdir(), "lvsgen-bench-"));
  try {
    for (const servers of sizes) prepare(join(folder, String(servers)), servers);
    const lines = await inKernel(["bash", program, folder, String(rounds), reports], 900);
    return casesOf(lines);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function casesOf(lines: readonly string[]): KernelCase[] {
  const cases = new Map<string, { servers: number; name: string; seconds: number[]; calls: number | null }>();
  for (const line of lines) {
    const [servers = "", name = "", figure = "", count] = line.split(" ");
    const key = `${servers} ${name}`;
    const found = cases.get(key) ?? { servers: Number(servers), name, seconds: [], calls: null };
    cases.set(key, found);
    if (figure === "calls") found.calls = Number(count);
    else found.seconds.push(Number(figure) / 1e6);
  }
  return [...cases.values()];
}

/** The cases, in the order of the table. */
const titles: Readonly<Record<string, string>> = {
  restore: "ipvsadm -R of the same table",
  first: "lvs_dr.sh start",
  unchanged: "lvs_dr.sh start, nothing changed",
  changed: "lvs_dr.sh start, one server changed",
  stop: "lvs_dr.sh stop",
  "one-by-one": "a process for each rule",
  "keepalived-reload": "keepalived's reload, one server changed",
};

/** The most external commands that an unchanged start may run. */
const mostCalls = 10;

export const kernel: Part = {
  name: "kernel",
  run: async ({ quick, say }) => {
    const sizes = quick ? [10, 100] : [10, 100, 1000];
    say(`kernel: ${sizes.join(", ")} real servers`);
    const cases = await kernelCases(sizes, quick ? 1 : 3);
    const largest = Math.max(...sizes);
    const of = (servers: number, name: string): KernelCase => {
      const found = cases.find((each) => each.servers === servers && each.name === name);
      if (found === undefined) throw new Error(`${name} of ${servers} servers was not measured`);
      return found;
    };
    const calls = sizes.map((servers) => of(servers, "unchanged").calls ?? Number.NaN);
    const ratio = median(of(largest, "first").seconds) / median(of(largest, "restore").seconds);
    return {
      targets: [
        atMost(`lvs_dr.sh start of ${largest} servers`, ratio, 2, "x ipvsadm -R"),
        atMost(
          "external commands of an unchanged start, any number of servers",
          Math.max(...calls),
          mostCalls,
          "commands",
        ),
        atMost(
          "the same, increase with more servers",
          Math.max(...calls) - Math.min(...calls),
          0,
          "commands",
        ),
      ],
      tables: sizes.map((servers) => ({
        title: `In a lab kernel: ${servers} real servers`,
        head: ["", "time", "spread", "ratio", "external commands"],
        rows: Object.entries(titles).map(([name, title]) => {
          const { seconds, calls: count } = of(servers, name);
          return [
            title,
            `${median(seconds).toFixed(2)} s`,
            `${Math.min(...seconds).toFixed(2)} to ${Math.max(...seconds).toFixed(2)} s`,
            `${(median(seconds) / median(of(servers, "restore").seconds)).toFixed(2)} x`,
            count === null ? "" : String(count),
          ];
        }),
      })),
    };
  },
};
