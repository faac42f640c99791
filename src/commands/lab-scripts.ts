/** The option --scripts of `lvsgen lab`: a folder of scripts, and what the lab cannot do for them. */

import { resolve } from "node:path";
import { isFolder } from "../base/is-folder.ts";
import type { Cluster } from "../topology/model.ts";
import { UsageError } from "./errors.ts";

/** @throws UsageError if it is not a folder; the lab looks for its scripts later */
export function givenScripts(folder: string): string {
  if (!isFolder(folder)) throw new UsageError(`--scripts ${folder}: no such folder`);
  return resolve(folder);
}

/** @throws UsageError if a check of rendered scripts would fail whatever the servers do */
export function requireOwnChecks(
  { services, directors, floating }: Cluster,
  missing: readonly string[],
): void {
  if (missing.length > 0)
    throw new UsageError(
      `health checks run ${missing.join(" and ")}, which this machine does not have, and --scripts keeps the lab from ` +
        "replacing it: put a copy there, or leave --scripts out",
    );
  const tracks = [directors.vrrp, ...floating].flatMap(({ track }) => track);
  const own = tracks.flatMap(({ command }) => command ?? []);
  if (own.length > 0)
    throw new UsageError(
      `keepalived runs ${[...new Set(own)].join(" and ")} for tracks, and --scripts keeps the lab from replacing it: leave --scripts out`,
    );
  const digested = services.filter(({ healthCheck }) => typeof healthCheck?.digest === "string");
  if (digested.length > 0)
    throw new UsageError(
      `the health check of ${digested.map(({ name }) => name).join(" and ")} expects the digest of a page that the lab's ` +
        "servers do not have, and --scripts keeps the lab from replacing it: leave --scripts out",
    );
}
