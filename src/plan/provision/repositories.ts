/** Where a package manager gets its packages. */

export interface Repositories {
  /** Configuration of its own, whole files. */
  readonly files: readonly RepositoryFile[];
  /** The distribution's own files, which are set aside while these exist. */
  readonly instead: readonly string[];
}

export interface RepositoryFile {
  readonly path: string;
  readonly lines: readonly string[];
}
