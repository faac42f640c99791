/** An import is written as people write topologies. */

import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { importTopology } from "../../src/import/import-topology.ts";
import { topologyYaml } from "../../src/import/topology-yaml.ts";
import { checkTopology } from "../../src/rules/check-topology.ts";
import { shorten } from "../../src/topology/short-forms/shorten.ts";

/** `ipvsadm -Sn` of services, each `PROTOCOL VIP:PORT OPTIONS`, with the same servers `HOST WEIGHT`. */
function table(services: readonly string[], servers: readonly string[]): string {
  return services
    .flatMap((service) => {
      const [protocol, address = "", ...options] = service.split(" ");
      const of = `-${protocol === "udp" ? "u" : "t"} ${address}`;
      const port = address.split(":").at(-1);
      return [
        `-A ${of} ${["-s rr", ...options].join(" ")}`,
        ...servers.map((server) => {
          const [host, weight = "1"] = server.split(" ");
          return `-a ${of} -r 10.0.0.${host}:${port} -g -w ${weight}`;
        }),
      ];
    })
    .join("\n");
}

function imported(services: readonly string[], servers: readonly string[]) {
  const { topology, notes } = importTopology([{ name: "-", text: `${table(services, servers)}\n` }], {
    os: "debian-12",
  });
  if (topology === null) throw new Error("not imported");
  const short = shorten(topology) as { hosts: object; virtualServices: Record<string, unknown>[] };
  const { cluster } = checkTopology(JSON.stringify(short), "topology.json");
  expect(cluster).not.toBeNull();
  expect(cluster).toEqual(checkTopology(JSON.stringify(topology), "topology.json").cluster);
  const yaml = topologyYaml(topology, notes);
  expect(parse(yaml)).toEqual(JSON.parse(JSON.stringify(short)));
  return { short, yaml, services: short.virtualServices };
}

describe("an import", () => {
  test("names servers without settings of their own", () => {
    const { services, yaml } = imported(["tcp 10.0.0.100:80"], ["11", "15 3"]);
    expect(services[0]?.realServers).toEqual(["rs1", { host: "rs2", weight: 3 }]);
    expect(yaml).toContain("      - rs1\n      - { host: rs2, weight: 3 }\n");
  });

  test("has lists of ports where nothing else differs", () => {
    const ports = [80, 443, 8000, 8001, 8002, 8080].map((port) => `tcp 10.0.0.100:${port}`);
    const { services, yaml } = imported(ports, ["11", "15"]);
    expect(services).toMatchObject([{ name: "web", ports: [80, 443, "8000-8002", 8080] }]);
    expect(yaml).toContain("    ports: [ 80, 443, 8000-8002, 8080 ]\n");
    expect(yaml).toContain("    realServers: [ rs1, rs2 ]\n");
  });

  test("has lists of protocols", () => {
    const { services } = imported(["tcp 10.0.0.100:53", "udp 10.0.0.100:53"], ["11", "15"]);
    expect(services).toMatchObject([{ name: "dns", port: 53, protocol: ["tcp", "udp"] }]);
  });

  test.each([
    ["another VIP", ["tcp 10.0.0.100:80", "tcp 10.0.0.101:443"]],
    ["persistence of each", ["tcp 10.0.0.100:80 -p 300", "tcp 10.0.0.100:443 -p 300"]],
    ["another setting", ["tcp 10.0.0.100:80", "tcp 10.0.0.100:443 -p 300"]],
  ])("keeps services apart that have %s", (_, tables) => {
    const { services } = imported(tables, ["11", "15"]);
    expect(services.map(({ port }) => port)).toEqual([80, 443]);
  });

  test("has ranges where names and addresses run in step", () => {
    const { short, services, yaml } = imported(["tcp 10.0.0.100:80"], ["11", "12", "13", "14"]);
    expect(short.hosts).toMatchObject({ "rs[1:4]": { interfaces: { eth0: "10.0.0.[11:14]/24" } } });
    expect(services[0]?.realServers).toEqual(["rs[1:4]"]);
    expect(yaml.match(/unknown names and interfaces of the real servers/g)).toHaveLength(1);
    expect(yaml.indexOf("unknown names and interfaces")).toBeLessThan(yaml.indexOf("rs[1:4]:"));
  });

  test("has none where they do not", () => {
    const { short, services } = imported(["tcp 10.0.0.100:80"], ["11", "12", "14", "17"]);
    expect(Object.keys(short.hosts)).toEqual(["director", "rs1", "rs2", "rs3", "rs4"]);
    expect(services[0]?.realServers).toEqual(["rs[1:4]"]);
  });

  test("keeps weights that differ out of ranges", () => {
    const { services } = imported(["tcp 10.0.0.100:80"], ["11 2", "12 2", "13 2", "14"]);
    expect(services[0]?.realServers).toEqual([{ host: "rs[1:3]", weight: 2 }, "rs4"]);
  });
});
