/** `lvsgen validate --explain`: explains a code, without a topology. */

import { closest } from "../base/suggest.ts";
import { say } from "../languages/say.ts";
import { allCodes } from "../rules/explain/all-codes.ts";
import { codesText, explanationText } from "../rules/explain/explanation-text.ts";
import { asData, explanations } from "../rules/explain/explanations.ts";
import { UsageError } from "./errors.ts";
import { writeReport } from "./reports.ts";
import type { ReportFormat } from "./shared.ts";
import { isColored, pageWidth, writeData } from "./streams.ts";

/** The word for a table of all codes. */
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
    if (format === "json") writeReport("explanations", { codes: explanations() });
    else writeData(codesText(allCodes, page));
    return;
  }
  const found = allCodes.find(({ code }) => code === asked.toUpperCase());
  if (found === undefined) throw unknownCode(asked);
  if (format === "json") writeReport("explanation", asData(found));
  else writeData(explanationText(found, page));
}

function unknownCode(asked: string): UsageError {
  const words = [everything, ...allCodes.map(({ code }) => code)];
  const meant = closest(asked, words);
  const shown = JSON.stringify(asked);
  return new UsageError(
    meant === null
      ? say`unknown code ${shown}: 'lvsgen validate --explain list' shows all`
      : say`unknown code ${shown}: did you mean ${JSON.stringify(meant)}? 'lvsgen validate --explain list' shows all`,
  );
}
