/** The lab's own web server, under whatever name its host's tracks look for. */

import type { LabPort } from "../../spec.ts";
import { listen } from "../responder/listeners.ts";

/** Until a signal ends it. @param args the host's name, and its ports as JSON */
export async function runApplication([name = "", ports = "[]"]: readonly string[]): Promise<void> {
  for (const port of JSON.parse(ports) as LabPort[]) await listen({ name, port, fault: () => null });
  // Without ports nothing else would keep it.
  setInterval(() => {}, 1 << 30);
}
