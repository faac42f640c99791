/** `lvsgen completion`: a script with which a shell asks lvsgen for words (complete.ts answers). */

import yargs from "yargs";
import { defineCommand } from "./arguments.ts";
import { writeData } from "./streams.ts";

export const completionCommand = defineCommand(
  {
    positionals: {},
    options: {},
    epilogue: "bash: add source <(lvsgen completion) to ~/.bashrc; zsh: add it after compinit to ~/.zshrc",
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
