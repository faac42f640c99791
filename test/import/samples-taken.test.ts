/** What is rendered from the imported samples (samples.test.ts, floating.test.ts) is taken by the real keepalived, without a word. */

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { templates } from "#templates";
import { importTopology } from "../../src/import/import-topology.ts";
import { renderCluster } from "../../src/render/render-cluster.ts";
import { checkTopology } from "../../src/rules/check-topology.ts";
import type { Cluster } from "../../src/topology/model.ts";
import { keepalivedFindings } from "../helpers/keepalived.ts";
import { repository } from "../helpers/lvsgen.ts";
import { makeFolder } from "../helpers/temporary.ts";

const fixtures = join(repository, "test/fixtures/import");

/** How many hosts get a keepalived.conf: of services the one that the sample is of. */
const kinds = [
  { folder: "samples", perSample: 1 },
  { folder: "floating", perSample: 2 },
];

test.each(kinds)("keepalived takes what is rendered from $folder", ({ folder, perSample }) => {
  const place = makeFolder();
  const files: string[] = [];
  const interfaces: Record<string, string[]> = {};
  const programs = new Set(["lvs_track.sh", "lvs_units.sh"].map((own) => `/usr/libexec/keepalived/${own}`));
  const names = readdirSync(join(fixtures, folder));
  for (const name of names) {
    const text = readFileSync(join(fixtures, folder, name), "utf8");
    const { topology } = importTopology([{ name, text }]);
    const { cluster, diagnostics } = checkTopology(JSON.stringify(topology), name);
    expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
    for (const { track = [], notify, notifyOn = {} } of topology?.floatingAddresses ?? [])
      for (const { command } of [...track, ...(notify ? [notify] : []), ...Object.values(notifyOn)])
        if (command !== undefined) programs.add(command);
    const configured = new Set<string>();
    for (const { path, text: written } of renderCluster(cluster as Cluster, templates)) {
      if (!path.endsWith("/keepalived.conf")) continue;
      const file = join(place, `${name}-${path.replaceAll("/", "-")}`);
      // A user of the sample's machine.
      writeFileSync(file, written.replaceAll(/^( {2}(user|notify .*) )mysql$/gm, "$1root"));
      files.push(file);
      configured.add(path.replace(/\/.*$/, ""));
    }
    for (const host of configured)
      for (const { interface: at, ip, prefix } of cluster?.hosts.get(host)?.addresses ?? [])
        interfaces[at] = [...new Set([...(interfaces[at] ?? []), `${ip}/${prefix}`])];
    // keepalived needs interfaces that are tracked, too.
    for (const { track = [] } of topology?.floatingAddresses ?? [])
      for (const { type, name: at } of track) if (type === "interface" && at) interfaces[at] ??= [];
  }
  expect(files.length).toBeGreaterThanOrEqual(names.length * perSample);
  expect(keepalivedFindings(files, interfaces, null, [...programs])).toBe("");
});
