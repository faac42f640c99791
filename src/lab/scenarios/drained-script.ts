/** The director's script of the same topology with one server drained. */

import { bracketed } from "../../base/endpoint.ts";
import type { LabServer, LabService } from "../spec.ts";

/**
 * What would be rendered if a server's weight were 0, but for the comments of the header and the plan's digest. A whole
 * topology is not there in the kernel, and which server holds a connection is known only here.
 *
 * @returns null for a script that does not list the server the way lvsgen does (somebody's own)
 */
export function drainedScript(text: string, service: LabService, server: LabServer): string | null {
  let block = "";
  let found = false;
  const lines = text.split("\n").map((line) => {
    if (line.startsWith("# ")) block = line.slice(2);
    const isServer = line.startsWith("-a ") && line.includes(` -r ${bracketed(server.address)}:`);
    if (block !== service.name || !isServer) return line;
    found = true;
    return line.replace(/ -w [0-9]+/, " -w 0");
  });
  return found ? lines.join("\n") : null;
}
