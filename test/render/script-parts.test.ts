/** lvs_dr.sh and lvs_rs.sh hold what their host needs: their size, and that they call and define the same functions. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { templates } from "#templates";
import { renderCluster } from "../../src/render/render-cluster.ts";
import { checkTopology } from "../../src/rules/check-topology.ts";
import { repository } from "../helpers/lvsgen.ts";
import { functionsOf, undefinedIn } from "../helpers/shell-functions.ts";
import { retired } from "../lab/retired/cases.ts";

interface Script {
  readonly name: string;
  readonly text: string;
}

function scriptsOf(name: string, topology: string): Script[] {
  const { cluster, diagnostics } = checkTopology(topology, "topology.json");
  if (cluster === null) throw new Error(JSON.stringify(diagnostics));
  return renderCluster(cluster, templates)
    .filter(({ path }) => /lvs_..\.sh$/.test(path))
    .map(({ path, text }) => ({ name: `${name}: ${path}`, text }));
}

const examples = join(repository, "examples");
const scripts = [
  ...readdirSync(examples).flatMap((name) =>
    scriptsOf(name, readFileSync(join(examples, name, "topology.json"), "utf8")),
  ),
  ...retired.flatMap(({ what, first, second }) =>
    [first, second].flatMap((topology) => scriptsOf(what, JSON.stringify(topology))),
  ),
];

test("pi-lab's have at most 1 200 and 850 lines", () => {
  const lines = scripts
    .filter(({ name }) => name.startsWith("pi-lab: "))
    .map(({ name, text }) => [name.slice(8), text.split("\n").length - 1]);
  expect(lines.map(([path]) => path)).toEqual(["pi1/lvs_dr.sh", "pi2/lvs_rs.sh", "pi3/lvs_rs.sh"]);
  for (const [path, count] of lines)
    expect(count, String(path)).toBeLessThanOrEqual(path === "pi1/lvs_dr.sh" ? 1200 : 850);
});

/** What is called by a name that is put together: resources' verbs, what the record names, the script's own verbs. */
function calledByName(text: string): string[] {
  const resources = [...text.matchAll(/^ {2}"\$1"_([a-z_]+)/gm)].map(([, call]) => call);
  const [, kinds = ""] = /case \$FOREIGN in\n *([^)]*)\)/.exec(text) ?? [];
  const released = kinds.split("\\ *").map((kind) => kind.replaceAll(/[ |]/g, ""));
  return [
    ...new Set(resources.flatMap((call) => ["record", "ensure", "check"].map((verb) => `${verb}_${call}`))),
    ...released
      .filter((kind) => !["script", "announce", "found", ""].includes(kind))
      .map((kind) => `release_${kind}`),
    ...["start", "stop", "restart", "reload", "status", "check", "release"].map((verb) => `cmd_${verb}`),
    // Which of the two works on the host is found out there.
    ...(resources.includes("firewall")
      ? ["nft", "iptables"].flatMap((way) => ["record", "ensure", "check"].map((verb) => `${verb}_${way}`))
      : []),
  ];
}

const known = new Set(scripts.flatMap(({ text }) => functionsOf(text)));

describe("of every kind of host", () => {
  test.each(scripts)("$name calls all that it defines, and defines all that it calls", ({ text }) => {
    const defined = functionsOf(text);
    const byName = calledByName(text);
    expect(byName.length).toBeGreaterThanOrEqual(7);
    expect(byName.filter((name) => !defined.includes(name))).toEqual([]);
    // Words of patterns, and awk's own function, are no calls.
    const calling = text.replaceAll(/[a-z_]+\\ \*|\bsplit\((?!\))/g, "");
    expect(undefinedIn(calling, known)).toEqual([]);
    const code = text.replace(/^\s*#.*$|\s# .*$/gm, "").replace(/^[a-z_]+\(\) /gm, "");
    const unused = defined.filter(
      (name) => !byName.includes(name) && !new RegExp(`\\b${name}\\b`).test(code),
    );
    // A host that has nothing to do has the record's words all the same.
    const words = text.includes('\n  "$1"_') ? [] : ["keep_record", "count"];
    // keepalived adds floating addresses itself: their hosts may have nothing to count.
    const counts = !text.includes("host of floating addresses") || /"\$1"_(address|route|rule) /.test(text);
    expect(unused).toEqual(counts ? words : ["count"]);
  });
});
