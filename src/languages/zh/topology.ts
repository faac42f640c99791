/** src/base, src/platforms, src/topology: faults of a topology. Terms as in docs/glossary.md. */

import type { Catalogue } from "../say.ts";

export const topology: Catalogue = {
  "{0}, {1}": "{0}、{1}",
  "{0} and {1}": "{0} 和 {1}",
  "{0} or {1}": "{0} 或 {1}",
};
