/** Where User-Mode Linux keeps its memory: in a file, which is removed at once and grows as it is used. */

import { readFileSync, statfsSync } from "node:fs";
import { tmpdir } from "node:os";

/** Free MB at which no kernel runs out of it. */
const ENOUGH_MB = 1024;

/** Free MB below which one would end by SIGBUS before it has built a lab. */
const LEAST_MB = 256;

interface Place {
  readonly folder: string;
  readonly free: number;
}

/**
 * A folder in memory where there is room, else where there is more; a file on a disk is written to it again and again.
 * Null where none has room.
 */
export function memoryFolder(places: readonly Place[] = candidates()): string | null {
  const roomiest = places.toSorted((one, other) => other.free - one.free)[0];
  const best = places.find(({ free }) => free >= ENOUGH_MB) ?? roomiest;
  return best !== undefined && best.free >= LEAST_MB ? best.folder : null;
}

/** Why there is no room for a kernel's memory, with the remedy; null where there is. */
export function memoryObstacle(places: readonly Place[] = candidates()): string | null {
  if (memoryFolder(places) !== null) return null;
  const found = places.map(({ folder, free }) => `${folder} has ${free} MB`).join(", ");
  return `User-Mode Linux keeps its memory in a file of ${LEAST_MB} MB or more (${found}): set TMPDIR to a folder with room`;
}

function candidates(): Place[] {
  return [...new Set(["/dev/shm", tmpdir()])].flatMap((folder) => {
    try {
      const { bavail, bsize } = statfsSync(folder);
      // It runs programs from there.
      return isNoexec(folder) ? [] : [{ folder, free: Math.floor((bavail * bsize) / 2 ** 20) }];
    } catch {
      return [];
    }
  });
}

/** proc_pid_mounts(5): device, mount point, type, options */
function isNoexec(folder: string): boolean {
  const mounts = readFileSync("/proc/self/mounts", "utf8")
    .split("\n")
    .map((line) => line.split(" "));
  const options = mounts.findLast(([, point]) => point === folder)?.[3] ?? "";
  return options.split(",").includes("noexec");
}
