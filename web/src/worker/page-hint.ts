/** Hints of the command line in words of the page, where they name options and commands that a page does not have. */

import { inLanguage, phrase } from "../../../src/languages/say.ts";

const rows: readonly (readonly [hint: string, onPage: string])[] = [
  [phrase`set it with --name`, phrase`change it in the form or in the text`],
  [
    phrase`set it with --os, or correct defaults.os and hosts.*.os`,
    phrase`correct defaults.os and hosts.*.os`,
  ],
  [phrase`import with --addresses (the output of 'ip -j addr'), or correct it`, phrase`correct it`],
  [
    phrase`import the output of 'ipvsadm -Sn', and pass this one with --addresses`,
    phrase`import the output of 'ipvsadm -Sn'`,
  ],
  [
    phrase`set the director's with --config-id: what its keepalived gets with -i (by default the first part of its host name)`,
    phrase`keep only the lines that are for one director`,
  ],
  [phrase`'lvsgen init' writes a first topology`, phrase`start from a first cluster or an example`],
  [phrase`run 'lvsgen validate' on it`, phrase`correct it until it has hosts, directors or virtualServices`],
];

/** @param hint in the language that was chosen */
export function pageHint(hint: string): string {
  const row = rows.find(([own]) => inLanguage(own) === hint);
  return row === undefined ? hint : inLanguage(row[1]);
}
