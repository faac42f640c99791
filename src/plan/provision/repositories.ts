/** Where a package manager is told to get its packages. */

export interface Repositories {
  /** Configuration of its own, whole files. */
  readonly files: readonly RepositoryFile[];
  /** The distribution's own files, which are set aside as long as these are here. */
  readonly instead: readonly string[];
}

export interface RepositoryFile {
  readonly path: string;
  readonly lines: readonly string[];
}
