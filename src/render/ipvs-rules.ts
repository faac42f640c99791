/** Virtual services and real servers in ipvsadm's own words, as `ipvsadm -Sn` prints them. */

import type { Destination, VirtualServiceResource } from "../plan/resources.ts";
import type { Forwarding, Protocol } from "../topology/model.ts";

const protocolOption: Readonly<Record<Protocol, string>> = { tcp: "-t", udp: "-u", sctp: "--sctp-service" };

const forwardingOption: Readonly<Record<Forwarding, string>> = { dr: "-g", nat: "-m", tun: "-i" };

function serviceKey({ protocol, vip, port }: VirtualServiceResource): string {
  return `${protocolOption[protocol]} ${vip}:${port}`;
}

export function serviceRule(service: VirtualServiceResource): string {
  return `-A ${serviceKey(service)} -s ${service.scheduler}`;
}

export function destinationRule(service: VirtualServiceResource, to: Destination): string {
  const thresholds = [
    ...(to.upperThreshold > 0 ? [`-x ${to.upperThreshold}`] : []),
    ...(to.lowerThreshold > 0 ? [`-y ${to.lowerThreshold}`] : []),
  ];
  const server = `-r ${to.address}:${to.port} ${forwardingOption[to.forwarding]} -w ${to.weight}`;
  return [`-a ${serviceKey(service)}`, server, ...thresholds].join(" ");
}
