/** `lvsgen render` at growing numbers of hosts, against writing the same bytes, Jinja2 and Ansible. */

import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ansibleCommand } from "../ansible.ts";
import { hostTemplates } from "../host-templates.ts";
import { type Command, type Measured, measure, median, medianOf, ratio, row, rowHead } from "../measure.ts";
import { atLeast, atMost, type Part, type PartOptions, type Table, type Target } from "../part.ts";
import { topologyText } from "../topology.ts";

const programs = join(import.meta.dirname, "../programs");

/** Hosts, rounds, and whether Ansible takes part. */
const sizes = [
  { hosts: 10, rounds: 7, ansible: true },
  { hosts: 100, rounds: 7, ansible: true },
  { hosts: 1000, rounds: 5, ansible: false },
  { hosts: 10_000, rounds: 3, ansible: false },
] as const;

interface Sized {
  readonly hosts: number;
  readonly floor: Measured;
  readonly fresh: Measured;
  readonly unchanged: Measured;
  readonly changed: Measured;
  readonly jinja: Measured;
  readonly ansible: Measured | null;
}

export const render: Part = {
  name: "render",
  run: (options) => {
    const measured = sizes
      .filter(({ hosts }) => !options.quick || hosts <= 1000)
      .map(({ hosts, rounds, ansible }) => {
        options.say(`render: ${hosts} hosts`);
        return measureSize(hosts, options.quick ? 3 : rounds, ansible && !options.quick, options);
      });
    return { targets: targetsOf(measured), tables: measured.map(tableOf) };
  },
};

function measureSize(
  hosts: number,
  rounds: number,
  withAnsible: boolean,
  { work: parent }: PartOptions,
): Sized {
  const work = join(parent, `render-${hosts}`);
  mkdirSync(work);
  const topology = join(work, "topology.json");
  const later = join(work, "later.json");
  writeFileSync(topology, topologyText({ hosts }));
  writeFileSync(later, topologyText({ hosts, changed: Math.max(1, Math.round(hosts / 100)) }));
  const place = (name: string) => (round: number) => join(work, `${name}-${round}`);
  const lvsgen = (name: string, file: string, out: string): Command => ({
    name,
    words: (round) => [
      ...[process.execPath, "dist/cli.js", "render", file],
      ...["--out", place(out)(round), "--no-lint"],
    ],
    prepare: settle,
  });
  measure([lvsgen("sample", topology, "sample")], 1);
  const sample = place("sample")(0);
  const list = join(work, "files.json");
  writeFileSync(list, JSON.stringify(filesOf(sample)));
  const templates = hostTemplates(sample, join(work, "templates"), topology);
  const [floor, fresh, unchanged, jinja] = measure(
    [
      {
        name: "only writing the same bytes (Node)",
        words: (round) => [
          ...[process.execPath, join(programs, "write-floor.mjs")],
          ...[list, place("floor")(round)],
        ],
        prepare: settle,
      },
      lvsgen("lvsgen render", topology, "out"),
      lvsgen("again, nothing changed", topology, "out"),
      {
        name: "Jinja2, the same files of hosts",
        words: (round) => [
          ...["/usr/bin/python3", join(programs, "jinja.py")],
          ...[templates.folder, templates.hosts, place("jinja")(round)],
        ],
        prepare: settle,
      },
    ],
    rounds,
  ) as [Measured, Measured, Measured, Measured];
  // Afterwards, as it removes the output before: files that are made right after others are removed can take ten times
  // as long.
  const [changed] = measure([lvsgen("again, 1 % of the hosts changed", later, "out")], rounds) as [Measured];
  const ansible = withAnsible ? (measure([ansibleCommand(work, templates)], 1)[0] ?? null) : null;
  return { hosts, floor, fresh, unchanged, changed, jinja, ansible };
}

/** What was written before is on the disk: nobody waits for somebody else's. */
function settle(): void {
  execFileSync("sync");
}

/** Path, bytes and mode of every file below a folder. */
function filesOf(folder: string): [string, number, number][] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const file = join(entry.parentPath, entry.name);
      const { size, mode } = statSync(file);
      return [file.slice(folder.length + 1), size, mode & 0o777];
    });
}

function tableOf({ hosts, floor, fresh, unchanged, changed, jinja, ansible }: Sized): Table {
  const others = [fresh, unchanged, changed, jinja, ...(ansible === null ? [] : [ansible])];
  return {
    title: `Render: ${hosts} hosts`,
    head: rowHead,
    rows: [row(floor, null), ...others.map((other) => row(other, floor))],
  };
}

function targetsOf(measured: readonly Sized[]): Target[] {
  const large = measured.find(({ hosts }) => hosts === 10_000);
  const thousand = measured.find(({ hosts }) => hosts === 1000);
  const hundred = measured.find(({ hosts }) => hosts === 100);
  const targets: Target[] = [];
  if (large !== undefined) {
    const { floor, fresh, unchanged, changed } = large;
    const memory = Math.max(...[fresh, unchanged, changed].map((each) => medianOf(each, "memory")));
    targets.push(
      atMost("render of 10 000 hosts", ratio(fresh, floor), 1.6, "x writing"),
      atMost("the same, nothing changed", ratio(unchanged, floor), 1.1, "x writing"),
      atMost("memory for 10 000 hosts", memory, 250, "MiB"),
    );
  }
  if (large !== undefined && thousand !== undefined) {
    // Linear: what a host takes does not grow. What Node takes at all is left out of both.
    const perHost = ({ hosts, fresh }: Sized): number =>
      (medianOf(fresh, "processor") - startOf(measured)) / hosts;
    targets.push(
      atMost(
        "processor time a host, 10 000 against 1 000 hosts",
        perHost(large) / perHost(thousand),
        1.25,
        "x",
      ),
    );
  }
  if (hundred?.ansible) {
    const seconds = median(hundred.fresh.samples.map((sample) => sample.seconds));
    targets.push(
      atLeast("faster than Ansible, 100 hosts", medianOf(hundred.ansible, "seconds") / seconds, 500, "x"),
    );
  }
  return targets;
}

/** Processor seconds that a render takes for its start, told by that of the fewest hosts. */
function startOf(measured: readonly Sized[]): number {
  const [fewest] = measured;
  return fewest === undefined ? 0 : medianOf(fewest.fresh, "processor");
}
