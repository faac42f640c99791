/** lvsgen's own templates as texts, for whom the compiled ones of own-renderer.ts do not do. */

import { templates as texts } from "#templates";
import type { TemplateTexts } from "./renderer.ts";

/** By name, as `director/lvs_dr.sh`: for renderCluster, some of them replaced. */
export const templates: TemplateTexts = texts;
