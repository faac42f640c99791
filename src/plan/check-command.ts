/** The program of a script check with its arguments, for one real server. */

import type { HealthCheck, RealServer } from "../topology/model.ts";

type Server = Pick<RealServer, "address" | "port">;
type Program = Pick<HealthCheck, "command" | "arguments" | "port">;

/** What each placeholder of an argument becomes. */
const values: Readonly<Record<string, (server: Server, check: Pick<HealthCheck, "port">) => string>> = {
  address: ({ address }) => address,
  port: (server, { port }) => String(port ?? server.port),
};

export const placeholders: readonly string[] = Object.keys(values);

/** `%{name}` and `${name}` are not placeholders, but words of curl and others. */
const placeholder = /(?<![%$])\{([A-Za-z][\w-]*)\}/g;

/** Names in braces in an argument, known or not. */
export function placeholdersOf(argument: string): string[] {
  return [...argument.matchAll(placeholder)].map(([, name = ""]) => name);
}

export function usesPlaceholder(args: readonly string[], name: string): boolean {
  return args.some((argument) => placeholdersOf(argument).includes(name));
}

/** The program and its arguments; none of a check of another type. */
export function checkCommand(check: Program, server: Server): string[] {
  if (check.command === null) return [];
  const filled = check.arguments.map((argument) =>
    argument.replace(placeholder, (text, name: string) => values[name]?.(server, check) ?? text),
  );
  return [check.command, ...filled];
}
