/** What was not tried is never counted as passed, in any format; and what went wrong is said in words. */

import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { labRunReport } from "../../src/commands/lab-run-report.ts";
import { adaptToLab } from "../../src/lab/adapt.ts";
import type { LabEvent } from "../../src/lab/events.ts";
import { fixedPage, fixedPageDigest } from "../../src/lab/fixed-page.ts";
import { waitFor } from "../../src/lab/guest/wait.ts";
import { wordsOf } from "../../src/lab/guest/words.ts";
import { junitReport } from "../../src/lab/report/junit.ts";
import { ReportBuilder } from "../../src/lab/report/report.ts";
import { omissionText, summaryText } from "../../src/lab/report/text.ts";
import { checkTopology } from "../../src/rules/check-topology.ts";

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

test("as JSON", () => {
  const { type: _, ...expected } = omission;
  const report = labRunReport(reportOf([passed, omission]));
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
  expect(wordsOf(new TypeError("x is undefined"))).toMatch(/^TypeError: x is undefined\n +at /);
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
