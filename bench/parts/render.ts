/** `lvsgen render` at growing numbers of hosts, against writing the same bytes, Jinja2 and Ansible. */

import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statfsSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ansibleCommand } from "../ansible.ts";
import { hostTemplates } from "../host-templates.ts";
import { type Command, type Measured, measure, median, medianOf, ratio, row, rowHead } from "../measure.ts";
import { atLeast, atMost, type Part, type PartOptions, type Table, type Target } from "../part.ts";
import { topologyText } from "../topology.ts";

const programs = join(import.meta.dirname, "../programs");

interface Size {
  readonly hosts: number;
  readonly rounds: number;
  /** Whether Ansible takes part. */
  readonly ansible: boolean;
  /** Whether the files are in memory, where no slow disk hides the work. */
  readonly inMemory: boolean;
}

const sizes: readonly Size[] = [
  { hosts: 10, rounds: 7, ansible: true, inMemory: false },
  { hosts: 100, rounds: 7, ansible: true, inMemory: false },
  { hosts: 1000, rounds: 5, ansible: false, inMemory: false },
  { hosts: 2000, rounds: 7, ansible: false, inMemory: true },
  { hosts: 10_000, rounds: 3, ansible: false, inMemory: false },
];

/** A folder in memory (tmpfs), and the space that it needs, as the outputs of all rounds stay. */
const memory = "/dev/shm";
const memoryNeeded = 4 * 2 ** 30;

interface Sized {
  readonly hosts: number;
  readonly inMemory: boolean;
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
      .map((size) => {
        options.say(`render: ${titleOf(size)}`);
        return size.inMemory ? measureInMemory(size, options) : measureSize(size, options);
      });
    return { targets: targetsOf(measured), tables: measured.map(tableOf) };
  },
};

function titleOf({ hosts, inMemory }: Pick<Size, "hosts" | "inMemory">): string {
  return `${hosts} hosts${inMemory ? `, in memory (${memory})` : ""}`;
}

function measureInMemory(size: Size, options: PartOptions): Sized {
  const { bavail, bsize } = statfsSync(memory);
  if (bavail * bsize < memoryNeeded) throw new Error(`${memory} has less than 4 GiB left`);
  const work = mkdtempSync(join(memory, "lvsgen-bench-"));
  try {
    return measureSize(size, { ...options, work });
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function measureSize({ hosts, rounds: most, ansible, inMemory }: Size, options: PartOptions): Sized {
  const { work: parent, quick } = options;
  const rounds = quick ? 3 : most;
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
    environment: { XDG_CACHE_HOME: join(work, "cache") },
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
  // Last, as it removes the old output: making files right after others were removed can take ten times as long.
  const [changed] = measure([lvsgen("again, 1 % of the hosts changed", later, "out")], rounds) as [Measured];
  const byAnsible = ansible && !quick ? (measure([ansibleCommand(work, templates)], 1)[0] ?? null) : null;
  return { hosts, inMemory, floor, fresh, unchanged, changed, jinja, ansible: byAnsible };
}

/** Writes earlier files to the disk first, so that a command does not wait for files of another one. */
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

function tableOf(sized: Sized): Table {
  const { floor, fresh, unchanged, changed, jinja, ansible } = sized;
  const others = [fresh, unchanged, changed, jinja, ...(ansible === null ? [] : [ansible])];
  return {
    title: `Render: ${titleOf(sized)}`,
    head: rowHead,
    rows: [row(floor, null), ...others.map((other) => row(other, floor))],
  };
}

function targetsOf(measured: readonly Sized[]): Target[] {
  const inMemory = measured.find((sized) => sized.inMemory);
  const large = measured.find(({ hosts }) => hosts === 10_000);
  const thousand = measured.find(({ hosts }) => hosts === 1000);
  const hundred = measured.find(({ hosts }) => hosts === 100);
  const targets: Target[] = [];
  if (large !== undefined) {
    const { floor, fresh, unchanged, changed, jinja } = large;
    const memory = Math.max(...[fresh, unchanged, changed].map((each) => medianOf(each, "memory")));
    targets.push(
      atMost("render of 10 000 hosts", ratio(fresh, floor), 1.6, "x writing"),
      atMost("the same, nothing changed", ratio(unchanged, floor), 1.1, "x writing"),
      atMost("the same, against Jinja2", ratio(fresh, jinja), 1, "x Jinja2"),
      atMost("memory for 10 000 hosts", memory, 250, "MiB"),
    );
  }
  if (inMemory !== undefined) {
    const { floor, fresh, unchanged, jinja } = inMemory;
    targets.push(
      atMost("render of 2 000 hosts in memory", ratio(fresh, floor), 3, "x writing"),
      atMost("the same, nothing changed", ratio(unchanged, floor), 1.5, "x writing"),
      atMost("the same, against Jinja2", ratio(fresh, jinja), 1, "x Jinja2"),
    );
  }
  if (large !== undefined && thousand !== undefined) {
    // Linear: the time per host does not grow. Node's own start is left out of both.
    const perHost = ({ hosts, fresh }: Sized): number =>
      (medianOf(fresh, "processor") - startOf(measured)) / hosts;
    targets.push(
      atMost(
        "processor time per host, 10 000 compared with 1 000 hosts",
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

/** Processor seconds of a render's start, from the render of the fewest hosts. */
function startOf(measured: readonly Sized[]): number {
  const [fewest] = measured;
  return fewest === undefined ? 0 : medianOf(fewest.fresh, "processor");
}
