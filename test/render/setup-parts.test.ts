/** setup.sh holds what its host needs: its size, that each of its functions is called, and that none is missing. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { templates } from "#templates";
import { renderCluster } from "../../src/render/render-cluster.ts";
import { checkTopology } from "../../src/rules/check-topology.ts";
import { repository } from "../helpers/lvsgen.ts";
import { functionsOf, uncalled, undefinedIn } from "../helpers/shell-functions.ts";

function setupScripts(text: string): Map<string, string> {
  const { cluster, diagnostics } = checkTopology(text, "topology.json");
  if (cluster === null) throw new Error(JSON.stringify(diagnostics));
  const scripts = renderCluster(cluster, templates).filter(({ path }) => path.endsWith("/setup.sh"));
  return new Map(scripts.map(({ path, text }) => [path, text]));
}

const examples = join(repository, "examples");
const exampleOf = (name: string) => readFileSync(join(examples, name, "topology.json"), "utf8");

test("pi-lab's have at most 450 lines each", () => {
  const lines = [...setupScripts(exampleOf("pi-lab"))].map(([path, text]) => [
    path,
    text.split("\n").length - 1,
  ]);
  expect(lines.map(([path]) => path)).toEqual(["pi1/setup.sh", "pi2/setup.sh", "pi3/setup.sh"]);
  for (const [path, count] of lines) expect(count, String(path)).toBeLessThanOrEqual(450);
});

/** Hosts of each kind with all that setup.sh can provide, with some of it, and with none. */
function* topologies(): Generator<[string, string]> {
  for (const name of readdirSync(examples)) yield [name, exampleOf(name)];
  for (const [os, init, ...engines] of [
    ["debian-12", "systemd", "ipvsadm", "keepalived"],
    ["debian-9", "sysv", "ipvsadm", "keepalived"],
    ["centos-6", "sysv", "ipvsadm"],
    ["centos-7", "sysv", "ipvsadm", "keepalived"],
    ["rocky-9", "systemd", "ipvsadm", "keepalived"],
  ]) {
    for (const engine of engines) {
      for (const provided of ["nothing", "a web server", "packages", "both"]) {
        const web = provided === "a web server" || provided === "both";
        const packages = provided === "packages" || provided === "both";
        yield [
          `${os} ${init} ${engine} ${provided}`,
          JSON.stringify({
            version: 1,
            name: "parts",
            defaults: {
              os,
              init,
              ...(packages
                ? {
                    packages: {
                      mirror: { main: "http://m.example/" },
                      ipvsadm: { source: "ipvsadm-1.26.tar.gz" },
                    },
                  }
                : {}),
            },
            hosts: {
              dr: { interfaces: { eth0: "10.0.0.1/24" } },
              rs: { interfaces: { eth0: "10.0.0.2/24" }, ...(web ? { webServer: { kind: "nginx" } } : {}) },
            },
            directors: { hosts: ["dr"], engine },
            virtualServices: [
              {
                name: "web",
                vip: "10.0.0.100",
                port: 8080,
                realServers: [{ host: "rs" }],
                ...(engine === "keepalived" ? { healthCheck: { type: "tcp" } } : {}),
              },
            ],
          }),
        ];
      }
    }
  }
}

const scripts = [...topologies()].flatMap(([name, text]) =>
  [...setupScripts(text)].map(([path, script]) => ({ name: `${name}: ${path}`, script })),
);

const known = new Set(scripts.flatMap(({ script }) => functionsOf(script)));

describe("of every kind of host", () => {
  test.each(scripts)("$name calls all that it defines, and defines all that it calls", ({ script }) => {
    expect(uncalled(script)).toEqual([]);
    expect(undefinedIn(script, known)).toEqual([]);
  });
});
