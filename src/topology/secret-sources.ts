/** Secrets that a topology points to: read by a function of whoever has an environment and files. */

import { pointerOf } from "../base/json-pointer.ts";
import { say } from "../languages/say.ts";
import type { Topology } from "./input.generated.ts";
import { Secret } from "./secret.ts";

/** Where a secret is, in place of the secret itself. */
export type SecretSource = { readonly env: string } | { readonly file: string };

/**
 * Finds a secret's text.
 *
 * @throws Error with a message, in the reader's language, that follows the source's name
 */
export type ReadSecret = (source: SecretSource) => string;

/** A secret that is in the topology or that it points to. */
export interface FoundSecret {
  /** null where it could not be read. */
  readonly secret: Secret | null;
  /** JSON pointer of its place in the topology. */
  readonly pointer: string;
  /** Why it could not be read or used. */
  readonly problem: string | null;
}

/** The schema's pattern for a password in the topology: nothing that needs quotes in keepalived.conf. */
const usable = /^[\w.:,@%+=-]{1,64}$/;

/** For a program without an environment, as in a browser. */
export const readNoSecret: ReadSecret = () => {
  throw new Error(say`cannot be read here`);
};

/** The secret of a place in the topology, by its JSON pointer; null where there is none. */
export type SecretAt = (pointer: string) => Secret | null;

type Written = string | { readonly env?: string; readonly file?: string };

/** The passwords of VRRP and of BGP's neighbors, wherever they are. */
export function findSecrets(topology: Topology, read: ReadSecret): FoundSecret[] {
  const { vrrp, announce } = topology.directors ?? {};
  const places: [string, Written | undefined][] = [
    [pointerOf("directors", "vrrp", "authPassword"), vrrp?.authPassword],
    // Holes, where the schema refused a neighbor, are skipped.
    ...(announce?.bgp?.neighbors ?? []).flatMap((neighbor, index): [string, Written | undefined][] => [
      [pointerOf("directors", "announce", "bgp", "neighbors", index, "password"), neighbor.password],
    ]),
  ];
  return places.flatMap(([pointer, written]) =>
    written === undefined ? [] : [findSecret(written, pointer, read)],
  );
}

export function secretsAt(found: readonly FoundSecret[]): SecretAt {
  const secrets = new Map(found.map(({ pointer, secret }) => [pointer, secret]));
  return (pointer) => secrets.get(pointer) ?? null;
}

function findSecret(input: Written, pointer: string, read: ReadSecret): FoundSecret {
  if (typeof input === "string") return { secret: new Secret(input), pointer, problem: null };
  const source = input.env === undefined ? { file: input.file ?? "" } : { env: input.env };
  const name = "env" in source ? say`environment variable ${source.env}` : say`file ${source.file}`;
  try {
    const text = read(source);
    if (usable.test(text)) return { secret: new Secret(text), pointer, problem: null };
    return {
      secret: null,
      pointer,
      problem: say`${name}: a password is 1 to 64 of the characters A-Z a-z 0-9 _ . : , @ % + = -`,
    };
  } catch (error) {
    return { secret: null, pointer, problem: `${name} ${(error as Error).message}` };
  }
}
