/** Secrets that a topology points to: found by whoever may look at the environment and at files. */

import { pointerOf } from "../base/json-pointer.ts";
import type { Topology } from "./input.generated.ts";
import { Secret } from "./secret.ts";

/** Where a secret is, in place of the secret itself. */
export type SecretSource = { readonly env: string } | { readonly file: string };

/**
 * Finds a secret's text.
 *
 * @throws Error that says what is missing, in words that follow the source's name
 */
export type ReadSecret = (source: SecretSource) => string;

/** What came of a secret that stands in the topology or is pointed to. */
export interface FoundSecret {
  /** null where it could not be read. */
  readonly secret: Secret | null;
  /** JSON pointer of where the topology says it. */
  readonly pointer: string;
  /** Why it could not be read or used. */
  readonly problem: string | null;
}

/** As the schema demands of one that is written in the topology: nothing that keepalived.conf would have to quote. */
const usable = /^[\w.:,@%+=-]{1,64}$/;

/** Of a topology that is checked where there is no environment, as in a browser. */
export const readNoSecret: ReadSecret = () => {
  throw new Error("cannot be read here");
};

/** The VRRP password, wherever it is; null without one. */
export function findPassword(topology: Topology, read: ReadSecret): FoundSecret | null {
  const input = topology.directors.vrrp?.authPassword;
  const pointer = pointerOf("directors", "vrrp", "authPassword");
  if (input === undefined) return null;
  if (typeof input === "string") return { secret: new Secret(input), pointer, problem: null };
  const source = input.env === undefined ? { file: input.file ?? "" } : { env: input.env };
  const name = "env" in source ? `environment variable ${source.env}` : `file ${source.file}`;
  try {
    const text = read(source);
    if (usable.test(text)) return { secret: new Secret(text), pointer, problem: null };
    return {
      secret: null,
      pointer,
      problem: `${name}: the password has to be 1 to 64 of the characters A-Z a-z 0-9 _ . : , @ % + = -`,
    };
  } catch (error) {
    return { secret: null, pointer, problem: `${name} ${(error as Error).message}` };
  }
}
