/** Servers of a virtual service. */

import type { RealServer, VirtualService } from "./model.ts";

/** All that packets of the service may be sent to: its real servers, and who answers in their place. */
export function allServers({ realServers, sorryServer }: VirtualService): readonly RealServer[] {
  return sorryServer === null ? realServers : [...realServers, sorryServer];
}

/** Whether answers come back by hiding clients behind the director's address. */
export function isMasqueraded(service: VirtualService): boolean {
  return (
    service.returnPath === "masquerade" && allServers(service).some(({ forwarding }) => forwarding === "nat")
  );
}
