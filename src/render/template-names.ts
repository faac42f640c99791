/** A template replaces the one of the same name: any other name is most likely misspelt. */

import { closest } from "../base/suggest.ts";
import type { TemplateTexts } from "./renderer.ts";

/** What is wrong with a name that no template has; null if one has it. */
export function unknownName(name: string, templates: TemplateTexts): string | null {
  if (Object.hasOwn(templates, name)) return null;
  const meant = closest(name, Object.keys(templates));
  return meant === null
    ? "replaces no template: use the names of the files in lvsgen's folder templates"
    : `replaces no template: did you mean ${meant}?`;
}
