/** A template replaces the one of the same name: another name is most likely a misspelt one. */

import { closest } from "../base/suggest.ts";
import type { TemplateTexts } from "./renderer.ts";

/** What to say of a name that none of the templates has; null for one that some has. */
export function unknownName(name: string, templates: TemplateTexts): string | null {
  if (Object.hasOwn(templates, name)) return null;
  const meant = closest(name, Object.keys(templates));
  return meant === null
    ? "replaces no template: their names are those of the files in lvsgen's folder templates"
    : `replaces no template: did you mean ${meant}?`;
}
