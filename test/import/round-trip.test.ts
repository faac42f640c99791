/** What lvsgen itself rendered, imported again, is the same cluster. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { templates } from "#templates";
import { type Imported, importTopology } from "../../src/import/import-topology.ts";
import { topologyYaml } from "../../src/import/topology-yaml.ts";
import { planCluster } from "../../src/plan/host-plan.ts";
import { destinationRule, serviceRule } from "../../src/render/ipvs-rules.ts";
import { renderCluster } from "../../src/render/render-cluster.ts";
import { checkTopology } from "../../src/rules/check-topology.ts";
import type { Topology } from "../../src/topology/input.generated.ts";
import type { Cluster, Host } from "../../src/topology/model.ts";
import { shorten } from "../../src/topology/short-forms/shorten.ts";
import { essence } from "../helpers/equivalent.ts";
import { cases, topologyOf } from "../helpers/keepalived-cases.ts";
import { repository } from "../helpers/lvsgen.ts";
import { clusterArbitrary } from "../helpers/topology-arbitrary.ts";

const folder = join(repository, "examples");
const examples = readdirSync(folder).map((name) => {
  const { cluster } = checkTopology(
    readFileSync(join(folder, name, "topology.json"), "utf8"),
    "topology.json",
  );
  if (cluster === null) throw new Error(`${name} does not validate`);
  return { name, cluster };
});

/** As it is written, with short forms, in JSON and in YAML; both are what was imported. */
function imported({ topology, notes }: Imported): Cluster {
  expect(notes.filter(({ severity }) => severity === "error")).toEqual([]);
  if (topology === null) throw new Error("unreachable");
  const whole = checkTopology(JSON.stringify(topology), "topology.json");
  const { cluster, diagnostics } = checkTopology(JSON.stringify(shorten(topology)), "topology.json");
  expect(cluster).toEqual(whole.cluster);
  expect(checkTopology(topologyYaml(topology, notes), "topology.yaml").cluster).toEqual(whole.cluster);
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  if (cluster === null) throw new Error("unreachable");
  return cluster;
}

/** As `ipvsadm -Sn` prints what the director's script has set up. */
function ipvsadmText(cluster: Cluster): string {
  const director = cluster.directors.hosts[0];
  const plan = planCluster(cluster).find(({ host }) => host.name === director);
  const resources = plan?.roles.find(({ role }) => role === "director")?.resources ?? [];
  return resources
    .flatMap((resource) =>
      resource.kind === "virtual-service"
        ? [serviceRule(resource), ...resource.destinations.map((to) => destinationRule(resource, to))]
        : [],
    )
    .map((line) => `${line}\n`)
    .join("");
}

function timeoutsText({ timeouts }: Cluster): string {
  const { tcp, tcpFin, udp } = timeouts ?? { tcp: 900, tcpFin: 120, udp: 300 };
  return `Timeout (tcp tcpfin udp): ${tcp} ${tcpFin} ${udp}\n`;
}

/** As `ip -j addr` prints what is on the director while it runs. */
function addressesText(cluster: Cluster): string {
  const director = cluster.hosts.get(cluster.directors.hosts[0] ?? "") as Host;
  const own = director.addresses.map((address) => ({ ...address, name: address.interface }));
  const vips = cluster.services.map(({ vip, family, interfaces }) => ({
    ip: vip,
    family,
    prefix: family === 4 ? 32 : 128,
    name: interfaces.get(director.name) ?? "",
  }));
  const all = [...own, ...vips];
  const links = [...new Set(all.map(({ name }) => name))].map((name) => ({
    ifname: name,
    addr_info: all
      .filter((address) => address.name === name)
      .map(({ ip, family, prefix }) => ({
        family: family === 4 ? "inet" : "inet6",
        local: ip,
        prefixlen: prefix,
      })),
  }));
  const loopback = { ifname: "lo", addr_info: [{ family: "inet", local: "127.0.0.1", prefixlen: 8 }] };
  return JSON.stringify([loopback, ...links]);
}

/** The sync daemon is not in the table. */
function withoutSync(cluster: Cluster) {
  return { ...essence(cluster), connectionSync: null };
}

describe("ipvsadm -Sn of an example", () => {
  const withIpvsadm = examples.filter(({ cluster }) => cluster.directors.engine === "ipvsadm");

  test.each(withIpvsadm)("$name", ({ cluster }) => {
    const result = importTopology([{ name: "-", text: ipvsadmText(cluster) }], {
      timeouts: cluster.timeouts === null ? null : { name: "timeouts", text: timeoutsText(cluster) },
    });
    expect(essence(imported(result))).toEqual(withoutSync(cluster));
  });

  test.each(withIpvsadm)("$name, with the director's addresses", ({ cluster }) => {
    const result = importTopology([{ name: "-", text: ipvsadmText(cluster) }], {
      timeouts: cluster.timeouts === null ? null : { name: "timeouts", text: timeoutsText(cluster) },
      addresses: { name: "addresses", text: addressesText(cluster) },
    });
    const again = imported(result);
    expect(essence(again)).toEqual(withoutSync(cluster));
    const director = cluster.directors.hosts[0] ?? "";
    const own = (host: Host | undefined) =>
      host?.addresses.map(({ ip, prefix, interface: name }) => `${name} ${ip}/${prefix}`).toSorted();
    const [first = ""] = again.directors.hosts;
    expect(own(again.hosts.get(first))).toEqual(own(cluster.hosts.get(director)));
    const carriers = ({ services }: Cluster, name: string) =>
      services.flatMap(({ mark, vip, interfaces }) =>
        mark === null ? [`${vip} ${interfaces.get(name)}`] : [],
      );
    expect(carriers(again, first)).toEqual(carriers(cluster, director));
  });

  test("whatever a generator thinks of", () => {
    fc.assert(
      fc.property(
        // Of directors that announce, one's table does not say that there are others.
        clusterArbitrary.filter(
          ({ directors }) => directors.engine === "ipvsadm" && directors.announce === null,
        ),
        (cluster) => {
          const { topology } = importTopology([{ name: "-", text: ipvsadmText(cluster) }], {
            timeouts: cluster.timeouts === null ? null : { name: "t", text: timeoutsText(cluster) },
          });
          const again = checkTopology(
            JSON.stringify(shorten({ ...(topology as Topology), defaults: { os: "debian-13" } })),
            "topology.json",
          );
          expect(again.diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
          expect(essence(again.cluster as Cluster)).toEqual(withoutSync(cluster));
        },
      ),
      { numRuns: 60 },
    );
  });
});

function configurationOf(cluster: Cluster): string {
  const file = `${cluster.directors.hosts[0]}/keepalived.conf`;
  return renderCluster(cluster, templates).find(({ path }) => path === file)?.text ?? "";
}

describe("keepalived.conf of an example", () => {
  const withKeepalived = examples.filter(
    // What directors announce is in bird.conf.
    ({ cluster: { directors, services } }) =>
      directors.engine === "keepalived" && directors.announce === null && services.length > 0,
  );

  test("there are some", () => expect(withKeepalived.length).toBeGreaterThan(1));

  test.each(withKeepalived)("$name", ({ cluster }) => {
    const result = importTopology([{ name: "keepalived.conf", text: configurationOf(cluster) }]);
    // Directors that announce know nothing of each other.
    const alone = cluster.directors.announce === null ? {} : { directors: 1 };
    expect(essence(imported(result))).toEqual({ ...essence(cluster), ...alone });
    // Whatever lvsgen writes has a place in a topology; what bird.conf has is missing here, and the hints name its key.
    const notes = result.notes.filter(({ code }) => code !== "IMP101");
    const unsaid = notes.filter(({ hint }) => !hint?.includes("directors.announce"));
    expect(cluster.directors.announce === null ? notes : unsaid).toEqual([]);
  });
});

describe("keepalived.conf of every kind", () => {
  test.each(cases)("$family $way $check $turn", (each) => {
    const { cluster } = checkTopology(JSON.stringify(topologyOf(each)), "topology.json");
    if (cluster === null) return;
    const text = configurationOf(cluster);
    const result = importTopology([{ name: "keepalived.conf", text }]);
    expect(result.notes.filter(({ code }) => code !== "IMP101")).toEqual([]);
    expect(essence(imported(result))).toEqual(essence(cluster));
  });
});
