/** Servers of a virtual service. */

import type { RealServer, VirtualService } from "./model.ts";

/** All that packets of the service may be sent to: its real servers, and who answers in their place. */
export function allServers({ realServers, sorryServer }: VirtualService): readonly RealServer[] {
  return sorryServer === null ? realServers : [...realServers, sorryServer];
}

/** FTP's commands: each transfer is a further connection, to a port that these name. */
const ftpPort = 21;

export function isFtp({ protocol, port, mark }: VirtualService): boolean {
  if (protocol !== "tcp") return false;
  const ranges = mark?.ports ?? [{ first: port, last: port }];
  return ranges.some(({ first, last }) => first === ftpPort && last === ftpPort);
}

/** Whether the director's kernel has to rewrite addresses inside FTP: nat changes those outside. */
export function isRewrittenFtp(service: VirtualService): boolean {
  return isFtp(service) && allServers(service).some(({ forwarding }) => forwarding === "nat");
}

/** Whether answers come back by hiding clients behind the director's address. */
export function isMasqueraded(service: VirtualService): boolean {
  return (
    service.returnPath === "masquerade" && allServers(service).some(({ forwarding }) => forwarding === "nat")
  );
}
