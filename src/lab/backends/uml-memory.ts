/** Where User-Mode Linux keeps its memory: in a file, which is removed at once and grows as it is used. */

import { accessSync, constants, readFileSync, realpathSync, statfsSync } from "node:fs";
import { tmpdir } from "node:os";

/** Free MB at which two kernels at once, as many as there are by default, do not run out of it. */
const ENOUGH_MB = 2048;

/** Free MB below which one would end by SIGBUS before it has built a lab. */
const LEAST_MB = 256;

export interface Place {
  readonly folder: string;
  /** MB. */
  readonly free: number;
  /** Why it will not do, whatever is free; null where it will. */
  readonly fault: string | null;
}

/**
 * A folder in memory where there is room, else where there is more; a file on a disk is written to it again and again.
 * Null where none will do.
 */
export function memoryFolder(places: readonly Place[] = candidates()): string | null {
  const usable = places.filter(({ fault, free }) => fault === null && free >= LEAST_MB);
  const roomiest = usable.toSorted((one, other) => other.free - one.free)[0];
  return (usable.find(({ free }) => free >= ENOUGH_MB) ?? roomiest)?.folder ?? null;
}

/** Why there is no place for a kernel's memory, with the remedy; null where there is. */
export function memoryObstacle(places: readonly Place[] = candidates()): string | null {
  if (memoryFolder(places) !== null) return null;
  const found = places.map(({ folder, free, fault }) => `${folder} ${fault ?? `has ${free} MB`}`).join(", ");
  return `User-Mode Linux runs from a file of ${LEAST_MB} MB or more (${found}): set TMPDIR to a folder that will do`;
}

function candidates(): Place[] {
  return [...new Set(["/dev/shm", tmpdir()])].map((folder) => {
    try {
      const { bavail, bsize } = statfsSync(folder);
      accessSync(folder, constants.W_OK);
      const fault = isNoexec(realpathSync(folder)) ? "is mounted noexec" : null;
      return { folder, free: Math.floor((bavail * bsize) / 2 ** 20), fault };
    } catch {
      return { folder, free: 0, fault: "cannot be written" };
    }
  });
}

/** proc_pid_mounts(5): device, mount point, type, options. Of two at one point the later one counts. */
export function isNoexec(path: string, mounts = readFileSync("/proc/self/mounts", "utf8")): boolean {
  const rows = mounts.split("\n").map((line) => line.split(" "));
  const above = rows.filter(([, point = ""]) => `${path}/`.startsWith(point === "/" ? "/" : `${point}/`));
  const longest = Math.max(...above.map(([, point = ""]) => point.length));
  const options = above.findLast(([, point = ""]) => point.length === longest)?.[3] ?? "";
  return options.split(",").includes("noexec");
}
