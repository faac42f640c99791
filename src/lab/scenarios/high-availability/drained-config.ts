/** keepalived.conf of the same topology with one server drained, and the script that belongs to it. */

import { createHash } from "node:crypto";
import type { LabServer, LabService } from "../../spec.ts";

export interface Files {
  readonly config: string;
  readonly script: string;
}

/**
 * What would be rendered if a server's weight were 0, but for the comments: a whole topology is not there in the kernel.
 *
 * @throws Error where the configuration does not list the server the way lvsgen does
 */
export function drainedConfig({ config, script }: Files, service: LabService, server: LabServer): Files {
  let block = "";
  let isServer = false;
  let found = false;
  const lines = config.split("\n").map((line) => {
    if (line.startsWith("# ")) block = line.slice(2);
    if (line.startsWith("  real_server "))
      isServer = line === `  real_server ${server.address} ${server.port} {`;
    if (block !== service.name || !isServer || !line.startsWith("    weight ")) return line;
    found = true;
    return "    weight 0";
  });
  if (!found) throw new Error(`keepalived.conf has no ${server.address} in ${service.name}`);
  const drained = lines.join("\n");
  return { config: drained, script: script.replaceAll(digestOf(config), digestOf(drained)) };
}

function digestOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
