/** Reads the secrets that a topology points to, from the environment and from files beside it. */

import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { inLanguage, phrase, say } from "../languages/say.ts";
import type { ReadSecret } from "../topology/secret-sources.ts";

/** Bytes; a longer file is not a password. */
const maximumBytes = 4096;

const words: Readonly<Record<string, string>> = {
  ENOENT: phrase`does not exist`,
  EACCES: phrase`cannot be read by this user`,
  EISDIR: phrase`is a folder`,
  ELOOP: phrase`is a circular symbolic link`,
};

/** @param topologyFile path or `-`; files are relative to its folder, or to the working directory for `-` */
export function secretReader(topologyFile: string): ReadSecret {
  const folder = topologyFile === "-" ? "." : dirname(topologyFile);
  return (source) => ("env" in source ? fromEnvironment(source.env) : fromFile(resolve(folder, source.file)));
}

function fromEnvironment(name: string): string {
  const text = process.env[name];
  if (text === undefined || text === "") throw new Error(say`is not set`);
  return text;
}

/** Without the line's end that an editor leaves. */
function fromFile(path: string): string {
  let descriptor: number | null = null;
  try {
    descriptor = openSync(path, "r");
    if (!fstatSync(descriptor).isFile()) throw new Error(say`is not a regular file`);
    const bytes = Buffer.alloc(maximumBytes + 1);
    const length = readSync(descriptor, bytes);
    if (length > maximumBytes) throw new Error(say`is larger than ${maximumBytes} bytes`);
    return bytes.toString("utf8", 0, length).replace(/\r?\n$/, "");
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const known = words[code ?? ""];
    if (known !== undefined) throw new Error(inLanguage(known));
    throw new Error(code === undefined ? message : say`cannot be read (${code})`);
  } finally {
    if (descriptor !== null) closeSync(descriptor);
  }
}
