/** The verdicts for people: a line a service, and one for each server that answered. Pure. */

import { columns } from "../base/columns.ts";
import { bracketed, endpoint } from "../base/endpoint.ts";
import type { ServiceVerdict } from "./verify.ts";

export function verifyText(verdicts: readonly ServiceVerdict[]): string {
  return verdicts.map(verdictText).join("");
}

function verdictText(verdict: ServiceVerdict): string {
  const { service, address, port, state, answered, requests, distribution, reasons } = verdict;
  const title = `${service} ${port === null ? bracketed(address) : endpoint(address, port)}`;
  const why = reasons.length === 0 ? "" : `: ${reasons.join(", ")}`;
  if (state === "not verifiable") return `${title}  cannot be verified${why}\n`;
  const lines = columns(
    Object.entries(distribution).map(([name, count]) => [
      `    ${name}`,
      String(count).padStart(4),
      percent(count, answered),
    ]),
  );
  return [`${title}  ${answered} of ${requests} answered${why}`, ...lines, ""].join("\n");
}

function percent(part: number, whole: number): string {
  return `${Math.round((100 * part) / Math.max(1, whole))} %`;
}
