/** Settings of a virtual_server as keepalived takes them, where they do not fit each other. */

import { say } from "../../languages/say.ts";
import { familyOf, netmaskPrefix } from "../../topology/addresses.ts";
import type { Protocol } from "../../topology/model.ts";
import type { Notes } from "../notes.ts";
import type { ObservedServer, Persistence, Selector } from "../observed.ts";
import { shown } from "./keywords.ts";
import { persistenceDefault, type ServiceDraft } from "./service-block.ts";
import type { Statement } from "./statements.ts";

/** keepalived 2 uses UDP where none is given; most who forget it mean TCP. */
export function protocolOf({ protocol, onePacket, engine, servers }: ServiceDraft): Protocol {
  if (protocol !== null) return protocol;
  const asksByUdp = servers.some(({ block }) =>
    block?.some(({ keyword }) => keyword === "UDP_CHECK" || keyword === "DNS_CHECK"),
  );
  return onePacket !== null || engine !== null || asksByUdp ? "udp" : "tcp";
}

export function familyOfSelector(selector: Selector): 4 | 6 {
  return selector.kind === "mark" ? selector.family : familyOf(selector.vip);
}

/** keepalived ignores flags of other schedulers. */
export function flagsOf({ flags, scheduler }: ServiceDraft, notes: Notes): string[] {
  const known = scheduler === "sh" || scheduler === "mh" ? scheduler : null;
  const kept = flags.filter((each) => {
    const isKept = known !== null && (each.scheduler === "" || each.scheduler === known);
    if (!isKept)
      notes.notUnderstood(
        each.place,
        each.scheduler === ""
          ? say`the flag has no meaning for ${scheduler}: keepalived ignores it`
          : say`${each.scheduler}-${each.name} has no meaning for ${scheduler}: keepalived ignores it`,
        known === null ? say`remove it, or use sh or mh` : say`use ${known}-${each.name}`,
      );
    return isKept;
  });
  return [...new Set(kept.map(({ name }) => `${known}-${name}`))];
}

export function persistenceOf(
  { persistenceTimeout, granularity, engine }: ServiceDraft,
  selectors: readonly Selector[],
  statement: Statement,
  notes: Notes,
): (selector: Selector) => Persistence | null {
  const [first] = selectors;
  const family = first === undefined ? 4 : familyOfSelector(first);
  const netmask = granularity === null ? null : maskOf(granularity, family, notes);
  const timeout = persistenceTimeout ?? persistenceDefault;
  if (persistenceTimeout !== null || netmask !== null || engine !== null)
    return () => ({ timeout, netmask, engine });
  if (selectors.some(isForAllPorts))
    notes.changed(
      statement.place,
      say`${shown(statement)} is for all ports: keepalived makes it persistent, for ${persistenceDefault} s`,
      say`set persistence.timeout, or a port`,
      { effect: "traffic" },
    );
  return (selector) => (isForAllPorts(selector) ? { timeout, netmask, engine } : null);
}

function isForAllPorts(selector: Selector): boolean {
  return selector.kind === "port" && selector.port === 0;
}

/** keepalived needs a netmask for IPv4, and a prefix length for IPv6. */
function maskOf(
  { mask, statement }: NonNullable<ServiceDraft["granularity"]>,
  family: 4 | 6,
  notes: Notes,
): string | null {
  const isNumber = /^\d+$/.test(mask) && Number(mask) >= 1;
  const isRight =
    family === 6
      ? isNumber && Number(mask) <= 128
      : isNumber
        ? Number(mask) <= 32
        : netmaskPrefix(mask) !== null;
  if (isRight && mask !== "0.0.0.0") return mask;
  notes.notUnderstood(
    statement.place,
    family === 6
      ? say`${shown(statement)}: not a prefix length; keepalived ignores it, and each address is a client`
      : say`${shown(statement)}: not a netmask; keepalived ignores it, and each address is a client`,
    say`correct it, or set persistence.netmask in the topology`,
  );
  return null;
}

/** It is for UDP alone: keepalived resets it otherwise. */
export function onePacketOf(draft: ServiceDraft, selector: Selector, notes: Notes): boolean {
  if (draft.onePacket === null) return false;
  if (selector.kind === "mark" || protocolOf(draft) === "udp") return true;
  notes.leftOut(draft.onePacket, say`ops is for UDP alone: keepalived ignores it`, say`remove it`, {
    effect: "traffic",
  });
  return false;
}

/** keepalived reduces what the servers cannot reach. */
export function quorumOf(
  { quorum }: ServiceDraft,
  servers: readonly ObservedServer[],
  notes: Notes,
): number | null {
  if (quorum === null) return null;
  const most = Math.max(
    1,
    servers.reduce((sum, { weight }) => sum + weight, 0),
  );
  if (quorum.count <= most) return quorum.count;
  notes.changed(
    quorum.place,
    say`quorum ${quorum.count} is more than all servers weigh together: keepalived reduces it to ${most}, and so does the topology`,
    say`correct the quorum or the weights`,
    { effect: "traffic" },
  );
  return most;
}
