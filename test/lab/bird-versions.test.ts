/** bird.conf for the BIRD of each release of Debian: taken without a word, but for one of passwords. Needs their trees. */

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { templates } from "#templates";
import { makeTree } from "../../src/lab/reboot/make-tree.ts";
import { treeKind } from "../../src/lab/reboot/tree-kinds.ts";
import { renderCluster } from "../../src/render/render-cluster.ts";
import { checkTopology } from "../../src/rules/check-topology.ts";
import { repository } from "../helpers/lvsgen.ts";

const RELEASES = [
  { os: "debian-11", version: "2.0.7" },
  { os: "debian-12", version: "2.0.12" },
  { os: "debian-13", version: "2.17." },
];

/** Neighbors of every kind beside the example's, and what routes may carry. */
const MORE = {
  holdTime: 3,
  med: 4294967295,
  communities: ["65010:100", "4200000000:1:2"],
  neighbors: [
    { address: "198.51.100.1", asn: 4200000000, multihop: true, password: "a.b:c,@%+=-" },
    { address: "198.51.100.2", asn: 65010, multihop: true },
  ],
};

function clusterFor(os: string) {
  const file = join(repository, "examples/anycast/topology.json");
  const topology = JSON.parse(readFileSync(file, "utf8"));
  const { bgp } = topology.directors.announce;
  Object.assign(bgp, { ...MORE, neighbors: [...bgp.neighbors, ...MORE.neighbors] });
  const { cluster, diagnostics } = checkTopology(
    JSON.stringify({ ...topology, defaults: { ...topology.defaults, os } }),
    "anycast.json",
  );
  if (cluster === null) throw new Error(JSON.stringify(diagnostics));
  return cluster;
}

/** Of 2.16 and newer; older ones refuse the option, and bird.conf parses anywhere. */
const ASSUMED = /^bird: .*: Missing authentication option, assuming MD5\n/gm;

/** What BIRD says of a text, and whether it takes it. */
function parsed(tree: string, text: string): string {
  const script =
    'mount -t tmpfs none "$1/tmp" && cat >"$1/tmp/bird.conf" && exec chroot "$1" bird -p -c /tmp/bird.conf';
  const { status, stdout, stderr } = spawnSync("unshare", ["--mount", "sh", "-c", script, "sh", tree], {
    input: text,
    encoding: "utf8",
  });
  return status === 0 ? `${stdout}${stderr}`.replaceAll(ASSUMED, "") : `exit ${status}: ${stdout}${stderr}`;
}

test.each(RELEASES)("$os, BIRD $version", { timeout: 900_000 }, async ({ os, version }) => {
  const cluster = clusterFor(os);
  const [host] = cluster.hosts.values();
  const kind = host === undefined ? null : treeKind(host, ["bird2"]);
  if (kind === null || "obstacle" in kind) throw new Error(`no tree of ${os}`);
  const tree = await makeTree(kind, new AbortController().signal);
  const { stderr } = spawnSync("chroot", [tree, "bird", "--version"], { encoding: "utf8" });
  expect(stderr).toContain(version);
  const texts = renderCluster(cluster, templates)
    .filter(({ path }) => path.endsWith("/bird.conf"))
    .map(({ text }) => text);
  expect(texts).toHaveLength(cluster.directors.hosts.length);
  for (const text of texts) expect(parsed(tree, text)).toBe("");
  // What is broken is seen.
  expect(parsed(tree, (texts[0] ?? "").replace("hold time", "hold thyme"))).toContain("exit 1");
});
