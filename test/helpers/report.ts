/** Whether what a command printed is what its schema says, and nothing more: an undescribed property is a fault here. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { expect } from "vitest";
import type { Reports } from "../../src/commands/reports.ts";
import { repository } from "./lvsgen.ts";

/** @returns the report */
export function expectReport(name: keyof Reports, printed: string): unknown {
  const text = readFileSync(join(repository, `schemas/reports/${name}.schema.json`), "utf8");
  // Programs that read reports are asked to pass over more.
  const closed = JSON.parse(text, (_key, value) =>
    isOpenObject(value) ? { ...value, additionalProperties: false } : value,
  );
  const ajv = new Ajv({ strict: true, allErrors: true });
  const report: unknown = JSON.parse(printed);
  ajv.validate(closed, report);
  const errors = ajv.errors ?? [];
  expect(errors.map(({ instancePath, message }) => `${instancePath} ${message}`).join("\n"), name).toBe("");
  return report;
}

function isOpenObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && "type" in value && "properties" in value;
}
