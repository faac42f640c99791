/** Virtual services in words, for drawings and plans. */

import { endpoint } from "../base/endpoint.ts";
import type { Destination, ServiceSettings } from "../plan/resources.ts";

/** The service, and a line for each real server. */
export function serviceLines(service: ServiceSettings): string[] {
  return [
    `virtual service ${serviceTitle(service)}`,
    ...service.destinations.map((to) =>
      [`${destinationText(to)} weight ${to.weight}`, ...shareExtras(to)].join(", "),
    ),
  ];
}

/** e.g. `-> pi2 192.168.1.107:80 dr`. */
export function destinationText(to: Destination): string {
  return `-> ${to.label} ${endpoint(to.address, to.port)} ${methodText(to)}`;
}

/** e.g. `web: tcp 192.168.1.200:80, scheduler rr`. */
export function serviceTitle(service: ServiceSettings): string {
  const { name, selector, scheduler, schedulerFlags, persistence, onePacket } = service;
  const what =
    selector.kind === "port"
      ? `${selector.protocol} ${endpoint(selector.vip, selector.port)}`
      : `firewall mark ${selector.value}${selector.family === 6 ? " (IPv6)" : ""}`;
  const extras = [
    `scheduler ${[scheduler, ...schedulerFlags].join(" ")}`,
    ...(persistence === null ? [] : [persistenceText(persistence)]),
    ...(onePacket ? ["one-packet scheduling"] : []),
  ];
  return `${name}: ${[what, ...extras].join(", ")}`;
}

function persistenceText(persistence: NonNullable<ServiceSettings["persistence"]>): string {
  const { timeout, netmask, engine } = persistence;
  const who = netmask === null ? "" : ` per network (${netmask})`;
  return `persistent for ${timeout} s${who}${engine === null ? "" : ` by ${engine}`}`;
}

/** The method, with the tunnel's type if it is not ipip. */
export function methodText({ forwarding, tunnel }: Destination): string {
  return forwarding === "tun" && tunnel.type !== "ipip" ? `tun ${tunnel.type}` : forwarding;
}

/** What limits a real server's share. */
export function shareExtras(to: Destination): string[] {
  return [
    ...(to.weight === 0 ? ["drained"] : []),
    ...(to.upperThreshold > 0 ? [`at most ${to.upperThreshold} connections`] : []),
    ...(to.lowerThreshold > 0 ? [`again below ${to.lowerThreshold}`] : []),
  ];
}
