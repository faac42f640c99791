/** The templates: lvsgen's own, overlaid by a user's folder. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { templates } from "#templates";
import type { TemplateTexts } from "../render/engine.ts";

const extension = ".hbs";

/** A folder of templates has a file that no template of lvsgen is replaced by. */
export class TemplateFolderError extends Error {
  override name = "TemplateFolderError";
}

/**
 * Files of the folder replace the templates of the same path, e.g. `director/lvs_dr.sh.hbs`; all others stay.
 * @throws TemplateFolderError for a file that would replace nothing, which is most likely a misspelt name.
 */
export function loadTemplates(folder: string | undefined): TemplateTexts {
  if (folder === undefined) return templates;
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) =>
    file.endsWith(extension),
  );
  if (files.length === 0) throw new TemplateFolderError(`${folder} has no ${extension} files`);
  const overlay = files.map((file) => {
    const name = file.slice(0, -extension.length).replaceAll("\\", "/");
    if (!Object.hasOwn(templates, name)) {
      throw new TemplateFolderError(`${join(folder, file)} replaces no template: lvsgen has ${names()}`);
    }
    return [name, readFileSync(join(folder, file), "utf8")] as const;
  });
  return { ...templates, ...Object.fromEntries(overlay) };
}

function names(): string {
  return Object.keys(templates)
    .map((name) => name + extension)
    .join(", ");
}
