/** What is rendered from the imported samples (samples.test.ts) is taken by the real keepalived, without a word. */

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

const folder = join(repository, "test/fixtures/import/samples");
const names = readdirSync(folder);

test("keepalived takes what is rendered from them", () => {
  const place = makeFolder();
  const files: string[] = [];
  const interfaces: Record<string, string[]> = {};
  for (const name of names) {
    const text = readFileSync(join(folder, name), "utf8");
    const { topology } = importTopology([{ name, text }]);
    const { cluster, diagnostics } = checkTopology(JSON.stringify(topology), name);
    expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
    const { hosts, directors } = cluster as Cluster;
    for (const { path, text: written } of renderCluster(cluster as Cluster, templates)) {
      if (!path.endsWith("/keepalived.conf")) continue;
      const file = join(place, `${name}-${path.replaceAll("/", "-")}`);
      writeFileSync(file, written);
      files.push(file);
    }
    for (const director of directors.hosts)
      for (const { interface: at, ip, prefix } of hosts.get(director)?.addresses ?? [])
        interfaces[at] = [...new Set([...(interfaces[at] ?? []), `${ip}/${prefix}`])];
  }
  expect(files).toHaveLength(names.length);
  expect(keepalivedFindings(files, interfaces)).toBe("");
});
