/** Lists that name hosts by ranges: real servers of each service, directors, hosts of addresses. */

import { pointerOf } from "../../base/json-pointer.ts";
import type { Finding } from "../diagnostics.ts";
import { expandTexts } from "./expand-texts.ts";
import { Origins } from "./origins.ts";
import { isObject, type Stage, withKey } from "./stage.ts";

export function expandLists(topology: unknown): Stage {
  const origins = new Origins();
  const findings: Finding[] = [];
  const expand = (list: unknown, pointer: string): unknown => expandList(list, pointer, origins, findings);
  const within = (holder: unknown, key: string, pointer: string): unknown =>
    isObject(holder) ? withKey(holder, key, expand(holder[key], pointer + pointerOf(key))) : holder;
  if (!isObject(topology)) return { value: topology, source: origins.source, findings };
  const directors = ["hosts", "drained"].reduce<unknown>(
    (holder, key) => within(holder, key, pointerOf("directors")),
    topology.directors,
  );
  const services = mapSame(topology.virtualServices, (service, index) =>
    within(service, "realServers", pointerOf("virtualServices", index)),
  );
  const addresses = mapSame(topology.floatingAddresses, (address, index) =>
    within(address, "hosts", pointerOf("floatingAddresses", index)),
  );
  const changed = { directors, virtualServices: services, floatingAddresses: addresses };
  const value = Object.entries(changed).reduce<unknown>(
    (whole, [key, part]) => (part === undefined ? whole : withKey(whole, key, part)),
    topology,
  );
  return { value, source: origins.source, findings };
}

function expandList(list: unknown, pointer: string, origins: Origins, findings: Finding[]): unknown {
  if (!Array.isArray(list)) return list;
  const expanded = list.map((item, index) => expandTexts(item, pointer + pointerOf(index), null));
  findings.push(...expanded.flatMap((texts) => texts.findings));
  if (expanded.every(({ count }) => count === null)) return list;
  let now = 0;
  return expanded.flatMap(({ byItem, count }, index) =>
    Array.from({ length: count ?? 1 }, (_, item) => {
      origins.move(pointer + pointerOf(now++), pointer + pointerOf(index));
      return byItem(item);
    }),
  );
}

/** The list itself where no item changes, and whatever is not a list. */
function mapSame(list: unknown, change: (item: unknown, index: number) => unknown): unknown {
  if (!Array.isArray(list)) return list;
  const changed = list.map(change);
  return changed.some((item, index) => item !== list[index]) ? changed : list;
}
