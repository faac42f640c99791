/** What a rule is, and what it sees. */

import type { FoundProblem, Severity } from "../topology/diagnostics.ts";
import type { Explained } from "../topology/explain/explanation.ts";
import type { Cluster } from "../topology/model.ts";
import type { FoundSecret } from "../topology/secret-sources.ts";
import type { WholeTopology } from "../topology/whole.ts";
import type { PlacedHost, PlacedService } from "./places.ts";

export interface RuleContext {
  /** As written, without what the schema refused; lists may have holes there (see repair.ts). What is absent is empty. */
  readonly topology: WholeTopology;
  /** Without what could not be resolved. */
  readonly cluster: Cluster;
  /** Passwords, and what is wrong with where they are. */
  readonly secrets: readonly FoundSecret[];
  /** Hosts as written, with their defaults, and their places. */
  readonly hosts: readonly PlacedHost[];
  /** Virtual services as written, and their places. */
  readonly services: readonly PlacedService[];
  /** Names of all hosts as written, of refused ones too. */
  readonly hostNames: readonly string[];
  /** Whether a host of that name was written; true for any where "hosts" itself could not be read. */
  readonly isHost: (name: string) => boolean;
  /** The place in the text of a place here: several services of one list of ports have one. */
  readonly writtenAt: (pointer: string) => string;
  /**
   * Whether nothing was dropped at or inside the place: a rule that concludes from something's absence asks first.
   */
  readonly intact: (pointer: string) => boolean;
  /** Codes of what the rules before this one found. */
  readonly fired: ReadonlySet<string>;
  /** Of every rule, by its code. */
  readonly severities: ReadonlyMap<string, Severity>;
}

/** A rule is one object of one file: its code, its title, its explanation and its check. */
export interface Rule extends Explained {
  /** Pure, and linear in the size of the topology. */
  readonly check: (context: RuleContext) => FoundProblem[];
}
