/** What a script's variables have: texts, lists, or what is known only when the script runs. */

import { say } from "../../languages/say.ts";

export interface Unknown {
  /** As the script has it: `$1`, `$(hostname -i)`. */
  readonly unknown: string;
  /** What a variable was set to; null: it is no variable, or never set. */
  readonly cause: string | null;
  /** Nobody set it in the script: an argument, or a variable of the environment. */
  readonly isOutside: boolean;
  /** All that it can be, where that is known. */
  readonly choices: readonly string[];
}

export type Text = string | Unknown;

/** An array: by its indices, or by its keys (`declare -A`). */
export interface List {
  readonly items: ReadonlyMap<string, string>;
  readonly hasKeys: boolean;
}

export type Value = Text | List;

export function unknown(what: string, isOutside = false, choices: readonly string[] = []): Unknown {
  return { unknown: what.replaceAll(/\s+/g, " ").slice(0, 60), cause: null, isOutside, choices };
}

/** The value of a variable, by its name. */
export function throughName(value: Unknown, name: string): Unknown {
  return value.unknown === name ? value : { ...value, unknown: name, cause: value.cause ?? value.unknown };
}

export function described({ unknown: what, cause, choices }: Unknown): string {
  const meaning =
    cause ??
    (choices.length > 1 ? choices.slice(0, 4).reduce((before, choice) => say`${before} or ${choice}`) : null);
  return meaning === null ? what : `${what} (${meaning})`;
}

export function isText(value: unknown): value is string {
  return typeof value === "string";
}

export function isUnknown(value: unknown): value is Unknown {
  return typeof value === "object" && value !== null && "unknown" in value;
}

export function isList(value: Value | undefined): value is List {
  return typeof value === "object" && "items" in value;
}

export function listOf(texts: readonly string[]): List {
  return { items: new Map(texts.map((text, index) => [String(index), text])), hasKeys: false };
}

/** One text of several; the first unknown one makes it unknown. */
export function joined(texts: readonly Text[], between = ""): Text {
  return texts.find(isUnknown) ?? texts.join(between);
}

/** The variables of a script and of the functions that run. */
export class Variables {
  readonly #frames: Frame[];

  constructor(frames: Frame[] = [{ names: new Map(), positional: null }]) {
    this.#frames = frames;
  }

  get(name: string): Value | undefined {
    return this.#frames.findLast(({ names }) => names.has(name))?.names.get(name);
  }

  set(name: string, value: Value): void {
    const frame = this.#frames.findLast(({ names }) => names.has(name)) ?? this.#frames[0];
    frame?.names.set(name, bounded(name, value));
  }

  /** `local NAME`: of the function that runs. */
  setLocal(name: string, value: Value): void {
    this.#frames.at(-1)?.names.set(name, bounded(name, value));
  }

  unset(name: string): void {
    this.#frames.findLast(({ names }) => names.has(name))?.names.delete(name);
  }

  /** `$1` and further; null: those of the script, which are unknown. */
  get positional(): readonly Text[] | null {
    return this.#frames.at(-1)?.positional ?? null;
  }

  set positional(texts: readonly Text[] | null) {
    const frame = this.#frames.at(-1);
    if (frame !== undefined) frame.positional = texts;
  }

  enter(positional: readonly Text[] | null): void {
    this.#frames.push({ names: new Map(), positional });
  }

  leave(): void {
    this.#frames.pop();
  }

  get depth(): number {
    return this.#frames.length;
  }

  /** How many variables there are. */
  get size(): number {
    return this.#frames.reduce((sum, { names }) => sum + names.size, 0);
  }

  copy(): Variables {
    return new Variables(
      this.#frames.map(({ names, positional }) => ({ names: new Map(names), positional })),
    );
  }

  equals(other: Variables): boolean {
    return this.#frames.every(({ names, positional }, depth) => {
      const frame = other.#frames[depth];
      return (
        frame !== undefined &&
        frame.names.size === names.size &&
        isSame(frame.positional, positional) &&
        [...names].every(([name, value]) => isSame(frame.names.get(name), value))
      );
    });
  }

  /** After a condition that is unknown: what all outcomes agree on. */
  become(outcomes: readonly Variables[]): void {
    for (const [depth, frame] of this.#frames.entries()) {
      const frames = outcomes.map((each) => each.#frames[depth] as Frame);
      const names = new Set(frames.flatMap((each) => [...each.names.keys()]));
      frame.names.clear();
      for (const name of names) {
        const value = frames[0]?.names.get(name);
        const isSure = value !== undefined && frames.every((each) => each.names.get(name) === value);
        frame.names.set(name, isSure ? value : agreed(name, frames));
      }
      const [first, ...others] = frames.map(({ positional }) => positional);
      frame.positional = others.every((each) => isSame(each, first)) ? (first ?? null) : null;
    }
  }
}

interface Frame {
  readonly names: Map<string, Value>;
  positional: readonly Text[] | null;
}

/** Characters of a variable: one that contains itself twice doubles each time. */
const maximumLength = 10_000;

const maximumItems = 10_000;

function bounded(name: string, value: Value): Value {
  const isLong = isText(value)
    ? value.length > maximumLength
    : isList(value) && value.items.size > maximumItems;
  return isLong ? unknown(`$${name}`) : value;
}

/** One value, besides those that only an argument or the environment would set. */
function agreed(name: string, frames: readonly Frame[]): Value {
  const values = frames.flatMap(({ names }) => names.get(name) ?? []);
  const own = values.filter((value) => !(isUnknown(value) && value.isOutside));
  const [first, ...others] = own.length > 0 ? own : values;
  if (first !== undefined && others.every((value) => isSame(value, first))) return first;
  return unknown(`$${name}`, false, values.every(isText) ? [...new Set(values)] : []);
}

function isSame(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one, entries) === JSON.stringify(other, entries);
}

function entries(_key: string, value: unknown): unknown {
  return value instanceof Map ? [...value] : value;
}
