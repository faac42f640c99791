/** A password that the topology only points to: it gets into the one file that needs it, and nowhere else. */

import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { templates } from "#templates";
import { redactBoth } from "../../src/output/redact.ts";
import { planCluster } from "../../src/plan/host-plan.ts";
import { renderCluster } from "../../src/render/render-cluster.ts";
import { checkTopology } from "../../src/rules/check-topology.ts";
import { lvsgen, repository } from "../helpers/lvsgen.ts";
import { temporaryFolder } from "../helpers/temporary.ts";

const PASSWORD = "hushhush";

const pair = JSON.parse(readFileSync(join(repository, "examples/ha-pair/topology.json"), "utf8"));

function topologyFile(authPassword: unknown): string {
  const { $schema: _, directors, ...rest } = pair;
  const folder = temporaryFolder();
  const path = join(folder, "topology.json");
  writeFileSync(path, JSON.stringify({ ...rest, directors: { ...directors, vrrp: { authPassword } } }));
  return path;
}

const environment = { VRRP_PASSWORD: PASSWORD };

test("from the environment and from a file beside the topology, to keepalived.conf alone", () => {
  const fromEnvironment = topologyFile({ env: "VRRP_PASSWORD" });
  const fromFile = topologyFile({ file: "secrets/vrrp" });
  mkdirSync(join(fromFile, "../secrets"));
  writeFileSync(join(fromFile, "../secrets/vrrp"), `${PASSWORD}\n`);
  const [one, other] = [
    [fromEnvironment, environment],
    [fromFile, {}],
  ].map(([path, variables]) => {
    const out = join(path as string, "../out");
    const args = ["render", path as string, "--out", out, "--no-lint"];
    const { status, stdout, stderr } = lvsgen(args, { environment: variables as typeof environment });
    expect({ status, said: `${stdout}${stderr}`.includes(PASSWORD) }).toEqual({ status: 0, said: false });
    return filesOf(out);
  });
  expect(other).toEqual(one);
  const holders = [...(one ?? [])].filter(([, text]) => text.includes(PASSWORD)).map(([name]) => name);
  expect(holders).toEqual(["pi1/keepalived.conf", "pi2/keepalived.conf"]);
});

test("what is shown leaves it out, and shows that it changes", () => {
  const path = topologyFile({ env: "VRRP_PASSWORD" });
  const out = join(path, "../out");
  const said = (args: readonly string[], password = PASSWORD) => {
    const result = lvsgen(["render", path, "--no-lint", ...args], {
      environment: { VRRP_PASSWORD: password },
    });
    expect(`${result.stdout}${result.stderr}`).not.toMatch(/hushhush|othrpass/);
    return result;
  };
  expect(said(["--stdout"])).toMatchObject({
    stdout: expect.stringContaining("auth_pass (secret)"),
    stderr: expect.stringContaining("password of pi1/keepalived.conf not shown"),
  });
  expect(said(["--out", out, "--diff", "--write"]).stdout).toMatch(/^\+ +auth_pass \(secret\)$/m);
  const { stdout } = said(["--out", out, "--diff", "--check"], "othrpass");
  expect(stdout).toMatch(/^- +auth_pass \(secret\)\n\+ +auth_pass \(another secret\)$/m);
  said(["--out", out, "--format", "json"], "othrpass");
  for (const words of [
    ["plan", path],
    ["plan", path, "--format", "json"],
    ["graph", path],
    ["diff", path, path],
  ]) {
    expect(lvsgen(words, { environment }).stdout).not.toContain(PASSWORD);
  }
});

test("a BGP neighbor's gets into bird.conf alone, which is the owner's, and is shown without it", () => {
  const rendered = (password: string) => {
    const topology = JSON.parse(readFileSync(join(repository, "examples/anycast/topology.json"), "utf8"));
    topology.directors.announce.bgp.neighbors[0].password = { env: "BGP_PASSWORD" };
    const { cluster } = checkTopology(JSON.stringify(topology), "topology.json", () => password);
    if (cluster === null) throw new Error("the example is refused");
    expect(JSON.stringify(planCluster(cluster))).not.toContain(password);
    return renderCluster(cluster, templates);
  };
  const holders = rendered(PASSWORD).filter(({ text }) => text.includes(PASSWORD));
  expect(holders.map(({ path, mode }) => [path, mode])).toEqual([
    ["lb1/bird.conf", 0o600],
    ["lb2/bird.conf", 0o600],
  ]);
  const [before = "", after = ""] = ["hushhush", "othrpass"].map(
    (password) => rendered(password).find(({ path }) => path === "lb1/bird.conf")?.text,
  );
  const [shown, changed] = redactBoth(before, after);
  expect([shown, changed].join()).not.toMatch(/hushhush|othrpass/);
  expect(shown).toMatch(/^ *password \(secret\)$/m);
  expect(changed).toMatch(/^ *password \(another secret\)$/m);
});

test.each(["000", "077", "777"])("the files that hold it are the owner's alone, under umask %s", (umask) => {
  const path = topologyFile({ env: "VRRP_PASSWORD" });
  const out = join(path, "../out");
  const line = `umask ${umask}; exec node dist/cli.js render "$1" --out "$2" --no-lint`;
  const { status } = spawnSync("sh", ["-c", line, "sh", path, out], {
    cwd: repository,
    env: { ...process.env, ...environment },
  });
  expect(status).toBe(0);
  const mode = (name: string) => statSync(join(out, name)).mode & 0o777;
  expect([mode("pi1/keepalived.conf"), mode("pi1/lvs_dr.sh"), mode("pi1/lvs_dr.service")]).toEqual([
    0o600, 0o755, 0o644,
  ]);
});

test("the files that hold it are the owner's alone", () => {
  const path = topologyFile({ env: "VRRP_PASSWORD" });
  const out = join(path, "../out");
  expect(lvsgen(["render", path, "--out", out, "--no-lint"], { environment }).status).toBe(0);
  expect(statSync(join(out, "pi1/keepalived.conf")).mode & 0o777).toBe(0o600);
});

test.each([
  [
    "a variable that is not set",
    { env: "VRRP_PASSWORD" },
    {},
    "environment variable VRRP_PASSWORD is not set",
  ],
  ["an empty variable", { env: "VRRP_PASSWORD" }, { VRRP_PASSWORD: "" }, "is not set"],
  ["a file that is not there", { file: "vrrp" }, {}, "file vrrp does not exist"],
  ["a folder", { file: "." }, {}, "file . is not a regular file"],
  ["a device", { file: "/dev/zero" }, {}, "file /dev/zero is not a regular file"],
  ["a long file", { file: "topology.json" }, {}, "a password is 1 to 64 of the characters"],
  ["a hostile value", { env: "VRRP_PASSWORD" }, { VRRP_PASSWORD: "a}\n!b" }, "a password is 1 to 64"],
  ["one for VRRP version 2", { env: "VRRP_PASSWORD" }, { VRRP_PASSWORD: "123456789" }, "LVS203"],
])("%s: an error with its place, and without its text", (_, source, variables, message) => {
  const path = topologyFile(source);
  const { status, stderr } = lvsgen(["validate", path], {
    environment: { VRRP_PASSWORD: undefined, ...variables },
  });
  expect(status).toBe(1);
  expect(stderr).toContain(message);
  expect(stderr).toContain("/directors/vrrp/authPassword");
  for (const value of Object.values(variables)) {
    if (value !== "") expect(stderr).not.toContain(value);
  }
});

function filesOf(folder: string): Map<string, string> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  return new Map(names.toSorted().map((name) => [name.slice(folder.length + 1), readFileSync(name, "utf8")]));
}
