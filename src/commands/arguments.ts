/** A command's arguments as data: the source of its values' types, its help, the man page, the docs and completion. */

interface Described {
  readonly describe: string;
}

/** On or off; one that is on by itself is turned off by `--no-NAME`. */
interface Switch extends Described {
  readonly kind: "switch";
  readonly default?: true;
}

interface Valued extends Described {
  /** The placeholder of the value in help, in capitals. */
  readonly value: string;
  /** A positional that the command needs. */
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
  /** A file that is read: `-` is standard input, for one file only. */
  readonly input?: true;
}

interface Choice extends Described {
  readonly kind: "choice";
  readonly choices: readonly string[];
  readonly default?: string;
  /** A hint for an invalid word; by default the nearest choice, or all of them. */
  readonly hint?: (given: string) => string;
}

interface Numeric extends Described {
  readonly kind: "number";
  readonly least: number;
  readonly most: number;
  /** Whether it counts things. */
  readonly whole: boolean;
  readonly default?: number;
}

/** Texts or paths; as an option it can be repeated. */
interface List extends Valued {
  readonly kind: "list";
  readonly of: "text" | "path";
  readonly default?: readonly string[];
  readonly input?: true;
}

export type Argument = Switch | Text | Path | Choice | Numeric | List;

/** By name in camel case: `dryRun` is `--dry-run`. */
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

/** The values that a command gets. */
export type Values<A> = { readonly [Name in keyof A]: ValueOf<A[Name]> };

export interface Command {
  readonly positionals: Arguments;
  readonly options: Arguments;
  /** The end of its help, or empty. */
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
