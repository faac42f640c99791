/** `lvsgen validate --explain`: what a code means, without a topology. */

import { closest } from "../base/suggest.ts";
import { allCodes } from "../rules/explain/all-codes.ts";
import { codesText, explanationText } from "../rules/explain/explanation-text.ts";
import { dedent, type Explained, paragraphs } from "../topology/explain/explanation.ts";
import { UsageError } from "./errors.ts";
import type { ReportFormat } from "./shared.ts";
import { isColored, pageWidth, writeData } from "./streams.ts";

/** The word that asks for a table of all codes. */
const everything = "list";

export async function suggestCodes(): Promise<readonly string[]> {
  return [everything, ...allCodes.map(({ code }) => code)];
}

/**
 * @param asked a code, in any case, or `list`
 * @throws UsageError for an unknown code
 */
export function explainCode(asked: string, format: ReportFormat): void {
  const page = { width: pageWidth(), color: isColored("stdout") };
  if (asked.toLowerCase() === everything) {
    writeData(format === "json" ? json({ codes: allCodes.map(dataOf) }) : codesText(allCodes, page));
    return;
  }
  const found = allCodes.find(({ code }) => code === asked.toUpperCase());
  if (found === undefined) throw unknownCode(asked);
  writeData(format === "json" ? json(dataOf(found)) : explanationText(found, page));
}

function unknownCode(asked: string): UsageError {
  const words = [everything, ...allCodes.map(({ code }) => code)];
  const meant = closest(asked, words);
  const guess = meant === null ? "" : `did you mean ${JSON.stringify(meant)}? `;
  return new UsageError(
    `there is no code ${JSON.stringify(asked)}: ${guess}'lvsgen validate --explain list' shows all`,
  );
}

/** Without the source's line breaks: paragraphs as lists of one-line texts, examples as they are written. */
function dataOf({ code, severity, name, explain: { what, why, fix, wrong, right } }: Explained): object {
  return {
    code,
    severity,
    rule: name,
    what: paragraphs(what),
    why: paragraphs(why),
    fix: paragraphs(fix),
    wrong: `${dedent(wrong)}\n`,
    right: `${dedent(right)}\n`,
  };
}

function json(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
