/** Archives that the kernel unpacks at boot: Linux, Documentation/driver-api/early-userspace/buffer-format.rst. */

export interface CpioEntry {
  /** Without a leading slash. */
  readonly path: string;
  /** Type and permissions, as in st_mode. */
  readonly mode: number;
  /** A file's content, a link's target; empty for a folder. */
  readonly content: Uint8Array;
}

const FOLDER = 0o040755;
const PROGRAM = 0o100755;
const LINK = 0o120777;

export const folder = (path: string): CpioEntry => ({ path, mode: FOLDER, content: new Uint8Array() });
export const program = (path: string, content: Uint8Array): CpioEntry => ({ path, mode: PROGRAM, content });
export const link = (path: string, target: string): CpioEntry => ({
  path,
  mode: LINK,
  content: Buffer.from(target),
});

/** An archive in the format "newc". Folders must come before what is in them. */
export function cpioArchive(entries: readonly CpioEntry[]): Buffer {
  const end: CpioEntry = { path: "TRAILER!!!", mode: 0, content: new Uint8Array() };
  return Buffer.concat([...entries, end].flatMap((entry, index) => parts(entry, index + 1)));
}

function parts({ path, mode, content }: CpioEntry, inode: number): Uint8Array[] {
  const name = Buffer.from(`${path}\0`);
  // c_ino, c_mode, c_uid, c_gid, c_nlink, c_mtime, c_filesize, c_maj, c_min, c_rmaj, c_rmin, c_namesize, c_chksum
  const fields = [inode, mode, 0, 0, 1, 0, content.length, 0, 0, 0, 0, name.length, 0];
  const head = Buffer.from(`070701${fields.map((field) => field.toString(16).padStart(8, "0")).join("")}`);
  return [head, name, padding(head.length + name.length), content, padding(content.length)];
}

/** Names and contents end at a multiple of four bytes. */
function padding(length: number): Uint8Array {
  return new Uint8Array((4 - (length % 4)) % 4);
}
