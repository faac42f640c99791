/**
 * Rows of a table of dimensions that have every pair of values which can stand together, in few rows. Deterministic:
 * the same dimensions and the same judge give the same rows.
 */

/** Values by dimension; the first of each is one that goes with most of the others'. */
export type Dimensions = Readonly<Record<string, readonly string[]>>;

/** A value for every dimension. */
export type Row = Readonly<Record<string, string>>;

/** Values of two dimensions, the earlier dimension first. */
export type Pair = readonly [Cell, Cell];
type Cell = readonly [dimension: string, value: string];

export interface RefusedPair {
  readonly pair: Pair;
  /** Why: what the judge says of a row that is good with either of the two values changed. */
  readonly reasons: readonly string[];
}

export interface Cover {
  readonly rows: readonly Row[];
  /** Each is in a row. */
  readonly covered: readonly Pair[];
  readonly refused: readonly RefusedPair[];
  /** Neither found in a good row nor to blame for a refused one: a fault of the dimensions. */
  readonly unexplained: readonly Pair[];
  /** Why rows of pairs that are good each were refused for three values or more. */
  readonly further: readonly string[];
}

/** @param judge why a row is refused; nothing where it is good */
export function coverPairs(dimensions: Dimensions, judge: (row: Row) => readonly string[]): Cover {
  const table = new Table(dimensions, judge);
  const witnesses = new Map<string, Witness>();
  const covered: Pair[] = [];
  const refused: RefusedPair[] = [];
  const unexplained: Pair[] = [];
  for (const pair of pairsOf(dimensions)) {
    const { witness, reasons } = table.classify(pair);
    if (witness !== null) {
      witnesses.set(keyOf(pair), { pair, row: witness });
      covered.push(pair);
    } else if (reasons !== null) refused.push({ pair, reasons });
    else unexplained.push(pair);
  }
  const { rows, further } = greedyRows(table, witnesses);
  return { rows, covered, refused, unexplained, further };
}

class Table {
  readonly dimensions: Dimensions;
  readonly #judge: (row: Row) => readonly string[];
  readonly #judged = new Map<string, readonly string[]>();

  constructor(dimensions: Dimensions, judge: (row: Row) => readonly string[]) {
    this.dimensions = dimensions;
    this.#judge = judge;
  }

  reasons(row: Row): readonly string[] {
    const key = Object.values(row).join("\n");
    const known = this.#judged.get(key);
    if (known !== undefined) return known;
    const reasons = this.#judge(row);
    this.#judged.set(key, reasons);
    return reasons;
  }

  isGood(row: Row): boolean {
    return this.reasons(row).length === 0;
  }

  /** Looks for a good row near the first values; a pair that is to blame is given up one change away from them. */
  classify(pair: Pair): { witness: Row | null; reasons: readonly string[] | null } {
    const start = this.#with(pair);
    const others = Object.keys(this.dimensions).filter((name) => !pair.some(([own]) => own === name));
    const near = others.flatMap((name) => this.#variants(start, name));
    const witness = [start, ...near].find((row) => this.isGood(row));
    if (witness !== undefined) return { witness, reasons: null };
    const blamed = [start, ...near].find((row) => pair.every(([name]) => this.#isMendedBy(row, name)));
    if (blamed !== undefined) return { witness: null, reasons: this.reasons(blamed) };
    for (const row of near)
      for (const name of others) {
        const further = this.#variants(row, name).find((each) => this.isGood(each));
        if (further !== undefined) return { witness: further, reasons: null };
      }
    return { witness: null, reasons: null };
  }

  #with(pair: Pair): Row {
    const first = Object.entries(this.dimensions).map(([name, [value = ""]]) => [name, value]);
    return { ...Object.fromEntries(first), ...Object.fromEntries(pair) };
  }

  #variants(row: Row, name: string): Row[] {
    const values = this.dimensions[name] ?? [];
    return values.filter((value) => value !== row[name]).map((value) => ({ ...row, [name]: value }));
  }

  #isMendedBy(row: Row, name: string): boolean {
    return this.#variants(row, name).some((each) => this.isGood(each));
  }
}

/** A good row of a pair. */
interface Witness {
  readonly pair: Pair;
  readonly row: Row;
}

/** Takes one pair after the other that no row has yet, and fills its row with what brings most of the others. */
function greedyRows(table: Table, witnesses: ReadonlyMap<string, Witness>) {
  const open = new Set(witnesses.keys());
  const rows: Row[] = [];
  const further = new Set<string>();
  for (const [key, witness] of witnesses) {
    if (!open.has(key)) continue;
    const full = fill(table.dimensions, witness.pair, open, witnesses);
    for (const reason of full === null ? [] : table.reasons(full)) further.add(reason);
    const row = full !== null && table.isGood(full) ? full : repaired(table, full, witness);
    rows.push(row);
    for (const pair of pairsIn(row)) open.delete(keyOf(pair));
  }
  return { rows, further: [...further].sort() };
}

/** Null where the values chosen first leave none for a later dimension. */
function fill(
  dimensions: Dimensions,
  [first, second]: Pair,
  open: ReadonlySet<string>,
  possible: ReadonlyMap<string, unknown>,
): Row | null {
  const names = Object.keys(dimensions);
  const chosen = new Map<string, string>([first, second]);
  const pairsWith = (name: string, value: string) =>
    [...chosen].map(([other, its]) => keyOf(ordered(names, [other, its], [name, value])));
  for (const name of names.filter((each) => !chosen.has(each))) {
    const choices = (dimensions[name] ?? [])
      .map((value) => ({ value, keys: pairsWith(name, value) }))
      .filter(({ keys }) => keys.every((key) => possible.has(key)))
      .map(({ value, keys }) => ({ value, gain: keys.filter((key) => open.has(key)).length }));
    const [best] = choices.toSorted((a, b) => b.gain - a.gain);
    if (best === undefined) return null;
    chosen.set(name, best.value);
  }
  return Object.fromEntries(names.map((name) => [name, chosen.get(name) ?? ""]));
}

/** A good row with the pair: the refused one with values of the witness, as few as it takes. */
function repaired(table: Table, refused: Row | null, { pair, row: witness }: Witness): Row {
  if (refused === null) return witness;
  const names = Object.keys(witness).filter((name) => !pair.some(([own]) => own === name));
  const patched = (...each: string[]): Row => ({
    ...refused,
    ...Object.fromEntries(each.map((name) => [name, witness[name] ?? ""])),
  });
  const candidates = [
    ...names.map((name) => patched(name)),
    ...names.flatMap((one) => names.map((two) => patched(one, two))),
  ];
  return candidates.find((row) => table.isGood(row)) ?? witness;
}

function pairsOf(dimensions: Dimensions): Pair[] {
  const entries = Object.entries(dimensions);
  return entries.flatMap(([first, values], at) =>
    entries.slice(at + 1).flatMap(([second, others]) =>
      values.flatMap((value) =>
        others.map(
          (other): Pair => [
            [first, value],
            [second, other],
          ],
        ),
      ),
    ),
  );
}

/** Every pair of values in the row. */
export function pairsIn(row: Row): Pair[] {
  const cells = Object.entries(row);
  return cells.flatMap((cell, at) => cells.slice(at + 1).map((other): Pair => [cell, other]));
}

function ordered(names: readonly string[], one: Cell, other: Cell): Pair {
  return names.indexOf(one[0]) < names.indexOf(other[0]) ? [one, other] : [other, one];
}

/** For maps and messages: `os centos-6, init systemd`. */
export function keyOf(pair: Pair): string {
  return pair.map((cell) => cell.join(" ")).join(", ");
}
