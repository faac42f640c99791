/**
 * A file as the file system knows it: another one whenever something is done to the file, as nothing but the clock sets its
 * change time.
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
