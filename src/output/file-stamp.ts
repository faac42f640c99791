/**
 * The file system's data of a file: they change with every change of the file, as only the kernel sets its change time.
 */
export interface FileStamp {
  /** Bytes. */
  readonly size: number;
  /** Permission bits. */
  readonly mode: number;
  /** Milliseconds, with fractions. */
  readonly mtime: number;
  readonly ctime: number;
  readonly inode: number;
}
