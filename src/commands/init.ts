/** `lvsgen init`: a first topology. */

import type { CommandModule } from "yargs";
import { UsageError } from "./shared.ts";

interface InitArguments {
  readonly file: string | undefined;
}

export const initCommand: CommandModule<object, InitArguments> = {
  command: "init [file]",
  describe: "Write a first topology",
  builder: (yargs) => yargs.positional("file", { type: "string" }) as never,
  handler: () => {
    throw new UsageError("not yet");
  },
};
