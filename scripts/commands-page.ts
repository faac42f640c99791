/** docs/commands.md: the arguments of each command, from the same texts as its help. */

import type { ArgumentRow } from "../src/commands/argument-rows.ts";
import type { CommandLine } from "./command-line.ts";

const introduction = `\
<!-- Generated from src/commands by npm run generate; do not edit. -->

# The command line

\`lvsgen COMMAND --help\` shows the same in the terminal, and so does \`man lvsgen\` if npm installed it. \`-h\` is \`--help\`,
\`-v\` is \`--version\`. A file called \`-\` is standard input, and for \`init\` standard output. Data goes to standard
output, messages to standard error; colours only on a terminal, and never with \`NO_COLOR\`.

\`--lang en\` or \`--lang zh\`, before or behind the command's name, is the language of messages and reports. Without it the
first of \`LC_ALL\`, \`LC_MESSAGES\` and \`LANG\` that is set decides: Chinese for \`zh\`, \`zh_CN\`, \`zh_SG\` and \`zh-Hans\` in
UTF-8, English for all others. Generated files, help and explanations are English in any language, and the codes and keys
of JSON are the same.

Exit status: 0 success, 1 the input or the output has problems (errors, findings, stale files, drift, a failed check or
host), 2 wrong usage, or lvsgen itself failed.
`;

export function commandsPage(commands: readonly CommandLine[]): string {
  return [introduction, ...commands.map(chapter)].join("\n");
}

function chapter({ usage, describe, positionals, options, epilogue }: CommandLine): string {
  const rows = [...positionals, ...options].map(row);
  return [
    `## \`lvsgen ${usage}\`\n`,
    `${describe}.\n`,
    ...(rows.length === 0
      ? []
      : [`| argument | meaning | default |\n| --- | --- | --- |\n${rows.join("\n")}\n`]),
    ...(epilogue === "" ? [] : [`\`\`\`text\n${epilogue}\n\`\`\`\n`]),
  ].join("\n");
}

function row({ name, value, describe, choices, default: standard }: ArgumentRow): string {
  const among = choices.length === 0 ? "" : `: ${choices.map((choice) => `\`${choice}\``).join(" ")}`;
  const typed = `\`${name}${value === "" || !name.startsWith("--") ? "" : ` ${value}`}\``;
  return `| ${typed} | ${cell(describe)}${among} | ${standard === null ? "" : `\`${standard}\``} |`;
}

function cell(text: string): string {
  return text.replaceAll(/[*<>[\]|]/g, "\\$&");
}
