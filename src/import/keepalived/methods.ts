/** What services and servers have alike: a method, a weight, a port. */

import { say } from "../../languages/say.ts";
import type { Forwarding, TunnelType } from "../../topology/model.ts";
import type { Notes } from "../notes.ts";
import { numberOf, portOf, shown } from "./keywords.ts";
import type { Statement } from "./statements.ts";

export interface Method {
  readonly forwarding: Forwarding;
  readonly tunnel: { readonly type: TunnelType; readonly port: number | null } | null;
}

/** IPVS takes more, and a topology what ipvsadm takes. */
export function weightOf(statement: Statement, notes: Notes): number | undefined {
  const [most, known] = [65535, 2147483647];
  const weight = numberOf(statement, notes, [0, known]);
  if (weight === undefined || weight <= most) return weight;
  notes.changed(
    statement.place,
    say`${shown(statement)} becomes ${most}, the most that a topology supports`,
    say`divide the weights of all servers by the same number`,
    { effect: "traffic" },
  );
  return most;
}

/** The port after an address; null for none, and with a note for what is not a port. */
export function serverPort(statement: Statement, notes: Notes): number | null {
  const [, word] = statement.words;
  const port = portOf(word?.text);
  if (word !== undefined && port === null)
    notes.notUnderstood(
      statement.place,
      say`${shown(statement)}: not a port; the topology has the service's`,
      say`use a number from 1 to 65535`,
    );
  return port;
}

export function readMethod(statement: Statement, notes: Notes): Method | null {
  const [name = "", ...rest] = statement.words.map(({ text }) => text);
  const forwarding = { DR: "dr", NAT: "nat", TUN: "tun" }[name.toUpperCase()] as Forwarding | undefined;
  if (forwarding === undefined) {
    notes.notUnderstood(
      statement.place,
      /^(FULL|F)NAT$/i.test(name)
        ? say`${shown(statement)}: Linux's IPVS has no such method, only DPVS does; nat is the placeholder`
        : say`${shown(statement)}: unknown method; keepalived uses NAT, and so does the topology`,
      say`use DR, NAT or TUN`,
    );
    return null;
  }
  if (name !== name.toUpperCase())
    notes.changed(
      statement.place,
      say`${shown(statement)}: keepalived knows ${name.toUpperCase()} in capitals only, and uses NAT; the topology has ${forwarding}`,
      say`set forwarding to what you meant`,
      { effect: "traffic" },
    );
  if (forwarding !== "tun" || rest.length === 0) return { forwarding, tunnel: null };
  const type = rest[rest.indexOf("type") + 1];
  const port = rest.includes("port") ? portOf(rest[rest.indexOf("port") + 1]) : null;
  const checksum = rest.find((word) => ["nocsum", "csum", "remcsum"].includes(word));
  if (checksum !== undefined && checksum !== "nocsum")
    notes.leftOut(
      statement.place,
      say`a topology does not support ${checksum} of tunnels`,
      say`do without it`,
    );
  if (type === "gue" || type === "gre" || type === "ipip") return { forwarding, tunnel: { type, port } };
  notes.notUnderstood(
    statement.place,
    say`${shown(statement)}: unknown tunnel type`,
    say`use ipip, gue or gre`,
  );
  return { forwarding, tunnel: null };
}
