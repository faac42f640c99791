/** Virtual services and real servers in ipvsadm's own words, as `ipvsadm -Sn` prints them. */

import { endpoint } from "../base/endpoint.ts";
import type { Destination, ServiceSelector, ServiceSettings } from "../plan/resources.ts";
import type { Forwarding, Protocol, Tunnel } from "../topology/model.ts";

const protocolOption: Readonly<Record<Protocol, string>> = { tcp: "-t", udp: "-u", sctp: "--sctp-service" };

const forwardingOption: Readonly<Record<Forwarding, string>> = { dr: "-g", nat: "-m", tun: "-i" };

/** A service's key in ipvsadm's options. */
export function serviceKey(selector: ServiceSelector): string {
  if (selector.kind === "port") {
    return `${protocolOption[selector.protocol]} ${endpoint(selector.vip, selector.port)}`;
  }
  return `-f ${selector.value}${selector.family === 6 ? " -6" : ""}`;
}

export function serviceRule(service: ServiceSettings): string {
  const { scheduler, schedulerFlags, persistence, onePacket } = service;
  const options = [
    `-s ${scheduler}`,
    ...(persistence === null ? [] : [`-p ${persistence.timeout}`]),
    ...(persistence?.netmask ? [`-M ${persistence.netmask}`] : []),
    ...(schedulerFlags.length === 0 ? [] : [`-b ${schedulerFlags.join(",")}`]),
    ...(onePacket ? ["-o"] : []),
    ...(persistence?.engine ? [`--pe ${persistence.engine}`] : []),
  ];
  return [`-A ${serviceKey(service.selector)}`, ...options].join(" ");
}

export function destinationRule(service: ServiceSettings, to: Destination): string {
  const options = [
    `-r ${endpoint(to.address, to.port)} ${forwardingOption[to.forwarding]} -w ${to.weight}`,
    ...(to.forwarding === "tun" ? tunnelOptions(to.tunnel) : []),
    ...(to.upperThreshold > 0 ? [`-x ${to.upperThreshold}`] : []),
    ...(to.lowerThreshold > 0 ? [`-y ${to.lowerThreshold}`] : []),
  ];
  return [`-a ${serviceKey(service.selector)}`, ...options].join(" ");
}

/** ipip is ipvsadm's default. */
function tunnelOptions({ type, port }: Tunnel): string[] {
  if (type === "ipip") return [];
  return [`--tun-type ${type}${type === "gue" ? ` --tun-port ${port}` : ""}`];
}
