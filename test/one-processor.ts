/** A worker and all it starts keep to one processor: its kernels are twice as fast there (src/lab/backends/processors.ts). */

import { execFileSync } from "node:child_process";
import { allowedProcessors } from "../src/lab/backends/processors.ts";

const processors = allowedProcessors();
// Workers of one run get different ones, and several runs at once begin with different ones.
const processor = processors[(Number(process.env.VITEST_POOL_ID ?? 0) + process.ppid) % processors.length];
execFileSync("taskset", ["--all-tasks", "--cpu-list", "--pid", `${processor}`, `${process.pid}`]);
