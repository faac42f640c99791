/**
 * Loads the parts of the built program with the code that V8 made of them when lvsgen was built: compiling them anew is
 * a third of a short command's time. V8 itself refuses what another version, or other flags, made.
 */

import { readFileSync } from "node:fs";
import nodeModule from "node:module";
import { dirname, join } from "node:path";
import { Script } from "node:vm";

/** Below the program's folder; the name has what the code depends on. */
export const codeFolder = join("code", `v8-${process.versions.v8}-${process.arch}`);

type Require = (name: string) => unknown;

/** Wraps a part as Node does (its manual, "The module wrapper"), on one line, so that lines keep their numbers. */
const wrapper = ["(function (exports, require, module, __filename, __dirname) { ", "\n})"] as const;

/**
 * @param folder the built program's; `./NAME` is a part in it, every other name is Node's
 * @param onLoad is told of each part that was compiled, and its name
 */
export function partLoader(
  nodeRequire: Require,
  folder: string,
  onLoad: (name: string, script: Script) => void = () => {},
): Require {
  const loaded = new Map<string, { exports: unknown }>();
  const load: Require = (name) => {
    if (!name.startsWith("./")) return nodeRequire(name);
    const known = loaded.get(name);
    if (known !== undefined) return known.exports;
    const part = { exports: {} };
    loaded.set(name, part);
    const file = join(folder, name);
    const script = new Script(wrapper.join(readFileSync(file, "utf8")), {
      filename: file,
      cachedData: readCode(folder, name),
    });
    onLoad(name, script);
    script.runInThisContext()(part.exports, load, part, file, dirname(file));
    return part.exports;
  };
  return load;
}

/** The loader, where there is code for this V8; otherwise Node's own, which from 22.1 on keeps code by itself. */
export function fastestLoader(nodeRequire: Require, folder: string): Require {
  if (readCode(folder, "") !== undefined) return partLoader(nodeRequire, folder);
  (nodeModule as { enableCompileCache?: () => void }).enableCompileCache?.();
  return nodeRequire;
}

/** Undefined where there is none. The name "" is of a file that is there where any code is. */
function readCode(folder: string, name: string): Buffer | undefined {
  try {
    return readFileSync(join(folder, codeFolder, `${name}.code`));
  } catch {
    return undefined;
  }
}
