/** Where a folder really is, or will be. */

import { existsSync, lstatSync, readlinkSync, realpathSync } from "node:fs";
import { basename, dirname, isAbsolute, join, resolve } from "node:path";

/** As many as Linux follows: path_resolution(7). */
const mostLinks = 40;

/**
 * Follows symbolic links like the kernel, also to a missing folder, which may be made later. Node's realpath needs it to
 * exist.
 *
 * @returns absolute
 * @throws Error of the file system, if links are circular or a part of the path cannot be read
 */
export function realPlace(path: string, linksLeft = mostLinks): string {
  if (existsSync(path) || linksLeft === 0) return realpathSync.native(path);
  const parent = dirname(path);
  if (parent === path) return resolve(path);
  const place = join(realPlace(parent, linksLeft), basename(path));
  if (lstatSync(place, { throwIfNoEntry: false })?.isSymbolicLink() !== true) return place;
  const target = readlinkSync(place);
  // Not joined: "link/.." is the folder above the link's target.
  return realPlace(isAbsolute(target) ? target : `${dirname(place)}/${target}`, linksLeft - 1);
}
