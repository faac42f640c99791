/** Whether directors need version 3 of VRRP, which has no password and counts time otherwise. */

import { virtualRouters, vrrpVersion } from "../plan/vrrp.ts";
import type { Cluster } from "../topology/model.ts";

export function needsVersion3(cluster: Cluster): boolean {
  const { advertInterval } = cluster.directors.vrrp;
  return virtualRouters(cluster).some(
    ({ family, floating }) => floating === null && vrrpVersion(family, advertInterval) === 3,
  );
}
