/** A real server's services: each port answers with the host's name, and health checks as they expect, unless a fault is asked for. */

import { portKey } from "../../ports.ts";
import type { LabPort, PortFault } from "../../spec.ts";
import { serve } from "../channel.ts";
import { type Close, listen } from "./listeners.ts";

/** Entry of the child process; asked for `ports` and their `faults`, answers when it is so. */
export function runResponder(name: string): void {
  const listeners = new Map<string, Close>();
  let faults: Readonly<Record<string, PortFault>> = {};
  serve(async (request) => {
    const ports = request.ports as readonly LabPort[];
    faults = (request.faults ?? {}) as Readonly<Record<string, PortFault>>;
    const isOpen = (port: LabPort): boolean => faults[portKey(port)] !== "closed";
    for (const port of ports.filter((each) => !isOpen(each))) {
      listeners.get(portKey(port))?.();
      listeners.delete(portKey(port));
    }
    for (const port of ports.filter(isOpen)) {
      const key = portKey(port);
      if (listeners.has(key)) continue;
      listeners.set(key, await listen({ name, port, fault: () => faults[key] ?? null }));
    }
    return "listening";
  });
}
