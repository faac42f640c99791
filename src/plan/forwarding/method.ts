/** What a forwarding method needs on either side. */

import type { Cluster, Host } from "../../topology/model.ts";
import type { Membership } from "../memberships.ts";
import type { Resource } from "../resources.ts";

export interface ForwardingMethod {
  /** What the director needs beside its services, for those of their real servers that are reached this way. */
  readonly director: (cluster: Cluster, host: Host, members: readonly Membership[]) => Resource[];
  /** What a real server needs, for those of the services which reach it this way. */
  readonly realServer: (cluster: Cluster, host: Host, members: readonly Membership[]) => Resource[];
}
