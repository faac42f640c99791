import type { VirtualService } from "../topology/model.ts";

/** A port that stands for any, where a service takes all. */
const anyPort = 8080;

/** Ports to try a service at: its own, both ends of each range of a mark, one of all. */
export function probePorts({ mark, port }: VirtualService): number[] {
  if (mark !== null) return [...new Set(mark.ports.flatMap(({ first, last }) => [first, last]))];
  return [port === 0 ? anyPort : port];
}
