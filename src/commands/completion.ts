/** `lvsgen completion`: what makes a shell ask lvsgen for words (complete.ts answers). */

import yargs from "yargs";
import { defineCommand } from "./arguments.ts";
import { writeData } from "./streams.ts";

export const completionCommand = defineCommand(
  {
    positionals: {},
    options: {},
    epilogue: "bash: source <(lvsgen completion), in ~/.bashrc; zsh: the same after compinit, in ~/.zshrc",
  },
  async () => {
    let script = "";
    await yargs()
      .scriptName("lvsgen")
      .exitProcess(false)
      .completion("completion")
      // With a callback yargs hands over its output instead of writing it by itself.
      .parseAsync(["completion"], {}, (_error, _args, output) => {
        script = output;
      });
    writeData(`${script}\n`);
  },
);
