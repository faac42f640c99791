/** What stop undoes, and in which order. */

import type { Resource } from "./resources.ts";

/** Resources that stop leaves: others may use a module by then, setup.sh restores a boolean, and no order is worth restoring. */
const staying: ReadonlySet<Resource["kind"]> = new Set(["module", "selinux-boolean", "server-order"]);

/** The exact reverse of the order of application, without what stays. */
export function releaseOrder(resources: readonly Resource[]): Resource[] {
  return resources.filter(({ kind }) => !staying.has(kind)).reverse();
}
