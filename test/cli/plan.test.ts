import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { lvsgen, repository } from "../helpers/lvsgen.ts";

const topology = join(repository, "examples/pi-lab/topology.json");

describe("lvsgen plan", () => {
  test("prints each host's resources in order, and the order of stop", () => {
    const { status, stdout } = lvsgen(["plan", topology]);
    expect(status).toBe(0);
    expect(stdout).toContain("pi1 (CentOS 7, systemd): director, lvs_dr.sh\n");
    expect(stdout).toMatch(
      /virtual service web: tcp 192\.168\.1\.200:80, scheduler rr\n +-> pi2 192\.168\.1\.107:80 dr weight 1\n/,
    );
    expect(stdout).toContain("stop undoes, in this order: 7, 6, 5, 4, 3\n");
    expect(stdout.split("\n").every((line) => line.length <= 110)).toBe(true);
  });

  test("--host prints one host", () => {
    const { stdout } = lvsgen(["plan", topology, "--host", "pi3"]);
    expect(stdout).toContain("pi3 (Debian 9, sysv)");
    expect(stdout).not.toContain("pi1");
  });

  test("--format json gives typed resources", () => {
    const { stdout } = lvsgen(["plan", topology, "--format", "json"]);
    const { hosts } = JSON.parse(stdout) as {
      hosts: { host: string; roles: { resources: { kind: string }[] }[] }[];
    };
    expect(hosts.map(({ host }) => host)).toEqual(["pi1", "pi2", "pi3"]);
    expect(hosts[0]?.roles[0]?.resources.map(({ kind }) => kind)).toEqual([
      "module",
      "module",
      "sysctl",
      "sysctl",
      "timeouts",
      "virtual-service",
      "address",
    ]);
  });
});
