/** Where a folder really is, or will be. */

import { existsSync, lstatSync, readlinkSync, realpathSync } from "node:fs";
import { basename, dirname, isAbsolute, join, resolve } from "node:path";

/** As many as Linux follows: path_resolution(7). */
const mostLinks = 40;

/**
 * Follows symbolic links as the kernel does, to a place where nothing is too: the folder may be made there, or come back.
 * Node's realpath wants it to be there.
 *
 * @returns absolute
 * @throws Error of the file system, where links lead in a circle or a part of the path cannot be looked at
 */
export function realPlace(path: string, linksLeft = mostLinks): string {
  if (existsSync(path) || linksLeft === 0) return realpathSync.native(path);
  const parent = dirname(path);
  if (parent === path) return resolve(path);
  const place = join(realPlace(parent, linksLeft), basename(path));
  if (lstatSync(place, { throwIfNoEntry: false })?.isSymbolicLink() !== true) return place;
  const target = readlinkSync(place);
  // Not joined: "link/.." is a folder above the link's target.
  return realPlace(isAbsolute(target) ? target : `${dirname(place)}/${target}`, linksLeft - 1);
}
