/** iptables and nft -> marks, and rules that replace the source address. */

import { phrase, say } from "../../languages/say.ts";
import { canonicalIp } from "../../topology/addresses.ts";
import type { Notes } from "../notes.ts";
import { answered, type Found, lineOf, type Match, type Take, tellUnknown, texts } from "./found.ts";
import type { SimpleCommand } from "./machine.ts";

const ownRules = answered(phrase`lvsgen adds the rules that its services need, and never flushes`);

export const takeIptables: Take = (command, found, notes) => {
  const words = texts(command);
  const target = after(words, "-j", "--jump");
  const removes = words.some((word) => /^(-D|--delete|-C|--check)$/.test(word));
  if (removes) ownRules(command, found, notes);
  else if (target === "MASQUERADE" || target === "SNAT") takeSourceRule(command, found, notes);
  else if (target === "MARK") takeMark(command, words, found, notes);
  else ownRules(command, found, notes);
};

function after(words: readonly string[], ...names: string[]): string | undefined {
  const at = words.findIndex((word) => names.includes(word));
  if (at !== -1) return words[at + 1];
  const long = words.find((word) =>
    names.some((name) => name.startsWith("--") && word.startsWith(`${name}=`)),
  );
  return long?.slice(long.indexOf("=") + 1);
}

function takeSourceRule(command: SimpleCommand, found: Found, notes: Notes): void {
  if (command.unknown !== null) {
    tellUnknown(command, command.unknown, notes);
    return;
  }
  const words = texts(command);
  const match = (...names: string[]): Match | null => {
    const value = after(words, ...names);
    if (value === undefined) return null;
    const at = words.findIndex((word) => names.includes(word));
    // `! -d X`, and the older `-d ! X`.
    const isOlder = value === "!";
    return { value: isOlder ? (words[at + 2] ?? "") : value, isNegated: isOlder || words[at - 1] === "!" };
  };
  const modules = words.filter((_, at) => /^(-m|--match)$/.test(words[at - 1] ?? ""));
  found.sourceRules.push({
    place: command.place,
    text: lineOf(command),
    isIpvs: modules.includes("ipvs"),
    source: match("-s", "--source", "--src"),
    destination: match("-d", "--destination", "--dst"),
    output: match("-o", "--out-interface"),
  });
}

function takeMark(command: SimpleCommand, words: readonly string[], found: Found, notes: Notes): void {
  if (command.unknown !== null) {
    tellUnknown(command, command.unknown, notes);
    return;
  }
  const value = Number(after(words, "--set-mark", "--set-xmark")?.split("/")[0]);
  const protocol = after(words, "-p", "--protocol");
  const vip = canonicalIp((after(words, "-d", "--destination") ?? "").replace(/\/(32|128)$/, ""));
  const ports = (after(words, "--dport", "--dports", "--destination-port") ?? "").split(",").filter(Boolean);
  if (
    Number.isInteger(value) &&
    value > 0 &&
    (protocol === "tcp" || protocol === "udp" || protocol === "sctp") &&
    ports.every((port) => /^\d+([:-]\d+)?$/.test(port))
  )
    found.marks.push({
      value,
      vip,
      protocol,
      ports: ports.map((port) => (/^\d+$/.test(port) ? Number(port) : port.replace(":", "-"))),
      place: command.place,
    });
  else
    notes.notUnderstood(
      command.place,
      say`unreadable firewall rule that sets a mark`,
      say`set vip and ports by hand`,
    );
}

/** `nft add rule ip nat postrouting … masquerade`. */
export const takeNft: Take = (command, found, notes) => {
  // One quoted word is usual.
  const words = texts(command).join(" ").split(/\s+/);
  const isRule = /^(add|insert)$/.test(words[0] ?? "") && words[1] === "rule";
  if (!isRule || !words.some((word) => word === "masquerade" || word === "snat")) {
    ownRules(command, found, notes);
    return;
  }
  if (command.unknown !== null) {
    tellUnknown(command, command.unknown, notes);
    return;
  }
  const match = (...names: string[]): Match | null => {
    const at = words.findIndex((word) => names.includes(word));
    if (at === -1) return null;
    const isNegated = words[at + 1] === "!=";
    return { value: (words[at + (isNegated ? 2 : 1)] ?? "").replaceAll('"', ""), isNegated };
  };
  found.sourceRules.push({
    place: command.place,
    text: lineOf(command),
    isIpvs: false,
    source: match("saddr"),
    destination: match("daddr"),
    output: match("oifname", "oif"),
  });
};
