/** What the lab proves with something else than what the topology has. */

export interface Replaced {
  /** The scenario that would have proven it. */
  readonly scenario: string;
  /** Name of a service or a floating address. */
  readonly service: string;
  /** What would have been proven. */
  readonly name: string;
  readonly reason: string;
}
