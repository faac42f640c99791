/** What is typed at ssh: arguments for it, and one line for the shell on the other side. Pure. */

import { quoteWord } from "../base/quote-word.ts";
import type { Ssh } from "../topology/model.ts";

/** How a user who is not root becomes root. */
export type Sudo =
  | { readonly kind: "passwordless" }
  /** The password goes by standard input, never among arguments. */
  | { readonly kind: "password"; readonly password: string };

/** The line after which the script begins: a password that sudo did not ask for after all is skipped. */
const BEGIN = "#lvsgen";

/**
 * One line, as not every login shell takes several in quotes. The script goes to a folder of root's own first: it is
 * run when all of it is there, and its lines are not its own standard input.
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

/** ssh's port where neither the topology nor the user's configuration says another. */
const USUAL_PORT = 22;

/** Arguments that name the host: nothing in them is ever taken for an option. */
export function destinationArguments({ user, address, port }: Ssh): string[] {
  // A port of the user's own configuration counts where the topology has the usual one.
  return [...(port === USUAL_PORT ? [] : ["-p", `${port}`]), "-l", user, "--", address];
}

/** The remote shell's command line that runs a script from standard input as root. */
export function rootCommand({ user }: Ssh, sudo: Sudo): string {
  return words([...becomeRoot(user, sudo), "sh", "-c", BOOTSTRAP]);
}

/** The remote shell's command line that only finds out whether the password is right. */
export function passwordCommand({ user }: Ssh, sudo: Sudo): string {
  return words([...becomeRoot(user, sudo), "true"]);
}

/** Standard input for {@link rootCommand}. */
export function scriptInput(sudo: Sudo, script: string): string {
  return `${passwordInput(sudo)}${BEGIN}\n${script}`;
}

/** Standard input for {@link passwordCommand}: sudo gets one try, and then the end of the input. */
export function passwordInput(sudo: Sudo): string {
  return sudo.kind === "password" ? `${sudo.password}\n` : "";
}

const SUDO: Readonly<Record<Sudo["kind"], readonly string[]>> = {
  passwordless: ["-n"],
  // -k: asks even if it was answered a moment ago, so that what it reads is known. No prompt.
  password: ["-S", "-k", "-p", ""],
};

function becomeRoot(user: string, { kind }: Sudo): string[] {
  return user === "root" ? [] : ["env", "LC_ALL=C", "sudo", ...SUDO[kind], "--"];
}

function words(list: readonly string[]): string {
  return list.map(quoteWord).join(" ");
}
