/** Virtual services in words, for drawings and plans. */

import { listed } from "../base/counted.ts";
import { endpoint } from "../base/endpoint.ts";
import { say } from "../languages/say.ts";
import type { Destination, ServiceSettings } from "../plan/resources.ts";

/** The service, and a line for each real server. */
export function serviceLines(service: ServiceSettings): string[] {
  return [
    say`virtual service ${serviceTitle(service)}`,
    ...service.destinations.map((to) =>
      listed([say`${destinationText(to)} weight ${to.weight}`, ...shareExtras(to)]),
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
      : selector.family === 6
        ? say`firewall mark ${selector.value} (IPv6)`
        : say`firewall mark ${selector.value}`;
  const extras = [
    say`scheduler ${[scheduler, ...schedulerFlags].join(" ")}`,
    ...(persistence === null ? [] : [persistenceText(persistence)]),
    ...(onePacket ? [say`one-packet scheduling`] : []),
  ];
  return say`${name}: ${listed([what, ...extras])}`;
}

function persistenceText(persistence: NonNullable<ServiceSettings["persistence"]>): string {
  const { timeout, netmask, engine } = persistence;
  if (netmask === null)
    return engine === null ? say`persistent for ${timeout} s` : say`persistent for ${timeout} s by ${engine}`;
  return engine === null
    ? say`persistent for ${timeout} s per network (${netmask})`
    : say`persistent for ${timeout} s per network (${netmask}) by ${engine}`;
}

/** The method, with the tunnel's type if it is not ipip. */
export function methodText({ forwarding, tunnel }: Destination): string {
  return forwarding === "tun" && tunnel.type !== "ipip" ? `tun ${tunnel.type}` : forwarding;
}

/** What limits a real server's share. */
export function shareExtras(to: Destination): string[] {
  return [
    ...(to.weight === 0 ? [say`drained`] : []),
    ...(to.upperThreshold > 0 ? [say`at most ${to.upperThreshold} connections`] : []),
    ...(to.lowerThreshold > 0 ? [say`again below ${to.lowerThreshold}`] : []),
  ];
}
