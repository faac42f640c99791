/** A host as people write it for ssh -> its parts. Pure. */

import { say } from "../../languages/say.ts";

export interface Target {
  /** null: ssh's own configuration says who. */
  readonly user: string | null;
  /** A name, an address, or an alias of ssh's configuration. */
  readonly address: string;
  /** null: ssh's own configuration says which. */
  readonly port: number | null;
}

const written =
  /^(?:ssh:\/\/)?(?:(?<user>[^@]+)@)?(?:\[(?<bracketed>[^\]]+)\]|(?<plain>[^:/@[\]]+))(?::(?<port>\d+))?\/?$/;

/** Without brackets the last group is not a port. */
const bareIpv6 = /^(?:(?<user>[^@]+)@)?(?<plain>[\da-f]*:[\da-f.:]*:[\da-f.:]*(?:%[\w.-]+)?)$/i;

/**
 * `pi4`, `pi@192.168.1.107`, `pi@pi4:2222`, `[2001:db8::7]:2222`, `2001:db8::7`, `ssh://pi@pi4:2222`
 *
 * @returns the parts, or what is wrong with the text
 */
export function parseTarget(text: string): Target | string {
  const { user = null, bracketed, plain, port } = (bareIpv6.exec(text) ?? written.exec(text))?.groups ?? {};
  const address = bracketed ?? plain ?? "";
  // ssh itself refuses what begins so: it may be an option of another program (a ProxyCommand's).
  if (address === "" || address.startsWith("-") || /[\s\0]/.test(text))
    return say`${JSON.stringify(text)} is not a host: write it as for ssh, such as pi4, pi@192.168.1.107 or pi@pi4:2222`;
  if (port === undefined) return { user, address, port: null };
  const number = Number(port);
  if (number < 1 || number > 65_535) return say`${JSON.stringify(text)} has no valid port: use 1 to 65535`;
  return { user, address, port: number };
}
