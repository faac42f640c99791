/**
 * The kernel's filter of sources (rp_filter): a strict one (1) drops packets that it would answer by another interface. Red Hat's
 * family ships 1, others 0 or 2, and an administrator may set it anywhere, so that plans set it on every system.
 */

import { unique } from "../../base/unique.ts";
import type { Host } from "../../topology/model.ts";
import type { SysctlResource } from "../resources.ts";
import { interfaceSysctl } from "../sysctl-names.ts";

/** A loose filter on a device. It is enough whatever `all` says: the kernel takes the larger of the two (ip-sysctl.rst). */
export function looseFilter(device: string, reason: string): SysctlResource {
  return {
    kind: "sysctl",
    name: interfaceSysctl("ipv4", device, "rp_filter"),
    value: "2",
    reason,
  };
}

/** Whether IPv4 packets that come in by one of the host's interfaces may be answered by another (its gateway is in a network of one: LVS105). */
export function mayAnswerElsewhere(host: Host): boolean {
  return (
    unique(host.addresses.filter(({ family }) => family === 4).map((address) => address.interface)).length > 1
  );
}
