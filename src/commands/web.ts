/** `lvsgen web`: the playground, on loopback. */

import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { askedToEnd } from "../base/ending.ts";
import { say } from "../languages/say.ts";
import { type Served, serveFolder } from "../web/serve-folder.ts";
import { defineCommand, type Values } from "./arguments.ts";
import { UsageError, writeData, writeNote } from "./shared.ts";

/** Beside the built bundle. */
const page = fileURLToPath(new URL("./web/", import.meta.url));

const options = {
  port: {
    kind: "number",
    least: 0,
    most: 65_535,
    whole: true,
    default: 8017,
    describe: "Port on 127.0.0.1; 0 takes a free one",
  },
} as const;

export const webCommand = defineCommand(
  {
    positionals: {},
    options,
    epilogue:
      "Prints the page's address and serves it until Ctrl-C. Any other web server can serve the page too.",
  },
  web,
);

/** serve -> print the address -> wait for Ctrl-C. */
async function web({ port }: Values<typeof options>): Promise<void> {
  if (!existsSync(page)) throw new UsageError(say`no page at ${page}: build it with 'npm run build:web'`);
  const served = await serve(port);
  const { signal, release } = askedToEnd();
  writeData(`${served.url}\n`);
  writeNote(say`serving the playground on this machine only; Ctrl-C ends it`);
  await new Promise((resolve) => signal.addEventListener("abort", resolve));
  await served.close();
  release();
}

async function serve(port: number): Promise<Served> {
  try {
    return await serveFolder(page, port);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "EADDRINUSE")
      throw new UsageError(say`port ${port} is in use: choose another one with --port, or 0 for a free one`);
    if (code === "EACCES")
      throw new UsageError(say`no permission for port ${port}: choose one above 1023 with --port`);
    throw code === undefined ? error : new UsageError(say`cannot serve the page: ${message}`);
  }
}
