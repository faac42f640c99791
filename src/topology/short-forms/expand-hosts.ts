/** `"web[01:40]": { interfaces: { eth0: "10.0.0.[11:50]/24" } }` -> forty hosts; their names elsewhere, too. */

import { pointerOf } from "../../base/json-pointer.ts";
import { say } from "../../languages/say.ts";
import type { Finding } from "../diagnostics.ts";
import { expandTexts } from "./expand-texts.ts";
import { Origins } from "./origins.ts";
import { expandRange, looksLikeRange, maximumRange, parseRange } from "./range.ts";
import { badRange, isObject, type Json, type Stage, withKey } from "./stage.ts";

export function expandHosts(topology: unknown): Stage {
  const origins = new Origins();
  const findings: Finding[] = [];
  if (!isObject(topology) || !isObject(topology.hosts) || !Object.keys(topology.hosts).some(looksLikeRange))
    return { value: topology, source: origins.source, findings };
  const hosts = new Map<string, unknown>();
  const writtenAs = new Map<string, string>();
  for (const [key, body] of Object.entries(topology.hosts)) {
    const pointer = pointerOf("hosts", key);
    const { names, byItem, faults } = expandHost(key, body, pointer);
    findings.push(...faults);
    names.forEach((name, index) => {
      const before = writtenAs.get(name);
      if (before === undefined) {
        writtenAs.set(name, key);
        hosts.set(name, byItem(index));
        origins.move(pointerOf("hosts", name), pointer);
      } else if (!findings.some((finding) => finding.pointer === pointer))
        findings.push(repeated(pointer, name, before));
    });
  }
  return { value: withKey(topology, "hosts", objectOf(hosts)), source: origins.source, findings };
}

interface Expanded {
  readonly names: readonly string[];
  readonly byItem: (index: number) => unknown;
  readonly faults: readonly Finding[];
}

function expandHost(key: string, body: unknown, pointer: string): Expanded {
  if (!looksLikeRange(key)) return { names: [key], byItem: () => body, faults: [] };
  const range = parseRange(key);
  if (range === null) return { names: [], byItem: () => body, faults: [malformed(pointer, key)] };
  const names = expandRange(range);
  const { byItem, findings } = expandTexts(body, pointer, names.length);
  return { names, byItem, faults: findings };
}

function malformed(pointer: string, key: string): Finding {
  return badRange(
    pointer,
    say`${JSON.stringify(key)} is not a range of host names`,
    say`write one range of at most ${maximumRange} names, as in "web[01:40]" or "node-[a:f]"`,
    true,
  );
}

function repeated(pointer: string, name: string, before: string): Finding {
  return badRange(
    pointer,
    say`duplicate host ${JSON.stringify(name)}: ${JSON.stringify(before)} has it too`,
    say`give each host one name`,
    true,
  );
}

/** A name `__proto__` stays a name. */
function objectOf(entries: ReadonlyMap<string, unknown>): Json {
  return Object.fromEntries(entries);
}
