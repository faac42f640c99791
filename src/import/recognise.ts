/** What kind of text something is, by its content. */

import { inLanguage, phrase, say } from "../languages/say.ts";
import { ImportError } from "./notes.ts";
import { type Source, startOf } from "./place.ts";
import { treeOf } from "./script/parse.ts";

export type Kind = "keepalived" | "ipvsadm" | "ldirectord" | "script";

/** Characters of all texts together. keepalived.conf of 10 000 servers has about 4 million. */
export const maximumLength = 16 * 1024 * 1024;

interface Sign {
  readonly pattern: RegExp;
  readonly kind: Kind;
}

/** The first that fits decides. */
const signs: readonly Sign[] = [
  { pattern: /^#!.*\b(ba|da|a|k|z)?sh\b/, kind: "script" },
  {
    pattern:
      /^[ \t]*(@\^?\w+[ \t]+)?(global_defs|vrrp_instance|vrrp_sync_group|vrrp_script|virtual_server(_group)?|static_ipaddress|include[rmwba]?)\b/m,
    kind: "keepalived",
  },
  // Before the texts of assignments, as its settings look like them.
  {
    pattern:
      /^(virtual6?|checktimeout|negotiatetimeout|checkinterval|failurecount|quiescent|autoreload)[ \t]*=/m,
    kind: "ldirectord",
  },
  { pattern: /^IP Virtual Server version/m, kind: "ipvsadm" },
  { pattern: /^(TCP|UDP|SCTP|FWM)[ \t]+\S+[^\n]*\n[ \t]*->/m, kind: "ipvsadm" },
  {
    pattern: /^[ \t]*(-A|-a|--add-service|--add-server)[tu]?[ \t]+(-[tuf6]|--[a-z-]+-service|\S+:)/m,
    kind: "ipvsadm",
  },
  { pattern: /^[^#\n]*\b(ipvsadm|ifconfig|ip[ \t]+(-\d[ \t]+)?addr(ess)?)\b/m, kind: "script" },
];

/** Texts that are easily mistaken for the right ones, with what to do instead. */
const nearMisses: readonly { readonly pattern: RegExp; readonly message: string; readonly hint: string }[] = [
  {
    pattern: /^IPVS connection entries/m,
    message: phrase`the text is a list of connections (ipvsadm -Lnc), which has neither schedulers nor forwarding methods`,
    hint: phrase`import the output of 'ipvsadm -Sn' instead`,
  },
  {
    pattern: /^\s*\[\s*\{/,
    message: phrase`the text is JSON, like the output of 'ip -j addr'`,
    hint: phrase`import the output of 'ipvsadm -Sn', and pass this one with --addresses`,
  },
  {
    pattern: /^\s*(\{|version:|name:)/,
    message: phrase`the text looks like a topology`,
    hint: phrase`run 'lvsgen validate' on it`,
  },
];

/** @throws ImportError where the text is of no known kind */
export function recognise(source: Source): Kind {
  const { text } = source;
  refuse(source);
  const sign = signs.find(({ pattern }) => pattern.test(text));
  const miss = nearMisses.find(({ pattern }) => pattern.test(text));
  if (miss !== undefined && sign?.kind !== "keepalived" && sign?.kind !== "ipvsadm") {
    throw new ImportError(startOf(source), inLanguage(miss.message), inLanguage(miss.hint));
  }
  if (sign !== undefined) return sign.kind;
  if (isAssignments(source)) return "script";
  throw new ImportError(
    startOf(source),
    say`unknown kind of text: neither 'ipvsadm -Sn' output, nor a keepalived.conf, nor a script that calls ipvsadm or ip`,
    say`run 'ipvsadm -Sn' on the director as root and import its output`,
  );
}

/** Files with more are no settings of a script. */
const mostSettings = 100_000;

/** Assignments alone: a part of a script, that it sources. */
function isAssignments(source: Source): boolean {
  if (source.text.length > mostSettings) return false;
  const { statements, errors } = treeOf(source);
  const isOne = ({ command }: (typeof statements)[number]) =>
    command.type === "Command" &&
    (command.name === undefined || /^(export|declare|typeset|readonly)$/.test(command.name.value));
  return statements.length > 0 && errors.length === 0 && statements.every(isOne);
}

/** @throws ImportError for a text that is binary, empty or too large */
export function refuse(source: Source): void {
  const { text } = source;
  if (text.length > maximumLength) {
    throw new ImportError(
      startOf(source),
      say`the text is larger than 16 MiB`,
      say`import one cluster at a time`,
    );
  }
  const nul = text.indexOf("\0");
  if (nul !== -1) {
    const before = text.slice(0, nul);
    const line = before.split("\n").length;
    throw new ImportError(
      { source, line, column: nul - before.lastIndexOf("\n") },
      say`the text has a NUL character`,
      say`save it as UTF-8 text (not UTF-16)`,
    );
  }
  if (text.trim() === "") {
    throw new ImportError(
      startOf(source),
      say`the text is empty`,
      say`run 'ipvsadm -Sn' as root: it prints nothing otherwise`,
    );
  }
}
