/**
 * A processor for each kernel: the processes of a User-Mode Linux take turns, never run at once, and to wake one on
 * another processor costs more than it does. A kernel that wanders takes twice as long.
 */

import { readFileSync } from "node:fs";
import { findProgram } from "./programs.ts";

/**
 * The command, kept on one of the processors this process may use.
 *
 * @param place which of several kernels at once it is, from 0: those get different processors, as far as they go round
 */
export function onOneProcessor(place: number, command: readonly string[]): string[] {
  const taskset = findProgram("taskset");
  const processors = allowedProcessors();
  // Labs of different people start with different ones.
  const processor = processors[(process.pid + place) % processors.length];
  if (taskset === null || processor === undefined) return [...command];
  return [taskset, "--cpu-list", `${processor}`, ...command];
}

/** Numbers of the processors this process may use; proc(5): `Cpus_allowed_list: 0-1,4` */
export function allowedProcessors(): number[] {
  const list = /^Cpus_allowed_list:\s*(\S+)/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1] ?? "";
  return list.split(",").flatMap((range) => {
    const [first = 0, last = first] = range.split("-").map(Number);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
}
