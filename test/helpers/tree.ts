import { lstatSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";

/** Every file below a folder: its text and whether it can be run, by path. For comparison as a whole. */
export function readTree(root: string, options: { bits?: boolean } = {}): Record<string, string> {
  const paths = readdirSync(root, { recursive: true, encoding: "utf8" }).sort();
  return Object.fromEntries(
    paths.flatMap((path) => {
      const stat = lstatSync(join(root, path));
      if (stat.isDirectory()) return [];
      if (stat.isSymbolicLink()) return [[path, `-> ${readlinkSync(join(root, path))}`]];
      const mode = options.bits === false ? "" : `${(stat.mode & 0o111) !== 0 ? "x" : "-"} `;
      return [[path, mode + readFileSync(join(root, path), "utf8")]];
    }),
  );
}
