/** src/import: notes. Terms as in docs/glossary.md. */

import type { Catalogue } from "../say.ts";

export const importing: Catalogue = {
  "{0} note": "{0} 条说明",
};
