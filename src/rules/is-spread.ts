/** Whether routers spread the packets of a service over several directors, each of which schedules by itself. */

import type { Cluster } from "../topology/model.ts";

export function isSpread({ directors }: Cluster): boolean {
  return directors.announce !== null && new Set(directors.hosts).size > 1;
}
