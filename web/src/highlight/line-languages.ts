/** Languages in which every line can be read by itself. */

import { byPatterns, type Highlighter, kindOfGroup } from "./tokens.ts";

function byLine(patterns: RegExp): Highlighter {
  return (lines) => lines.map((line) => byPatterns(line, patterns, kindOfGroup));
}

/** systemd units and ansible.cfg. */
export const ini = byLine(
  /(?<comment>^\s*[#;].*)|(?<heading>^\[[^\]]*\])|(?<name>^[\w-]+(?==|\s=))|(?<number>\b\d+(?:s|ms|min)?\b)/g,
);

export const keepalived = byLine(
  /(?<comment>[#!].*)|(?<string>"[^"]*")|(?<keyword>^\s*(?:global_defs|vrrp_instance|vrrp_sync_group|virtual_server|virtual_server_group|real_server|sorry_server)\b)|(?<name>^\s*[A-Za-z_]\w*)|(?<number>\b\d[\d.:/]*\b)/g,
);

export const yaml = byLine(
  /(?<comment>(?:^|\s)#.*)|(?<name>^\s*(?:- )*[\w.$/-]+(?=:(?:\s|$)))|(?<variable>\{\{.*?\}\})|(?<string>"(?:[^"\\]|\\.)*"|'[^']*')|(?<keyword>\b(?:true|false|null)\b)|(?<number>(?<=[\s[{,])\d[\d.:/]*(?=[\s,\]}]|$))/g,
);

export const json = byLine(
  /(?<name>"(?:[^"\\]|\\.)*"(?=\s*:))|(?<string>"(?:[^"\\]|\\.)*")|(?<keyword>\b(?:true|false|null)\b)|(?<number>-?\b\d+(?:\.\d+)?\b)/g,
);
