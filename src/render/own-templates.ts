/** lvsgen's own templates as texts, for callers that replace some of them. Others use own-renderer.ts. */

import { templates as texts } from "#templates";
import type { TemplateTexts } from "./renderer.ts";

/** By name, as `director/lvs_dr.sh`: for renderCluster, some of them replaced. */
export const templates: TemplateTexts = texts;
