/**
 * A page of the documentation as steps that can be run. What a fence says behind its language tells how:
 *
 *     ```sh               commands for a shell, on the reader's own machine
 *     ```sh in=clone      the same, in a clone of lvsgen's repository
 *     ```sh on=fleet      the same, on a machine that reaches the hosts
 *     ```sh on=pi1        commands for a host, as root
 *     ```sh exit=1        they end with this status
 *     ```text             lines that the commands before it print, in this order; … is anything
 *     ```yaml file=NAME   a file that the reader writes
 *     ```diff file=NAME   a change that the reader makes
 *
 * Everything else is for looking at, also commands in ```bash.
 */

export interface Step {
  readonly kind: "commands" | "output" | "file" | "change";
  readonly text: string;
  readonly line: number;
  /** `here`, `clone`, `fleet`, or a host's name. */
  readonly place: string;
  readonly exit: number;
  /** Of a file or a change. */
  readonly file: string;
}

export function stepsOf(markdown: string): Step[] {
  const steps: Step[] = [];
  let before: Step["kind"] | null = null;
  for (const match of markdown.matchAll(/^```(\w+)(.*)\n([\s\S]*?)^```$/gm)) {
    const [, language = "", words = "", text = ""] = match;
    const settings = Object.fromEntries(
      words
        .trim()
        .split(" ")
        .map((word) => word.split("=")),
    );
    const kind = kindOf(language, settings, before);
    before = kind;
    if (kind === null) continue;
    steps.push({
      kind,
      text,
      line: markdown.slice(0, match.index).split("\n").length,
      place: settings.on ?? settings.in ?? "here",
      exit: Number(settings.exit ?? 0),
      file: settings.file ?? "",
    });
  }
  return steps;
}

function kindOf(
  language: string,
  { file }: Readonly<Record<string, string>>,
  before: Step["kind"] | null,
): Step["kind"] | null {
  if (language === "sh") return "commands";
  if (language === "text") return before === "commands" ? "output" : null;
  if (file === undefined) return null;
  return language === "diff" ? "change" : "file";
}

/** The text after a change as a reader makes it: by what stands there, not by line numbers. */
export function changed(text: string, change: string): string {
  const lines = change.split("\n").filter((line) => line !== "");
  const side = (sign: string): string =>
    lines
      .filter((line) => line.startsWith(sign) || line.startsWith(" "))
      .map((line) => `${line.slice(1)}\n`)
      .join("");
  const parts = text.split(side("-"));
  if (parts.length !== 2) throw new Error(`the change fits ${parts.length - 1} places:\n${change}\n${text}`);
  return parts.join(side("+"));
}

/** @returns the first line of the page that the output does not have after the ones before, or null */
export function missingLine(output: string, shown: string): string | null {
  let rest = output.split("\n").map((line) => line.trimEnd());
  for (const line of shown.split("\n").map((each) => each.trimEnd())) {
    if (line === "" || line === "…") continue;
    const pattern = new RegExp(`^${line.split("…").map(escaped).join(".*")}$`);
    const place = rest.findIndex((each) => pattern.test(each));
    if (place < 0) return line;
    rest = rest.slice(place + 1);
  }
  return null;
}

function escaped(text: string): string {
  return text.replaceAll(/[$()*+.?[\\\]^{|}]/g, "\\$&");
}
