import { terminalWidth } from "./terminal-width.ts";

/** Rows of cells as lines with aligned columns. */
export function columns(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, index) => {
      widths[index] = Math.max(widths[index] ?? 0, terminalWidth(cell));
    });
  }
  return rows.map((row) =>
    row
      .map((cell, index) => cell + " ".repeat((widths[index] ?? 0) - terminalWidth(cell)))
      .join("  ")
      .trimEnd(),
  );
}
