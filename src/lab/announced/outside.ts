/** Networks of the lab's own around a cluster whose directors speak BGP: its clients', and the one between the routers. */

import ipaddr from "ipaddr.js";
import { contains } from "../addressing.ts";
import { LabBroken } from "../backends/backend.ts";
import type { LabSubnet } from "../spec.ts";

export interface Outside {
  /** Where clients are. */
  readonly clients: LabSubnet;
  /** Between the neighbors and the router above them. */
  readonly between: LabSubnet;
}

/** Of the range for benchmarks, which no real network has (RFC 2544, RFC 6890). */
const BLOCKS = Array.from({ length: 256 }, (_, index) => `198.18.${index}.0/24`);

/** @param taken the cluster's addresses */
export function outsideOf(subnets: readonly LabSubnet[], taken: ReadonlySet<string>): Outside {
  const isFree = (cidr: string): boolean =>
    [...taken].every((ip) => !contains(cidr, ip)) && subnets.every((subnet) => !overlap(subnet.cidr, cidr));
  const [clients, between] = BLOCKS.filter(isFree);
  if (clients === undefined || between === undefined)
    throw new LabBroken(
      "the lab cannot be laid out: the topology uses all of 198.18.0.0/16, where its clients go",
    );
  const first = subnets.length;
  return {
    clients: { cidr: clients, family: 4, switch: first },
    between: { cidr: between, family: 4, switch: first + 1 },
  };
}

function overlap(one: string, other: string): boolean {
  const [first = "", second = ""] = [one, other].map((cidr) => ipaddr.parseCIDR(cidr)[0].toString());
  return contains(one, second) || contains(other, first);
}
