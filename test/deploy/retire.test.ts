/** In which order hosts leave, and what keeps lvsgen from beginning; a program that acts as ssh replaces the hosts. */

import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { templates } from "#templates";
import { LeavingHost } from "../../src/deploy/retire/leaving-host.ts";
import { retireText, whyNotAll } from "../../src/deploy/retire/report-text.ts";
import { retire } from "../../src/deploy/retire/retire.ts";
import { parseTarget } from "../../src/deploy/retire/target.ts";
import { planCluster } from "../../src/plan/host-plan.ts";
import { createRenderer } from "../../src/render/renderer.ts";
import { checkTopology } from "../../src/rules/check-topology.ts";
import { repository } from "../helpers/lvsgen.ts";
import { temporaryFolder } from "../helpers/temporary.ts";

const renderer = createRenderer(templates);

/** What a host says: its parts by name. */
function said(parts: Readonly<Record<string, string>>): string {
  const all = Object.entries(parts).map(([name, text]) => `@${name} ${Buffer.byteLength(text)}\n${text}`);
  return `@lvsgen-deploy\n${all.join("")}@end 0\n`;
}

const off = said({ found: "address 10.0.0.1\ncomplete yes\n" });
const failure = (state: string): string => said({ failed: `${state}\nlvs_rs did not stop\n` });

const has = (role: "lvs_dr" | "lvs_rs", more = "", cluster = "ha-pair"): string =>
  said({
    found: `host x\ncluster ${cluster}\n${more}started ${role}\nfile /usr/local/sbin/${role}.sh\nfolder /var/lib/lvsgen\ncomplete yes\n`,
  });

/** By host, what it answers to a look and to retire; a host without an answer cannot be reached. */
type Answers = Readonly<Record<string, { readonly look?: string; readonly retire?: string }>>;

/** Of examples/ha-pair: pi1 and pi2 are directors with a VIP that moves, 192.168.1.200. */
function haPair() {
  const text = readFileSync(join(repository, "examples/ha-pair/topology.json"), "utf8");
  const { cluster } = checkTopology(text, "topology.json");
  return new Map((cluster === null ? [] : planCluster(cluster)).map((plan) => [plan.host.name, plan]));
}

async function run(answers: Answers, settings: Partial<Parameters<typeof retire>[1]> = {}) {
  const folder = temporaryFolder();
  mkdirSync(join(folder, "bin"));
  for (const [host, verbs] of Object.entries(answers)) {
    for (const [verb, text] of Object.entries(verbs)) writeFileSync(join(folder, `${host}.${verb}`), text);
  }
  const ssh = join(folder, "bin/ssh");
  writeFileSync(
    ssh,
    `#!/bin/sh
while [ "$1" != -- ]; do shift; done
verb=$(sed -n 's/^VERB=//p')
[ "$verb" = look ] || echo "$2" >>${folder}/begun
cat "${folder}/$2.$verb" || { echo "Connection refused" >&2; exit 255; }
`,
  );
  chmodSync(ssh, 0o755);
  const { PATH } = process.env;
  process.env.PATH = `${join(folder, "bin")}:${PATH}`;
  onTestFinished(() => {
    process.env.PATH = PATH;
  });
  const plans = haPair();
  const hosts = Object.keys(answers).map(
    (name) =>
      new LeavingHost(
        renderer,
        name,
        { user: "root", address: name, port: 22 },
        { sudo: { kind: "passwordless" }, sockets: null, connectTimeout: 1, ask: null },
        plans.get(name) ?? null,
      ),
  );
  const reports = await retire(hosts, {
    dryRun: false,
    parallel: 1,
    cluster: null,
    onFound: async () => {},
    signal: new AbortController().signal,
    onProgress: () => {},
    ...settings,
  });
  const begun = existsSync(join(folder, "begun")) ? readFileSync(join(folder, "begun"), "utf8") : "";
  return {
    outcomes: reports.map(({ host, outcome }) => `${host} ${outcome}`),
    begun: begun.split("\n").filter((line) => line !== ""),
    reports,
  };
}

const server = { look: has("lvs_rs"), retire: off };
const director = { look: has("lvs_dr"), retire: off };

test("directors leave before real servers: the one with the VIP after the others, whatever its priority", async () => {
  const master = { look: has("lvs_dr", "address 192.168.1.200\n"), retire: off };
  expect((await run({ pi3: server, pi1: director, pi2: director })).begun).toEqual(["pi2", "pi1", "pi3"]);
  expect((await run({ pi3: server, pi1: director, pi2: master })).begun).toEqual(["pi1", "pi2", "pi3"]);
});

test("nothing is changed unless every host was reached; the advice leaves the lost one out", async () => {
  const { outcomes, begun, reports } = await run({ pi1: director, pi3: {} });
  expect({ outcomes, begun }).toEqual({ outcomes: ["pi1 untouched", "pi3 untouched"], begun: [] });
  expect(retireText(reports)).toContain("pi3  not touched\n    cannot reach pi3: Connection refused\n");
  expect(whyNotAll(reports, "lvsgen undeploy c.yaml", " --host ")).toContain(
    "no host was changed\nFix this and run the same command again.\nOr leave it out: lvsgen undeploy c.yaml --host pi1",
  );
});

test("a host of another cluster is left to that one", async () => {
  const { outcomes, reports } = await run(
    { pi3: { look: has("lvs_rs", "", "other") } },
    { cluster: "ha-pair" },
  );
  expect(outcomes).toEqual(["pi3 untouched"]);
  expect(reports[0]?.words).toContain("it is x of other");
});

test("the first host that fails is the last one that is begun", async () => {
  const failing = { look: has("lvs_rs"), retire: failure("changed") };
  const { outcomes, begun, reports } = await run({ pi3: failing, pi4: server, pi1: director });
  expect(outcomes).toEqual(["pi1 done", "pi3 failed", "pi4 untouched"]);
  expect(begun).toEqual(["pi1", "pi3"]);
  expect(whyNotAll(reports, "", "")).toContain("done: pi1; not begun: pi4");
});

test("what is still there afterwards is not called done", async () => {
  const { outcomes, reports } = await run({ pi3: { look: has("lvs_rs"), retire: has("lvs_rs") } });
  expect(outcomes).toEqual(["pi3 failed"]);
  expect(reports[0]?.words).toContain("still there: stop lvs_rs (real server)");
});

test("a report that a host without space could not finish is not one of nothing", async () => {
  const cut = { look: said({ found: "address 10.0.0.1\n" }) };
  const { outcomes, begun, reports } = await run({ pi3: cut, pi4: server });
  expect({ outcomes, begun }).toEqual({ outcomes: ["pi3 untouched", "pi4 untouched"], begun: [] });
  expect(reports[0]?.words).toBe("the host's report is incomplete");
});

test("hosts that have nothing need no question; a no changes nothing, and so does a dry run", async () => {
  const never = async (): Promise<void> => {
    throw new Error("no");
  };
  const nothing = { look: off };
  expect((await run({ pi3: nothing }, { onFound: never })).outcomes).toEqual(["pi3 nothing"]);
  const answered = { look: has("lvs_rs"), retire: "" };
  await expect(run({ pi3: answered }, { onFound: never })).rejects.toThrow("no");
  const dry = await run({ pi3: server }, { dryRun: true, onFound: never });
  expect(dry).toMatchObject({ outcomes: ["pi3 found"], begun: [] });
  expect(retireText(dry.reports)).toBe(`pi3  would change
    it is x of the cluster ha-pair
    would stop lvs_rs (real server)
    would remove /usr/local/sbin/lvs_rs.sh
    would remove /var/lib/lvsgen
`);
});

test("a connection that is lost meanwhile: the host is asked again, and has gone on", async () => {
  const { outcomes, reports } = await run({ pi3: { look: has("lvs_rs") } });
  expect(outcomes).toEqual(["pi3 failed"]);
  expect(reports[0]?.words).toContain("the connection was lost, and it is not all off");
});

describe("a host as ssh understands it", () => {
  test.each([
    ["pi4", null, "pi4", null],
    ["pi@192.168.1.107", "pi", "192.168.1.107", null],
    ["pi@pi4.example:2222", "pi", "pi4.example", 2222],
    ["ssh://pi@pi4:2222/", "pi", "pi4", 2222],
    ["[2001:db8::7]:2222", null, "2001:db8::7", 2222],
    ["pi@2001:db8::7", "pi", "2001:db8::7", null],
    ["fe80::1%eth0", null, "fe80::1%eth0", null],
  ])("%s", (text, user, address, port) => {
    expect(parseTarget(text)).toEqual({ user, address, port });
  });

  test.each(["", "-oProxyCommand=x", "pi@-oProxyCommand=x", "a b", "pi4:0", "pi4:65536", "pi4:ssh", "@pi4"])(
    "%j is refused",
    (text) => {
      expect(parseTarget(text)).toBeTypeOf("string");
    },
  );
});
