/** A template replaces the one of the same name: any other name is most likely misspelt. */

import { closest } from "../base/suggest.ts";
import type { TemplateTexts } from "./renderer.ts";

/** What is wrong with a template's name; null if there is one of that name. */
export function unknownName(name: string, templates: TemplateTexts): string | null {
  if (Object.hasOwn(templates, name)) return null;
  const meant = closest(name, Object.keys(templates));
  return meant === null
    ? "is not the name of a template: use the name of a file in lvsgen's folder templates"
    : `is not the name of a template: did you mean ${meant}.hbs?`;
}
