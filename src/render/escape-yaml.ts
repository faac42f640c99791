/**
 * Values as YAML and JSON for Ansible: always data. Ansible takes any text with Jinja's delimiters for a template,
 * except one that is tagged `!unsafe` ("Using unsafe and raw strings", Ansible's playbook guide).
 */

import { RenderError, textOf } from "./escape.ts";

/** Texts that need no quotes: they have no indicator, and do not begin like a number or a date. */
const plainScalar = /^[A-Za-z_/][A-Za-z0-9_./-]*$/;

/** Of those, words that YAML 1.1 reads as something else (yaml.org/type: bool, null; PyYAML reads the short ones as text). */
const reservedWord = /^(?:y|yes|n|no|true|false|on|off|null)$/i;

/** The beginnings of Jinja's variables, statements and comments. */
const jinjaDelimiter = /\{[{%#]/;

const loneSurrogate = /\p{Surrogate}/u;

/** A scalar: numbers as they are, texts plain where that is safe, otherwise in double quotes. */
export function yamlScalar(value: unknown): string {
  const text = textOf(value);
  if (typeof value === "number") return text;
  if (loneSurrogate.test(text)) throw new RenderError(`${JSON.stringify(text)} is not valid Unicode`);
  if (plainScalar.test(text) && !reservedWord.test(text)) return text;
  return isTemplate(text) ? `!unsafe ${quoted(text)}` : quoted(text);
}

/** The same as JSON, which has no tags: Ansible reads an object of this one key as such a text. */
export function jsonValue(value: unknown): string {
  const text = textOf(value);
  if (typeof value === "number") return text;
  if (loneSurrogate.test(text)) throw new RenderError(`${JSON.stringify(text)} is not valid Unicode`);
  return isTemplate(text) ? `{ "__ansible_unsafe": ${quoted(text)} }` : quoted(text);
}

/** Whether Ansible would take a text for a template. */
function isTemplate(text: string): boolean {
  return jinjaDelimiter.test(text);
}

/** JSON's quoting is also YAML's, except that YAML needs more characters escaped (YAML 1.1, 5.1: printable characters). */
function quoted(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
