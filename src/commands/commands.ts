/** Every command: one row each. */

import type { Command } from "./arguments.ts";

export interface LazyCommand {
  readonly name: string;
  /** As it is typed: `render <file>`. */
  readonly command: string;
  readonly describe: string;
  /** Imported when the command runs: each loads what only it needs. */
  readonly load: () => Promise<Command>;
}

export const commands: readonly LazyCommand[] = [
  row("init [file]", "Write a first topology", async () => (await import("./init.ts")).initCommand),
  row(
    "import <files..>",
    "Make a topology from a running cluster",
    async () => (await import("./import.ts")).importCommand,
  ),
  row(
    "validate [files..]",
    "Check topologies with the schema and the rules",
    async () => (await import("./validate.ts")).validateCommand,
  ),
  row(
    "render <file>",
    "Render the scripts and units of every host",
    async () => (await import("./render.ts")).renderCommand,
  ),
  row(
    "plan <file>",
    "Show the ordered desired state of each host",
    async () => (await import("./plan.ts")).planCommand,
  ),
  row(
    "graph <file>",
    "Draw the cluster: VIPs, directors, servers, paths",
    async () => (await import("./graph.ts")).graphCommand,
  ),
  row(
    "diff <old> <new>",
    "Show what changes between two topologies, and for whom",
    async () => (await import("./diff.ts")).diffCommand,
  ),
  row(
    "lint [paths..]",
    "Check generated scripts, units and the manifest",
    async () => (await import("./lint.ts")).lintCommand,
  ),
  row("lab [file]", "Test a topology in a real kernel", async () => (await import("./lab.ts")).labCommand),
  row(
    "deploy <file>",
    "Copy the files to the hosts by ssh and start them, real servers first",
    async () => (await import("./deploy.ts")).deployCommand,
  ),
  row(
    "status <file>",
    "Show every host's state in one table, by ssh",
    async () => (await import("./status.ts")).statusCommand,
  ),
  row(
    "drain <file> <host>",
    "Send no new connections to a real server or director, and wait until it has none",
    async () => (await import("./drain.ts")).drainCommand,
  ),
  row(
    "undrain <file> <host>",
    "End a drain: a server has its weight again, a director its place",
    async () => (await import("./drain.ts")).undrainCommand,
  ),
  row(
    "roll <file>",
    "Run a command on one host after the other, each drained meanwhile",
    async () => (await import("./roll.ts")).rollCommand,
  ),
  row(
    "verify <file>",
    "Send requests to each VIP and show which servers answer",
    async () => (await import("./verify.ts")).verifyCommand,
  ),
  row(
    "retire <hosts..>",
    "Take lvsgen off hosts, by what they have themselves: no topology needs to name them",
    async () => (await import("./retire.ts")).retireCommand,
  ),
  row(
    "undeploy <file>",
    "Take lvsgen off all hosts of a topology, directors first",
    async () => (await import("./undeploy.ts")).undeployCommand,
  ),
  row(
    "schema [file]",
    "Print the topology's JSON Schema, or write it beside a topology",
    async () => (await import("./schema.ts")).schemaCommand,
  ),
  row("web", "Serve the playground on this machine", async () => (await import("./web.ts")).webCommand),
  row(
    "completion",
    "Print a shell completion script",
    async () => (await import("./completion.ts")).completionCommand,
  ),
];

function row(command: string, describe: string, load: () => Promise<Command>): LazyCommand {
  return { name: command.split(" ")[0] ?? command, command, describe, load };
}

export interface FoundCommand {
  readonly row: LazyCommand;
  /** All words but its name. */
  readonly rest: readonly string[];
}

/** The command that words name: by the first one, or, after options, by the first that is a command's name. */
export function findCommand(words: readonly string[]): FoundCommand | null {
  const index = words[0]?.startsWith("-") ? words.findIndex((word) => rowOf(word) !== undefined) : 0;
  const found = rowOf(words[index] ?? "");
  return found === undefined ? null : { row: found, rest: words.toSpliced(index, 1) };
}

function rowOf(word: string): LazyCommand | undefined {
  return commands.find(({ name }) => name === word);
}
