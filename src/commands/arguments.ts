/** What a command takes, as data: its values' types, its help, the man page, the docs and completion come from it. */

interface Told {
  readonly describe: string;
}

/** On or off; one that is on by itself is turned off by `--no-NAME`. */
interface Switch extends Told {
  readonly kind: "switch";
  readonly default?: true;
}

interface Valued extends Told {
  /** What stands for the value in help, in capitals. */
  readonly value: string;
  /** A positional without which the command does nothing. */
  readonly required?: true;
  /** Values that fit, for completion. */
  readonly suggest?: Suggest;
}

interface Text extends Valued {
  readonly kind: "text";
  readonly default?: string;
}

/** A file or a folder: a shell completes it by itself. */
interface Path extends Valued {
  readonly kind: "path";
  readonly default?: string;
  /** A file that is read: `-` is standard input, which there is only one of. */
  readonly input?: true;
}

interface Choice extends Told {
  readonly kind: "choice";
  readonly choices: readonly string[];
  readonly default?: string;
  /** What to say of another word; left out, the nearest choice, or all of them. */
  readonly hint?: (given: string) => string;
}

interface Numeric extends Told {
  readonly kind: "number";
  readonly least: number;
  readonly most: number;
  /** Whether it counts things. */
  readonly whole: boolean;
  readonly default?: number;
}

/** Texts or paths; as an option it may be given several times. */
interface List extends Valued {
  readonly kind: "list";
  readonly of: "text" | "path";
  readonly default?: readonly string[];
  readonly input?: true;
}

export type Argument = Switch | Text | Path | Choice | Numeric | List;

/** By name as programs write it: `dryRun` is `--dry-run`. */
export type Arguments = Readonly<Record<string, Argument>>;

/** @param file the first positional that was typed, a topology for most commands */
export type Suggest = (file: string | undefined) => Promise<readonly string[]>;

type Given<A> = A extends { kind: "switch" }
  ? boolean
  : A extends { kind: "number" }
    ? number
    : A extends { kind: "list" }
      ? readonly string[]
      : A extends { choices: readonly (infer C)[] }
        ? C
        : string;

type ValueOf<A> =
  | Given<A>
  | (A extends { kind: "switch" } | { required: true } | { default: unknown } ? never : undefined);

/** What a command is called with. */
export type Values<A> = { readonly [Name in keyof A]: ValueOf<A[Name]> };

export interface Command {
  readonly positionals: Arguments;
  readonly options: Arguments;
  /** What its help ends with, or nothing. */
  readonly epilogue: string;
  readonly run: (values: Readonly<Record<string, unknown>>) => Promise<void>;
}

interface CommandData<P, O> {
  readonly positionals: P;
  readonly options: O;
  readonly epilogue?: string;
}

/** @param work is called with the checked values (read-values.ts), by their types */
export function defineCommand<const P extends Arguments, const O extends Arguments>(
  { positionals, options, epilogue = "" }: CommandData<P, O>,
  work: (values: NoInfer<Values<P> & Values<O>>) => Promise<void> | void,
): Command {
  return {
    positionals,
    options,
    epilogue,
    run: async (values) => work(values as NoInfer<Values<P> & Values<O>>),
  };
}

/** `dryRun` -> `dry-run` */
export function dashed(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** Whether it takes several values. */
export function isRepeatable({ kind }: Argument): boolean {
  return kind === "list";
}
