/** virtual_server of keepalived.conf. */

import { say } from "../../languages/say.ts";
import { familyOf } from "../../topology/addresses.ts";
import type { Notes } from "../notes.ts";
import type { ObservedServer, ObservedService } from "../observed.ts";
import { readBlock, shown } from "./keywords.ts";
import { selectorsOf } from "./selectors.ts";
import { readServer } from "./servers.ts";
import { newService, serviceBlock } from "./service-block.ts";
import {
  familyOfSelector,
  flagsOf,
  onePacketOf,
  persistenceOf,
  protocolOf,
  quorumOf,
} from "./service-settings.ts";
import type { Statement } from "./statements.ts";
import { tellTiming } from "./unused-timing.ts";

/** A virtual_server as services: one, or one for each entry of its group. */
export function readService(
  statement: Statement,
  groups: ReadonlyMap<string, Statement>,
  notes: Notes,
): ObservedService[] {
  const draft = newService();
  const block = statement.block ?? [];
  readBlock(draft, block, serviceBlock, notes);
  const isInet6 = draft.family?.words[0]?.text === "inet6";
  const family = isInet6 || draft.servers[0]?.words[0]?.text.includes(":") ? 6 : 4;
  const selectors = selectorsOf(statement, groups, { protocol: protocolOf(draft), family }, notes);
  const [first] = selectors;
  if (first === undefined) return [];
  const seen = uniqueServers(
    draft.servers.flatMap((server) => readServer(server, draft, selectors.length, notes) ?? []),
    notes,
  );
  const servers = ofFamily(seen, familyOfSelector(first.selector), selectors.length, notes);
  tellTiming(
    block,
    draft.servers,
    servers.flatMap(({ check }) => check ?? []),
    notes,
  );
  if (draft.family !== null && first.selector.kind === "port")
    notes.leftOut(
      draft.family.place,
      say`${shown(draft.family)} has no effect beside an address`,
      say`no change is needed`,
    );
  const { sorry, method, scheduler } = draft;
  const settings = {
    ...(draft.protocol === null && first.selector.kind === "port" ? { unsaidProtocol: "udp" as const } : {}),
    scheduler,
    schedulerFlags: flagsOf(draft, notes),
    onePacket: onePacketOf(draft, first.selector, notes),
    servers,
    quorum: quorumOf(draft, servers, notes),
    sorryServer:
      sorry === null
        ? null
        : { ...sorry, ...(draft.sorryMethod ?? method), weight: 1, upperThreshold: 0, lowerThreshold: 0 },
    place: statement.place,
  };
  const all = selectors.map(({ selector }) => selector);
  const persistence = persistenceOf(draft, all, statement, notes);
  return selectors.map(({ name, selector }) => ({
    ...settings,
    name,
    selector,
    persistence: persistence(selector),
  }));
}

/** keepalived removes the second of two. */
function uniqueServers(servers: readonly ObservedServer[], notes: Notes): ObservedServer[] {
  const byPlace = new Map<string, ObservedServer>();
  for (const server of servers) {
    const key = `${server.address} ${server.port}`;
    const first = byPlace.get(key);
    if (first === undefined) byPlace.set(key, server);
    else
      notes.changed(
        server.place,
        say`the real server ${server.address} is given again: keepalived uses the first one, of line ${first.place.line}, and so does the topology`,
        say`remove one of them`,
        { effect: "traffic" },
      );
  }
  return [...byPlace.values()];
}

/** Only tunnels take packets of one family to servers of the other. */
function ofFamily(
  servers: readonly ObservedServer[],
  family: 4 | 6,
  services: number,
  notes: Notes,
): ObservedServer[] {
  return servers.filter(({ address, forwarding, place }) => {
    const isRight = forwarding === "tun" || familyOf(address) === family;
    if (!isRight)
      notes.leftOut(
        place,
        say`${address} is of another family than its service: keepalived ignores it`,
        say`remove it, or use tun`,
        { lost: { servers: services } },
      );
    return isRight;
  });
}
