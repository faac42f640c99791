/** Programs that only compute, by what they print: those that scripts use for addresses and numbers. */

/** @returns what it prints; null where lvsgen does not know */
type Compute = (words: readonly string[], input: string | null) => string | null;

/** Numbers of one `seq`. */
const maximumNumbers = 10_000;

const table: Readonly<Record<string, Compute>> = {
  seq,
  echo,
  printf,
  cat: (words, input) => (words.every((word) => word === "-") ? input : null),
  basename: ([path = "", suffix = ""]) => {
    const name = path.replace(/\/+$/, "").replace(/^.*\//, "");
    return `${suffix !== "" && name !== suffix && name.endsWith(suffix) ? name.slice(0, -suffix.length) : name}\n`;
  },
  cut,
  awk,
  tr,
};

/** Whether the program is one of these, whatever its arguments. */
export function computes(program: string): boolean {
  return Object.hasOwn(table, program);
}

export function computed(program: string, words: readonly string[], input: string | null): string | null {
  return table[program]?.(words, input) ?? null;
}

/** `seq [-w] [-s TEXT] [FIRST [STEP]] LAST`, whole numbers. */
function seq(words: readonly string[]): string | null {
  let [isPadded, between] = [false, "\n"];
  const numbers: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    if (word === "-w") isPadded = true;
    else if (word === "-s") between = words[++at] ?? "";
    else if (/^-?\d+$/.test(word)) numbers.push(word);
    else return null;
  }
  const [first = "1", second, third] = numbers.length === 1 ? ["1", ...numbers] : numbers;
  if (numbers.length === 0 || numbers.length > 3 || second === undefined) return null;
  const [from, step, last] = [first, third === undefined ? "1" : second, third ?? second].map(Number);
  if (from === undefined || step === undefined || last === undefined || step === 0) return null;
  const count = Math.floor((last - from) / step) + 1;
  if (count <= 0) return "";
  if (count > maximumNumbers) return null;
  const width = isPadded ? Math.max(first.length, (third ?? second).length) : 0;
  const texts = Array.from({ length: count }, (_, index) => {
    const value = from + step * index;
    const sign = value < 0 ? "-" : "";
    return `${sign}${String(Math.abs(value)).padStart(width - sign.length, "0")}`;
  });
  return `${texts.join(between)}\n`;
}

function echo(words: readonly string[]): string | null {
  const options = words.findIndex((word) => !/^-[neE]+$/.test(word));
  const from = options === -1 ? words.length : options;
  const flags = words.slice(0, from).join("");
  const text = words.slice(from).join(" ");
  if (text.includes("\\") && !flags.includes("e")) return null;
  const shown = flags.includes("e") ? unescaped(text) : text;
  return shown === null ? null : `${shown}${flags.includes("n") ? "" : "\n"}`;
}

const escapes: Readonly<Record<string, string>> = { n: "\n", t: "\t", "\\": "\\" };

function unescaped(text: string): string | null {
  if (/\\[^nt\\]/.test(text)) return null;
  return text.replaceAll(/\\(.)/g, (_whole, character: string) => escapes[character] ?? "");
}

/** `printf FORMAT WORD…` with %s and %d; the format repeats until all words are used. */
function printf(words: readonly string[]): string | null {
  const isPlain = words[0] === "--";
  const [format, ...values] = isPlain ? words.slice(1) : words;
  const text = format === undefined || (format.startsWith("-") && !isPlain) ? null : unescaped(format);
  if (text === null) return null;
  const places = text.match(/%0?\d*[sd]/g)?.length ?? 0;
  if (/%(?!0?\d*[sd]|%)/.test(text)) return null;
  let result = "";
  let at = 0;
  do {
    result += text.replaceAll(/%%|%(0?)(\d*)([sd])/g, (whole, zero: string, width: string, kind: string) => {
      if (whole === "%%") return "%";
      const value = values[at++] ?? (kind === "d" ? "0" : "");
      return value.padStart(Number(width), zero === "" || kind === "s" ? " " : "0");
    });
  } while (places > 0 && at < values.length);
  return result;
}

function perLine(input: string | null, change: (line: string) => string | null): string | null {
  if (input === null) return null;
  const lines = input.replace(/\n$/, "").split("\n").map(change);
  return input === "" ? "" : lines.includes(null) ? null : `${lines.join("\n")}\n`;
}

/** `cut -d X -f N`, one field. */
function cut(words: readonly string[], input: string | null): string | null {
  const line = words.join("\n");
  const [, delimiter = ""] = /(?:^|\n)-d\n?([^\n])(?:\n|$)/.exec(line) ?? [];
  const [, field = ""] = /(?:^|\n)-f\n?([1-9]\d*)(?:\n|$)/.exec(line) ?? [];
  const isAll = line.replace(/(^|\n)-[df]\n?[^\n]+/g, "").replace(/(^|\n)-[df]\n?[^\n]+/g, "") === "";
  if (delimiter === "" || field === "" || !isAll) return null;
  return perLine(input, (text) =>
    text.includes(delimiter) ? (text.split(delimiter)[Number(field) - 1] ?? "") : text,
  );
}

/** `awk [-F X] '{print $N}'`. */
function awk(words: readonly string[], input: string | null): string | null {
  const [, separator, field = ""] =
    /^(?:-F\n?([^\n])\n)?\{\s*print\s+\$([1-9]\d*)\s*;?\s*\}$/.exec(words.join("\n")) ?? [];
  if (field === "") return null;
  return perLine(
    input,
    (line) =>
      (separator === undefined || separator === " " ? line.trim().split(/[ \t]+/) : line.split(separator))[
        Number(field) - 1
      ] ?? "",
  );
}

/** `tr X Y` with single characters, and `tr -d X`. */
function tr([first = "", second = "", ...more]: readonly string[], input: string | null): string | null {
  const from = unescaped(first === "-d" ? second : first);
  const to = first === "-d" ? "" : unescaped(second);
  if (
    input === null ||
    more.length > 0 ||
    from?.length !== 1 ||
    to === null ||
    (first !== "-d" && to.length !== 1)
  )
    return null;
  return input.replaceAll(from, to);
}
