/**
 * The topology as written -> the same without short forms, and where each of its places was written. Everything after
 * this sees long forms only.
 */

import type { Finding } from "../diagnostics.ts";
import { writtenSchema } from "../schema.ts";
import { expandHosts } from "./expand-hosts.ts";
import { expandLists } from "./expand-lists.ts";
import { expandServices } from "./expand-services.ts";
import type { Source } from "./origins.ts";
import { writeOutValues } from "./plain-values.ts";

export interface LongForm {
  /** The value itself where it has no short forms. */
  readonly value: unknown;
  /** The place as written, of a place in the value. */
  readonly source: Source;
  /** At places as written. Where there is one, the value lacks what it is about. */
  readonly findings: readonly Finding[];
}

/** values -> hosts -> lists of hosts -> services. Pure. */
export function expandShortForms(written: unknown): LongForm {
  const hosts = expandHosts(writeOutValues(written, writtenSchema));
  const lists = expandLists(hosts.value);
  const services = expandServices(lists.value);
  return {
    value: services.value,
    source: (pointer) => hosts.source(lists.source(services.source(pointer))),
    findings: [...hosts.findings, ...lists.findings, ...services.findings].map((finding) => ({
      ...finding,
      pointer: hosts.source(lists.source(finding.pointer)),
    })),
  };
}
