/** man/lvsgen.1: the command line for man(1). */

import type { ArgumentRow } from "../src/commands/argument-rows.ts";
import type { CommandLine } from "./command-line.ts";

const head = (date: string): string => `\
.\\" Generated from src/commands by npm run generate; do not edit.
.TH LVSGEN 1 "${date}" "lvsgen" "User commands"
.SH NAME
lvsgen \\- Linux Virtual Server clusters from one typed topology
.SH SYNOPSIS
.B lvsgen
.I command
.RI [ arguments ]
.SH DESCRIPTION
A topology, in JSON or YAML, names the hosts of a Linux Virtual Server cluster, its virtual services and its real
servers.
From it lvsgen renders what each host needs: idempotent shell scripts, systemd units or init scripts, a configuration
of keepalived, and an Ansible project.
It checks the topology, tests the scripts in a real kernel, and deploys them to the hosts.
.PP
Data goes to standard output, messages to standard error.
A file called
.B \\-
is standard input, and for
.B init
standard output.
.B \\-h
is
.BR \\-\\-help ,
.B \\-v
is
.BR \\-\\-version .
.PP
.B \\-\\-lang en
or
.BR "\\-\\-lang zh" ,
before or behind the command's name, is the language of messages.
What lvsgen generates is English in any language, and codes and keys of JSON are the same.
.SH COMMANDS
`;

const tail = `\
.SH EXIT STATUS
.TP
.B 0
Success.
.TP
.B 1
The input or the output has problems: a topology with errors, findings, stale files, drift, a failed check or host.
.TP
.B 2
Wrong usage, or lvsgen itself failed.
.SH ENVIRONMENT
.TP
.BR LC_ALL ", " LC_MESSAGES ", " LANG
The first of them that is set decides the language of messages, without
.BR \\-\\-lang :
Chinese for zh, zh_CN, zh_SG and zh\\-Hans in UTF\\-8, English for all others.
.TP
.B NO_COLOR
No colours, even on a terminal.
.TP
.B LVSGEN_SUDO_PASSWORD
The sudo password, with
.BR \\-\\-ask\\-sudo\\-password .
.TP
.B LVSGEN_DEBUG
Shows where an internal error happened.
.SH EXAMPLES
.nf
lvsgen init cluster.yaml
lvsgen validate cluster.yaml
lvsgen lab cluster.yaml
lvsgen render cluster.yaml \\-\\-out out
lvsgen deploy cluster.yaml \\-\\-try 120
.fi
.SH SEE ALSO
.BR ipvsadm (8),
.BR keepalived (8),
.BR ansible\\-playbook (1),
.BR shellcheck (1)
`;

/** @param changelog the date of its newest version is the page's, which changes with versions only */
export function manPage(commands: readonly CommandLine[], changelog: string): string {
  const date = /^## \S+ \((\d{4}-\d\d-\d\d)\)$/m.exec(changelog)?.[1];
  if (date === undefined) throw new Error("CHANGELOG.md has no version with a date");
  return `${head(date)}${commands.map(section).join("")}${tail}`;
}

function section({ usage, describe, positionals, options, epilogue }: CommandLine): string {
  const [name = "", ...words] = usage.split(" ");
  const parts = [
    `.SS ${roff(`lvsgen ${name} ${words.join(" ")}`.trim())}\n${roff(describe)}.\n`,
    ...[...positionals, ...options].map(paragraph),
    ...(epilogue === "" ? [] : [`.PP\n.nf\n${epilogue.split("\n").map(roff).join("\n")}\n.fi\n`]),
  ];
  return parts.join("");
}

function paragraph({ name, value, describe, choices, default: standard }: ArgumentRow): string {
  const tag = name.startsWith("--")
    ? `.BI "${roff(name)}"${value === "" ? "" : ` " ${value}"`}`
    : `.I ${roff(name)}`;
  const more = [
    ...(choices.length > 0 ? [`One of ${choices.join(", ")}.`] : []),
    ...(standard === null ? [] : [`The default is ${standard}.`]),
  ];
  return `.TP\n${tag}\n${roff([`${describe}.`, ...more].join(" "))}\n`;
}

/** Text without a meaning to roff: a dot or a quote at a line's beginning would be a command. */
function roff(text: string): string {
  return text.replaceAll("\\", "\\e").replaceAll("-", "\\-").replace(/^[.']/, "\\&$&");
}
