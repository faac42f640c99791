/** What was not tried is never counted as passed, in any format; and what went wrong is said in words. */

import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { labCommand } from "../../src/commands/lab.ts";
import { repeatCommand } from "../../src/commands/lab-repeat.ts";
import { labRunReport } from "../../src/commands/lab-run-report.ts";
import { adaptToLab } from "../../src/lab/adapt.ts";
import type { LabEvent } from "../../src/lab/events.ts";
import { fixedPage, fixedPageDigest } from "../../src/lab/fixed-page.ts";
import { waitFor } from "../../src/lab/guest/wait.ts";
import { wordsOf } from "../../src/lab/guest/words.ts";
import { junitReport } from "../../src/lab/report/junit.ts";
import { ReportBuilder } from "../../src/lab/report/report.ts";
import { ScenarioLines } from "../../src/lab/report/scenario-lines.ts";
import { omissionText, summaryText } from "../../src/lab/report/text.ts";
import { checkTopology } from "../../src/rules/check-topology.ts";
import { clusterOf, web } from "../helpers/floating-cases.ts";

const passed = {
  type: "check",
  scenario: "balance",
  host: "client",
  name: "web is balanced",
  ok: true,
  figure: "10/10",
  detail: "",
} as const;
const omission = {
  type: "not-tried",
  scenario: "drain",
  host: "cluster",
  name: "weight 0",
  reason: 'no "live" servers',
} as const;

function reportOf(events: readonly LabEvent[]) {
  const builder = new ReportBuilder();
  for (const event of events) builder.note(event);
  return builder.build("pi-lab", "uml");
}

test("as text", () => {
  expect(omissionText(omission, false)).toBe(
    '--    drain: cluster: weight 0 (not tried: no "live" servers)\n',
  );
  expect(summaryText(reportOf([passed, omission]))).toContain("1 passed, 0 failed, 1 not tried on");
  expect(summaryText(reportOf([passed]))).toContain("1 passed, 0 failed on");
});

const failed = {
  ...passed,
  scenario: "crash",
  host: "d",
  name: "start survives",
  ok: false,
  figure: "1 not survived",
  detail: "exit 1\nwhy",
} as const;

/** A share of a scenario, from its begin to its end. */
function share(scenario: string, shares: number, ...events: LabEvent[]): LabEvent[] {
  const turn = { type: "scenario", scenario, shares } as const;
  return [
    { ...turn, state: "begin", milliseconds: 0 },
    ...events,
    { ...turn, state: "end", milliseconds: 1500 },
  ];
}

function linesOf(events: readonly LabEvent[], options: { columns?: number; verbose?: boolean } = {}) {
  const lines = new ScenarioLines({
    scenarios: ["balance", "crash", "drain"],
    color: false,
    columns: options.columns ?? null,
    verbose: options.verbose ?? false,
  });
  return events.map((event) => lines.note(event)).join("") + lines.rest();
}

test("as a line for each scenario, when all its shares have ended, with what failed", () => {
  const events = [
    ...share("balance", 1, passed),
    ...share("crash", 2, failed),
    ...share("drain", 1, omission),
    ...share("crash", 2, { ...passed, scenario: "crash" }),
    ...share("thresholds", 1),
  ];
  expect(linesOf(events)).toBe(`ok    balance  1 check, 1.5 s
--    drain    0 checks, 1 not tried, 1.5 s
      cluster: weight 0 (not tried: no "live" servers)
FAIL  crash    1 of 2 checks failed, 3.0 s
      d: start survives (1 not survived)
        exit 1
        why
--    thresholds  nothing to try, 1.5 s
`);
  expect(linesOf(share("drain", 1, { ...passed, scenario: "drain" }), { columns: 40 })).toBe(
    "ok    drain  1 check, 1.5 s\n",
  );
  expect(linesOf(share("balance", 1, passed), { verbose: true })).toBe(
    "ok    balance: client: web is balanced (10/10)\nok    balance  1 check, 1.5 s\n",
  );
});

test("a run that ends early says what it found", () => {
  const [begin] = share("crash", 1);
  expect(linesOf([omission, ...(begin ? [begin] : []), failed])).toBe(
    `${omissionText(omission, false)}FAIL  crash    1 of 1 check failed, did not end
      d: start survives (1 not survived)
        exit 1
        why
`,
  );
});

test("the command that runs again what failed has the options that the failure depends on", () => {
  const values = {
    file: "my cluster.yaml",
    format: "json",
    verbose: true,
    keep: false,
    thorough: true,
    kernels: 2,
    timeout: 900,
    inject: ["d: ip link"],
    host: ["d"],
  };
  const again = (...scenarios: string[]) => repeatCommand(labCommand.options, values, scenarios);
  expect(again()).toBeNull();
  expect(again("crash", "arp", "crash")).toBe(
    "lvsgen lab 'my cluster.yaml' --scenario crash,arp --inject 'd: ip link' --thorough --timeout 900",
  );
  expect(again("reboot")).toBe(
    "lvsgen lab 'my cluster.yaml' --scenario reboot --host d --thorough --timeout 900",
  );
});

test("as JSON", () => {
  const { type: _, ...expected } = omission;
  const report = labRunReport(reportOf([passed, omission]), [], null);
  expect(report).toMatchObject({ passed: 1, failed: 0, notTried: [expected] });
  expect(report.checks).toHaveLength(1);
});

test("as JUnit", () => {
  const text = junitReport(reportOf([passed, omission]));
  expect(text).toContain('<testsuites name="lvsgen lab pi-lab" tests="2" failures="0" skipped="1"');
  expect(text).toContain('<testsuite name="balance" tests="1" failures="0" skipped="0"');
  expect(text).toContain('<testsuite name="drain" tests="1" failures="0" skipped="1"');
  expect(text).toContain(
    '<testcase classname="drain.cluster" name="weight 0">\n      <skipped message="no &quot;live&quot; servers"/>\n    </testcase>',
  );
});

test("what did not come is said, with what is there instead, and without a stack", async () => {
  const error = await waitFor(
    () => false,
    "the master",
    0,
    async () => "nobody has 10.0.0.1",
  ).catch((thrown: unknown) => thrown);
  expect(wordsOf(error)).toBe("waited 0 s for the master, without success\nnobody has 10.0.0.1");
  expect(wordsOf(new Error("rs1 is not there"))).toBe("rs1 is not there");
  expect(wordsOf(new TypeError("x is undefined"))).toMatch(
    /^a fault of lvsgen's lab, not of the scripts: TypeError: x is undefined \(lab-report\.test\.ts:\d+:\d+\)$/,
  );
});

test("the digest of the lab's page is the digest of its page", () => {
  expect(createHash("md5").update(fixedPage).digest("hex")).toBe(fixedPageDigest);
});

function checkedBy(check: object) {
  const { cluster } = checkTopology(
    JSON.stringify({
      version: 1,
      name: "checked",
      defaults: { os: "debian-12" },
      hosts: { d: { interfaces: { eth0: "10.0.0.1/24" } }, r: { interfaces: { eth0: "10.0.0.2/24" } } },
      directors: { hosts: ["d"], engine: "keepalived" },
      virtualServices: [
        {
          name: "web",
          vip: "10.0.0.9",
          port: 80,
          scheduler: "rr",
          realServers: [{ host: "r" }],
          healthCheck: check,
        },
      ],
    }),
    "checked.json",
  );
  if (cluster === null) throw new Error("not a topology");
  return cluster;
}

test("a program that is not here, and a page that nobody has, are replaced, and that is said", () => {
  const script = adaptToLab(checkedBy({ type: "script", command: "/opt/ask" }), ["/opt/ask"]);
  expect(script.cluster.services[0]?.healthCheck?.command).toBe("/usr/local/sbin/lvsgen-lab-check-web");
  expect(script.replaced).toMatchObject([{ service: "web", name: expect.stringContaining("/opt/ask") }]);
  const page = adaptToLab(checkedBy({ type: "http", digest: "0".repeat(32) }), []);
  expect(page.cluster.services[0]?.healthCheck?.digest).toBe(fixedPageDigest);
  expect(page.replaced).toHaveLength(1);
  const here = checkedBy({ type: "script", command: "/usr/bin/true" });
  expect(adaptToLab(here, [])).toEqual({ cluster: here, replaced: [] });
});

test("tracks that would keep one processor busy wait longer, and that is said", () => {
  const every = (interval: number) => [
    ...[80, 81, 82].map((port) => ({ type: "tcp", port, interval, timeout: 1 })),
    { type: "process", name: "nginx", interval, timeout: 1 },
    { type: "interface", name: "eth1" },
  ];
  const adapted = (interval: number) => adaptToLab(clusterOf([{ ...web, track: every(interval) }]), []);
  const waits = ({ cluster }: ReturnType<typeof adaptToLab>) =>
    cluster.floating[0]?.track.slice(0, 4).map((each) => `${each.interval} ${each.timeout}`);
  expect(waits(adapted(3))).toEqual(Array(4).fill("3 1"));
  expect(adapted(3).replaced).toEqual([]);
  expect(waits(adapted(1))).toEqual(Array(4).fill("3 3"));
  expect(adapted(1).replaced.map(({ name, reason }) => `${name}: ${reason}`)).toEqual([
    "tracks of web ask every 1 s: one processor is too slow for all of them: every 3 s in the lab",
  ]);
});
