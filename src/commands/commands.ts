/** Every command: one row each. */

import type { CommandModule } from "yargs";

export interface LazyCommand {
  readonly command: string;
  readonly describe: string;
  /** Imported when the command is asked for: each brings what only it needs. */
  readonly load: () => Promise<CommandModule<object, never>>;
}

export const commands: readonly LazyCommand[] = [
  {
    command: "init [file]",
    describe: "Write a first topology",
    load: async () => plain((await import("./init.ts")).initCommand),
  },
  {
    command: "import <files..>",
    describe: "Make a topology of what runs today",
    load: async () => plain((await import("./import.ts")).importCommand),
  },
  {
    command: "validate [file]",
    describe: "Check a topology against schema and rules",
    load: async () => plain((await import("./validate.ts")).validateCommand),
  },
  {
    command: "render <file>",
    describe: "Render the scripts and units of every host",
    load: async () => plain((await import("./render.ts")).renderCommand),
  },
  {
    command: "plan <file>",
    describe: "Show the ordered desired state of each host",
    load: async () => plain((await import("./plan.ts")).planCommand),
  },
  {
    command: "graph <file>",
    describe: "Draw the cluster: VIPs, directors, servers, ways",
    load: async () => plain((await import("./graph.ts")).graphCommand),
  },
  {
    command: "diff <old> <new>",
    describe: "Tell what changes for whom between two topologies",
    load: async () => plain((await import("./diff.ts")).diffCommand),
  },
  {
    command: "lint [paths..]",
    describe: "Check generated scripts, units and the manifest",
    load: async () => plain((await import("./lint.ts")).lintCommand),
  },
  {
    command: "lab <file>",
    describe: "Prove a topology in a real kernel",
    load: async () => (await import("./lab.ts")).labCommand as CommandModule<object, never>,
  },
  {
    command: "deploy <file>",
    describe: "Bring the files to the hosts by ssh, real servers first",
    load: async () => plain((await import("./deploy.ts")).deployCommand),
  },
  {
    command: "status <file>",
    describe: "Show every host's state in one table, by ssh",
    load: async () => plain((await import("./status.ts")).statusCommand),
  },
  {
    command: "verify <file>",
    describe: "Request each VIP from here and show who answers",
    load: async () => plain((await import("./verify.ts")).verifyCommand),
  },
  {
    command: "web",
    describe: "Serve the playground on this machine",
    load: async () => plain((await import("./web.ts")).webCommand),
  },
];

/** yargs' own type for a command whose arguments are not told: nobody but the command itself looks at them. */
function plain<T>(command: CommandModule<object, T>): CommandModule<object, never> {
  return command as unknown as CommandModule<object, never>;
}
