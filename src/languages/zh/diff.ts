/** src/diff: what changes for whom. Terms as in docs/glossary.md. */

import type { Catalogue } from "../say.ts";

export const diff: Catalogue = {};
