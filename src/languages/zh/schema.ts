/** schemas/topology.schema.json and src/platforms/features.ts. Terms as in docs/glossary.md. */

import type { Catalogue } from "../say.ts";

export const schema: Catalogue = {};
