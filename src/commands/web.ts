/** `lvsgen web`: the playground, on loopback. */

import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { CommandModule } from "yargs";
import { type Served, serveFolder } from "../web/serve-folder.ts";
import { UsageError, writeData, writeNote } from "./shared.ts";

interface WebArguments {
  readonly port: number;
}

const defaultPort = 8017;

/** Beside the bundle that this becomes a part of. */
const page = fileURLToPath(new URL("./web/", import.meta.url));

export const webCommand: CommandModule<object, WebArguments> = {
  command: "web",
  describe: "Serve the playground on this machine",
  builder: (yargs) =>
    yargs
      .option("port", {
        type: "number",
        requiresArg: true,
        default: defaultPort,
        describe: "Port on 127.0.0.1; 0 takes one that is free",
      })
      .epilogue(
        "Prints the page's address and serves until Ctrl-C. The page works without lvsgen: any web server may serve it.",
      ) as never,
  handler: web,
};

/** serve -> tell where -> until somebody ends it. */
async function web({ port }: WebArguments): Promise<void> {
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    throw new UsageError("--port is a number from 0 to 65535; 0 takes a free one");
  if (!existsSync(page))
    throw new UsageError(`there is no built page at ${page}: build it with 'npm run build:web'`);
  const served = await serve(port);
  const end = endAsked();
  writeData(`${served.url}\n`);
  writeNote("the playground is served on this machine only; Ctrl-C ends it");
  await end;
  await served.close();
}

async function serve(port: number): Promise<Served> {
  try {
    return await serveFolder(page, port);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "EADDRINUSE")
      throw new UsageError(`port ${port} is in use: name another with --port, or 0 for a free one`);
    if (code === "EACCES")
      throw new UsageError(`no permission to take port ${port}: name one above 1023 with --port`);
    throw code === undefined ? error : new UsageError(`cannot serve the page: ${message}`);
  }
}

function endAsked(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
  });
}
