/** src/plan, src/render, src/graph: what a host gets. Terms as in docs/glossary.md. */

import type { Catalogue } from "../say.ts";

export const plan: Catalogue = {
  "{0} real server": "{0} 台真实服务器",
};
