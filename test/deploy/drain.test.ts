/** `lvsgen drain` and `undrain`: what they change on directors, what they wait for, and where they ask. */

import { spawn } from "node:child_process";
import { expect, test } from "vitest";
import { targetOf } from "../../src/commands/drained-server.ts";
import { lastOf, openConnections } from "../../src/deploy/drain.ts";
import { handedOver, withoutHeir } from "../../src/deploy/hand-over.ts";
import type { HostStatus } from "../../src/deploy/status.ts";
import { checkTopology } from "../../src/rules/check-topology.ts";
import { cli, lvsgen } from "../helpers/lvsgen.ts";
import { expectReport } from "../helpers/report.ts";
import { TwoDirectors, twoDirectors } from "../helpers/two-directors.ts";

const run = ({ file, environment }: TwoDirectors, command: string, ...words: string[]) =>
  lvsgen([command, file, ...words], { environment });

test("drains on every director, shows connections falling, and says what it did; undrain ends it", () => {
  const hosts = new TwoDirectors();
  // Each director is asked before, by the change, and then again and again.
  hosts.open("lvs1", 9, 9, 2, 0);
  const drained = run(hosts, "drain", "web1");
  expect(drained).toMatchObject({ status: 0, stdout: "lvs1  drained\nlvs2  drained\n" });
  expect(drained.stderr).toContain("web1 has 2 open connections (lvs1 2, lvs2 0)\nweb1 has 0 open");
  expect(drained.stderr).toContain("web is persistent: known clients leave web1 with their next connection");
  expect(drained.stderr).toContain(`To end it: lvsgen undrain ${hosts.file} web1, or a reboot`);
  expect(hosts.drained("lvs2")).toEqual({ now: "web1\n", kept: "" });

  const kept = run(hosts, "drain", "10.1.0.11", "--keep", "--format", "json");
  expect(kept.status).toBe(0);
  expect(expectReport("drain", kept.stdout)).toMatchObject({
    server: "web1",
    kept: true,
    finished: true,
    directors: [{ outcome: "already drained" }, { outcome: "already drained" }],
  });
  expect(hosts.drained("lvs1")).toEqual({ now: "", kept: "web1\n" });

  const back = run(hosts, "undrain", "web1");
  expect(back).toMatchObject({
    status: 0,
    stdout: "lvs1  has its weight again\nlvs2  has its weight again\n",
  });
  expect(hosts.drained("lvs1")).toEqual({ now: "", kept: "" });
  expect(run(hosts, "undrain", "web1").stdout).toBe("lvs1  was not drained\nlvs2  was not drained\n");
});

test("when the time is up, the server stays drained, and the way to end it is said", () => {
  const hosts = new TwoDirectors();
  hosts.open("lvs2", 3);
  const { status, stderr } = run(hosts, "drain", "web1", "--wait", "1");
  expect(status).toBe(1);
  expect(stderr).toContain("web1 has 3 open connections (lvs1 0, lvs2 3) after 1 s: it stays drained.");
  expect(stderr).toContain(`or undo: lvsgen undrain ${hosts.file} web1`);
  expect(hosts.drained("lvs2").now).toBe("web1\n");
});

test("the last server, and a director that does not answer, need --yes", () => {
  const hosts = new TwoDirectors();
  expect(run(hosts, "drain", "web1", "--wait", "0").status).toBe(0);
  const last = run(hosts, "drain", "web2");
  expect(last).toMatchObject({ status: 1, stdout: "" });
  expect(last.stderr).toContain(
    "web2 is the last server of web: without it nobody answers there. Nothing was",
  );
  expect(hosts.drained("lvs1").now).toBe("web1\n");
  expect(run(hosts, "drain", "web2", "--yes", "--wait", "0").status).toBe(0);
  expect(hosts.drained("lvs1").now).toBe("web1\nweb2\n");
  run(hosts, "undrain", "web1");
  expect(hosts.drained("lvs1").now).toBe("web2\n");

  hosts.lose("lvs2");
  const silent = run(hosts, "drain", "web2");
  expect(silent.status).toBe(1);
  expect(silent.stderr).toMatch(/lvs2 cannot be asked \(cannot reach 10\.1\.0\.3: .*\): it would still send/);
  const forced = run(hosts, "drain", "web2", "--yes", "--wait", "0");
  expect(forced).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/^lvs1 {2}already drained\nlvs2 {2}not/),
  });
  const back = run(hosts, "undrain", "web2");
  expect(back.status).toBe(1);
  expect(back.stderr).toContain("web2 may still be drained on lvs2: fix this");
});

test("a director of an earlier lvsgen is not changed", () => {
  const hosts = new TwoDirectors();
  hosts.age("lvs1");
  const { status, stdout } = run(hosts, "drain", "web1");
  expect(status).toBe(1);
  expect(stdout).toMatch(/lvs1 {2}not touched\n {4}its \S+ is of an earlier lvsgen, which cannot drain: run/);
  expect(hosts.drained("lvs1").now).toBe("");
});

test("an address names its host; what is no real server is refused, with its reason", () => {
  const { cluster } = checkTopology(JSON.stringify(twoDirectors), "two.json");
  if (cluster === null) throw new Error("the topology is invalid");
  const named = (word: string) => () => targetOf(cluster, word);
  expect(named("10.1.0.2")().label).toBe("lvs1");
  expect(named("wbe1")).toThrow('unknown host "wbe1": did you mean "web1"?');
  expect(named("spare")).toThrow(
    "spare is neither a real server nor a director. These are: web1, web2, lvs1, lvs2",
  );
  const alone = checkTopology(
    JSON.stringify({ ...twoDirectors, directors: { hosts: ["lvs1"] } }),
    "one.json",
  );
  expect(() => targetOf(alone.cluster ?? cluster, "lvs1")).toThrow(
    "lvs1 is the only director: no other host could have its VIPs",
  );
});

test("Ctrl-C while it waits: the server stays drained, and the way to end it is said", async () => {
  const hosts = new TwoDirectors();
  hosts.open("lvs1", 1);
  const child = spawn(process.execPath, [cli, "drain", hosts.file, "web1"], { env: hosts.environment });
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
    if (text.includes("web1 has 1 open connection ")) child.kill("SIGINT");
  });
  const code = await new Promise((resolve) => child.once("close", resolve));
  expect(code).toBe(1);
  expect(stderr).toContain(`interrupted: web1 stays drained. To end it: lvsgen undrain ${hosts.file} web1`);
});

const server = (label: string, weight: number, state: "present" | "absent" = "present") =>
  ({ label, address: `${label}:53`, forwarding: "dr", state, weight, active: 1, inactive: 4 }) as const;

function statusOf(...servers: readonly ReturnType<typeof server>[]): HostStatus {
  const service = {
    name: "dns",
    protocol: "udp",
    address: "10.1.0.200:53",
    scheduler: "rr",
    state: "present",
    servers,
  } as const;
  const role = {
    host: "d",
    cluster: "c",
    role: "lvs_dr",
    state: "running",
    code: 0,
    record: "started",
  } as const;
  const roles = [{ ...role, addresses: [], services: [service], differences: [] }];
  return { host: "d", state: "running", words: "", remedy: "", roles };
}

test("flows of UDP count as open; a service needs its quorum of servers that are up", () => {
  const both = statusOf(server("a", 1), server("b", 1));
  expect(openConnections([both], "a", () => true)).toEqual([{ host: "d", open: 5 }]);
  expect(openConnections([both], "a", () => false)).toEqual([{ host: "d", open: 1 }]);
  expect(lastOf([both], ["a"], () => 1)).toEqual([]);
  expect(lastOf([both], ["a"], () => 2)).toEqual(["dns"]);
  expect(lastOf([statusOf(server("a", 1), server("b", 1, "absent"))], ["a"], () => 1)).toEqual(["dns"]);
  // It was drained before: nothing is lost.
  expect(lastOf([statusOf(server("a", 0), server("b", 0))], ["a"], () => 1)).toEqual([]);
});

test("a director is out when another host has each of its addresses, and only one that is not drained can", () => {
  const address = "10.1.0.200/32";
  const shared = [{ address, heirs: ["lvs2"], patience: 10 }];
  const director = (host: string, has: boolean, drained = false): HostStatus => {
    const [role] = statusOf().roles;
    const state = has ? ("present" as const) : ("absent" as const);
    const addresses = [{ address, interface: "eth0", state }];
    return { ...statusOf(), host, roles: role === undefined ? [] : [{ ...role, addresses, drained }] };
  };
  const now = (first: boolean, second: boolean) => [director("lvs1", first, true), director("lvs2", second)];
  expect(handedOver(now(true, false), "lvs1", shared)).toEqual([{ address, host: null }]);
  // Both have it for a moment.
  expect(handedOver(now(true, true), "lvs1", shared)).toEqual([{ address, host: null }]);
  expect(handedOver(now(false, false), "lvs1", shared)).toEqual([{ address, host: null }]);
  expect(handedOver(now(false, true), "lvs1", shared)).toEqual([{ address, host: "lvs2" }]);
  expect(withoutHeir(now(true, false), shared)).toEqual([]);
  expect(withoutHeir([director("lvs1", true), director("lvs2", false, true)], shared)).toEqual([address]);
  expect(withoutHeir([director("lvs1", true)], shared)).toEqual([address]);
});
