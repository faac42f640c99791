/** Durations with a unit, where the topology counts seconds. */

const seconds: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400 };

/** @returns seconds, or null where the text is no number with a unit */
export function parseDuration(text: string): number | null {
  const [matched, amount = "", unit = ""] = /^([0-9]{1,9}(?:\.[0-9]{1,3})?)(ms|s|m|h|d)$/.exec(text) ?? [];
  if (matched === undefined) return null;
  // Thousandths: 0.3 s is not 0.30000000000000004.
  return Math.round(Number(amount) * (seconds[unit] ?? 1) * 1000) / 1000;
}
