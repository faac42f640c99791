/** The templates: lvsgen's own, overlaid by a user's folder. */

import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { refusalOf, UserFault } from "../base/user-fault.ts";
import { ownRenderer } from "../render/own-renderer.ts";
import type { TemplateTexts } from "../render/renderer.ts";
import type { Renderer } from "../render/renderer-core.ts";
import { unknownName } from "./template-names.ts";

const extension = ".hbs";

/** A folder of templates cannot be read, or has a file that replaces no template. */
class TemplateFolderError extends UserFault {
  override readonly name = "TemplateFolderError";
  override readonly kind = "templates";
}

/**
 * lvsgen's own renderer; files of the folder replace the templates of the same path, e.g. `director/lvs_dr.sh.hbs`; all others stay.
 * @throws TemplateFolderError for what cannot be read, and for a file that would replace nothing, which is most likely a
 *   misspelt name.
 */
export async function loadRenderer(folder: string | undefined): Promise<Renderer> {
  if (folder === undefined) return ownRenderer();
  // Loaded only here: the compiler and the texts are a third of the whole program.
  const [{ createRenderer }, { templates }] = await Promise.all([
    import("../render/renderer.ts"),
    import("#templates"),
  ]);
  return createRenderer(reading(folder, () => overlaid(templates, folder)));
}

function reading<T>(folder: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const reason = refusalOf(error);
    throw reason === null
      ? error
      : new TemplateFolderError(
          `cannot read the template folder ${folder}: ${reason}; use a folder with ${extension} files`,
        );
  }
}

function overlaid(templates: TemplateTexts, folder: string): TemplateTexts {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) =>
    file.endsWith(extension),
  );
  if (files.length === 0)
    throw new TemplateFolderError(`the template folder ${folder} has no ${extension} files`);
  const overlay = files.map((file) => {
    const name = file.slice(0, -extension.length).replaceAll("\\", "/");
    const fault = unknownName(name, templates);
    if (fault !== null) throw new TemplateFolderError(`${join(folder, file)} ${fault}`);
    return [name, readTemplate(join(folder, file))] as const;
  });
  return { ...templates, ...Object.fromEntries(overlay) };
}

/** Bytes: no real template is as large, and reading must end. */
const maximumBytes = 1024 * 1024;

function readTemplate(path: string): string {
  const stat = statSync(path);
  if (!stat.isFile()) throw new TemplateFolderError(`${path} is not a regular file: replace it with one`);
  if (stat.size > maximumBytes)
    throw new TemplateFolderError(`${path} is larger than 1 MiB, which no template is: remove it`);
  return readFileSync(path, "utf8");
}
