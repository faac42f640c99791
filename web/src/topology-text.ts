/** A topology as it is typed. */
export interface TopologyText {
  readonly text: string;
  /** Its ending tells JSON from YAML. */
  readonly name: string;
}
