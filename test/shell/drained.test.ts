/** Names of drained servers, as lvs_dr.sh reads them: what they change in IPVS's table, and in keepalived.conf. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { templates } from "#templates";
import { renderCluster } from "../../src/render/render-cluster.ts";
import { checkTopology } from "../../src/rules/check-topology.ts";
import { drainedConf, evaluate } from "../helpers/drained-conf.ts";
import { repository } from "../helpers/lvsgen.ts";

const shells = [["dash"], ["bash", "--posix"], ["busybox", "ash"], ["yash", "-o", "posixlycorrect"]];

const piLab = readFileSync(join(repository, "out/pi1/lvs_dr.sh"), "utf8");

const table = `-A -t 192.168.1.200:80 -s rr
-a -t 192.168.1.200:80 -r 192.168.1.107:80 -g -w 1
-a -t 192.168.1.200:80 -r 192.168.1.108:80 -g -w 0`;

describe.each(shells)("%s", (...shell) => {
  test("gives weight 0 to those of both files, and to nobody else", () => {
    const lines = `TABLE='${table}' THRESHOLDS=; read_drained; compare_services "$SERVICES"; printf '%s' "$BATCH"`;
    const batch = (now: string, kept: string): string => evaluate(shell, { script: piLab, now, kept, lines });
    const to = (last: number, weight: number): string =>
      `-e -t 192.168.1.200:80 -r 192.168.1.${last}:80 -g -w ${weight}\n`;
    expect(batch("", "")).toBe(to(108, 1));
    expect(batch("pi2\n", "pi3\nanother\n")).toBe(to(107, 0));
    // Part of a name is another name.
    expect(batch("pi\npi22\n2\n", "")).toBe(to(108, 1));
  });

  test("status marks them, check notes them, and neither counts it as a difference", () => {
    const listing = `TCP  192.168.1.200:80 rr\\n  -> 192.168.1.107:80 Route 0 3 1\\n  -> 192.168.1.108:80 Route 1 0 0`;
    const lines = `ask_ipvs() { OUT=$(printf '${listing}'); }
read_drained; show_services; look_around; printf '%s%s\\n%s' "$SHOWN" "$SERVICES_JSON" "$NOTES"`;
    const said = evaluate(shell, { script: piLab, now: "pi2\n", kept: "", lines });
    expect(said).toContain("pi2 192.168.1.107:80 dr: drained, weight 0, 3 active, 1 inactive connections\n");
    expect(said).toContain("pi3 192.168.1.108:80 dr: weight 1, 0 active, 0 inactive connections\n");
    expect(JSON.parse(/^\[.*\]$|^\{.*\}$/m.exec(said)?.[0] ?? "")).toMatchObject({
      servers: [
        { label: "pi2", drained: true },
        { label: "pi3", drained: false },
      ],
    });
    expect(said).toMatch(
      /^drained: pi2: no new connections until 'lvsgen undrain' \(lvs_dr\.drained in \S+ or /m,
    );
  });
});

/** Director -> its lvs_dr.sh and keepalived.conf. */
function rendered(topology: object, host: string): { readonly script: string; readonly conf: string } {
  const { cluster } = checkTopology(JSON.stringify(topology), "topology.json");
  if (cluster === null) throw new Error("the topology is invalid");
  const text = (name: string) =>
    renderCluster(cluster, templates).find(({ path }) => path === `${host}/${name}`)?.text ?? "";
  return { script: text("lvs_dr.sh"), conf: text("keepalived.conf") };
}

/** Without the header, which draws the weights, too. */
const body = (conf: string): string => conf.slice(conf.indexOf("\nglobal_defs"));

/** A director with keepalived, and one server of it: of several services, as ports differ. */
const keepalived = (() => {
  const topology = JSON.parse(readFileSync(join(repository, "examples/ha-pair/topology.json"), "utf8"));
  const [director] = topology.directors.hosts;
  const [name] = topology.virtualServices[0].realServers;
  const { script, conf } = rendered(topology, director);
  for (const service of topology.virtualServices)
    service.realServers = service.realServers.map((host: string) => ({
      host,
      weight: host === name ? 0 : 1,
    }));
  return { name, script, conf, wanted: body(rendered(topology, director).conf) };
})();

test.each(shells)("keepalived.conf becomes that of a topology with weight 0, with %s", (...shell) => {
  const { name, script, conf, wanted } = keepalived;
  expect(wanted.match(/weight 0/g)).toHaveLength(2);
  expect(body(drainedConf(shell, { script, conf }, name))).toBe(wanted);
});

const example = (name: string) =>
  JSON.parse(readFileSync(join(repository, "examples", name, "topology.json"), "utf8"));

test.each([
  ["directors", example("ha-pair"), "pi1"],
  ["floating addresses, of which two move together, with tracks", example("vip"), "lb1"],
])("a drained host takes none of its addresses: %s", (_, topology, host) => {
  const { script, conf } = rendered(topology, host);
  const blocks = (text: string) => text.match(/^vrrp_(instance|sync_group) .*$/gm)?.length ?? 0;
  expect(blocks(conf)).toBeGreaterThan(0);
  for (const shell of shells) {
    const drained = drainedConf(shell, { script, conf }, host);
    expect(
      drained.match(/^vrrp_(instance|sync_group) .*\n {2}track_script \{\n {4}lvsgen-drained\n {2}\}$/gm),
    ).toHaveLength(blocks(conf));
    // Nothing else changes.
    const added =
      /vrrp_script lvsgen-drained \{\n[^}]*\}\n\n| {2}track_script \{\n {4}lvsgen-drained\n {2}\}\n/g;
    expect(drained.replaceAll(added, "")).toBe(conf);
  }
});

test.each(shells)("check of a drained director that still announces says so, with %s", (...shell) => {
  const { script } = rendered(example("anycast"), "lb1");
  const said = (record: string): string =>
    evaluate(shell, {
      script,
      now: "lb1\n",
      kept: "",
      lines: `OLD="$NL"${record}; read_drained; check_gate 203.0.113.10/32; find_obsolete; printf '%s%s' "$DIFFERENCES" "$OBSOLETE"`,
    });
  expect(said('"gate 203.0.113.10/32 closed$NL"')).toBe(
    "withdraw 203.0.113.10/32: this director is drained\n\n",
  );
  expect(said("")).toBe("\n");
});
