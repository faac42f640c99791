/** A file that lvsgen writes: its place below the output folder, its text and its mode. */
export interface Artifact {
  /** With `/` between its parts, e.g. `pi1/lvs_dr.sh`. */
  readonly path: string;
  readonly text: string;
  /** 0o755 for programs, 0o644 for others. */
  readonly mode: number;
}
