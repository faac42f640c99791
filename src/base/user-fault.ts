/**
 * An error for the user to fix, or of the machine. Each folder throws its own kind; src/commands/boundary.ts has the exit
 * status of each. Every other error is a bug of lvsgen.
 */

import { inLanguage, phrase } from "../languages/say.ts";

export type FaultKind =
  | "problem"
  | "usage"
  | "templates"
  | "template"
  | "output"
  | "lint"
  | "lab"
  | "ssh"
  | "system"
  | "interrupted";

export abstract class UserFault extends Error {
  abstract readonly kind: FaultKind;
}

/** Codes of errno(3) in words. */
const refusals: Readonly<Record<string, string>> = {
  ENOENT: phrase`no such folder`,
  EACCES: phrase`no permission`,
  EPERM: phrase`no permission`,
  EROFS: phrase`its file system is read-only`,
  ENOSPC: phrase`its file system is full`,
  EDQUOT: phrase`its quota is used up`,
  EFBIG: phrase`the file would be too large`,
  ENOTEMPTY: phrase`the folder there is not empty`,
  ENOTDIR: phrase`a part of the path is a file`,
  ELOOP: phrase`its symbolic links are circular`,
  EBUSY: phrase`it is a mount point, which cannot be replaced: use a folder inside it`,
  // As of a folder that a container's image brought: Documentation/filesystems/overlayfs.rst, "renaming directories".
  EXDEV: phrase`it is on another file system, or layer, than its parent folder: use a folder inside it`,
  EBADF: phrase`it is not open for writing`,
  EIO: phrase`the device failed, or the terminal is gone`,
};

/** Why the system refused something, or null for an error that is not the system's. */
export function refusalOf(error: unknown): string | null {
  if (!(error instanceof Error) || !("code" in error) || !("syscall" in error)) return null;
  const refusal = refusals[String(error.code)];
  return refusal === undefined ? error.message : inLanguage(refusal);
}
