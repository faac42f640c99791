/** ssh's arguments, and one command line for the shell on the host. Pure. */

import { quoteWord } from "../base/quote-word.ts";
import type { Ssh } from "../topology/model.ts";

/** How a user who is not root becomes root. */
export type Sudo =
  | { readonly kind: "passwordless" }
  /** The password goes through standard input, never into arguments. */
  | { readonly kind: "password"; readonly password: string };

/** The line before the script: everything before it is skipped, such as a password that sudo did not ask for. */
const BEGIN = "#lvsgen";

/**
 * One line, as not every login shell accepts several in quotes. The script is first written to a folder of root: so it
 * runs only when it is complete, and does not read its own lines as input.
 */
const BOOTSTRAP = [
  `while IFS= read -r l && [ "$l" != "${BEGIN}" ]; do :; done`,
  "umask 077",
  'trap "" HUP PIPE',
  "r=/run",
  '[ -d "$r" ] || r=/var/run',
  'd=$(mktemp -d "$r/lvsgen-deploy.XXXXXX") || exit 1',
  'cat >"$d/host.sh" && sh "$d/host.sh"',
  "s=$?",
  'rm -rf "$d"',
  'exit "$s"',
].join("; ");

/** ssh's port, unless the topology or the user's configuration has another one. */
const USUAL_PORT = 22;

/** Arguments that name the host, so that ssh never takes them for options. */
export function destinationArguments({ user, address, port }: Ssh): string[] {
  // If the topology has the usual port, the user's own configuration may set another one.
  return [...(port === USUAL_PORT ? [] : ["-p", `${port}`]), "-l", user, "--", address];
}

/** The remote shell's command line that runs a script from standard input as root. */
export function rootCommand({ user }: Ssh, sudo: Sudo): string {
  return words([...becomeRoot(user, sudo), "sh", "-c", BOOTSTRAP]);
}

/** The remote shell's command line that only checks the password. */
export function passwordCommand({ user }: Ssh, sudo: Sudo): string {
  return words([...becomeRoot(user, sudo), "true"]);
}

/** Standard input for {@link rootCommand}. */
export function scriptInput(sudo: Sudo, script: string): string {
  return `${passwordInput(sudo)}${BEGIN}\n${script}`;
}

/** Standard input for {@link passwordCommand}: one try for sudo, then the end of the input. */
export function passwordInput(sudo: Sudo): string {
  return sudo.kind === "password" ? `${sudo.password}\n` : "";
}

const SUDO: Readonly<Record<Sudo["kind"], readonly string[]>> = {
  passwordless: ["-n"],
  // -k: sudo always asks, so that we know what it reads. No prompt.
  password: ["-S", "-k", "-p", ""],
};

function becomeRoot(user: string, { kind }: Sudo): string[] {
  return user === "root" ? [] : ["env", "LC_ALL=C", "sudo", ...SUDO[kind], "--"];
}

function words(list: readonly string[]): string {
  return list.map(quoteWord).join(" ");
}
