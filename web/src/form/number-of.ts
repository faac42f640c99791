/** A number if the text is one; otherwise the text itself, as a time with its unit, for the rules to judge. */
export function numberOf(text: string): string | number | undefined {
  const trimmed = text.trim();
  if (trimmed === "") return undefined;
  return /^\d{1,9}(\.\d{1,3})?$/.test(trimmed) ? Number(trimmed) : trimmed;
}
