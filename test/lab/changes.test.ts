/** Changing a topology and applying it again: the difference, and nothing else, in a real kernel. */

import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../helpers/temporary.ts";
import { steps, topologyOf } from "./changes/steps.ts";
import { renderTo, runOwn } from "./own/run-own.ts";

test("a changed topology changes the difference only, and a moved VIP is followed", async () => {
  const work = temporaryFolder();
  const folders = Object.fromEntries(
    steps.map((step, index) => [step.name, renderTo(join(work, `step-${index}`), topologyOf(step, "dr1"))]),
  );
  const last = steps.at(-1);
  if (!last) throw new Error("no steps");
  folders["director moved"] = renderTo(join(work, "moved"), topologyOf(last, "dr2"));
  // The lab is built for every host that any step has.
  const everything = { vip: "10.9.0.200", servers: { rs1: 1, rs2: 1, rs3: 1 } };
  const checks = await runOwn({
    scenario: "changes",
    topology: topologyOf(everything, "dr1"),
    work,
    extra: { changes: { folders } },
  });
  expect(checks.filter(({ ok }) => !ok)).toEqual([]);
  expect(checks.length).toBeGreaterThan(30);
}, 500_000);
