/** Services that one list of ports or protocols can write get the names that such a list gives. */

import type { VirtualService } from "../../topology/input.generated.ts";
import { longestName } from "./names.ts";

type Key = "port" | "protocol";

/** @param hasName whether the nth service has a name in the imported text, which stays */
export function nameTogether(
  services: readonly VirtualService[],
  hasName: (index: number) => boolean,
): VirtualService[] {
  const taken = new Set(services.map(({ name }) => name));
  const named: VirtualService[] = [];
  for (let at = 0; at < services.length; ) {
    const run = hasName(at) ? services.slice(at, at + 1) : runAt(services, at, hasName);
    const names = namesOf(run);
    const own = new Set(run.map(({ name }) => name));
    const isFree = names.every((name) => name.length <= longestName && (own.has(name) || !taken.has(name)));
    for (const [index, service] of run.entries())
      named.push(isFree ? { ...service, name: names[index] ?? service.name } : service);
    if (isFree) for (const name of names) taken.add(name);
    at += run.length;
  }
  return named;
}

/** The services from here on that differ from the first in its port only, or in its protocol only. */
function runAt(
  services: readonly VirtualService[],
  at: number,
  hasName: (index: number) => boolean,
): VirtualService[] {
  // A list of ports has no persistence (see shorten.ts): the services stay apart.
  const keys: Key[] = services[at]?.persistence === undefined ? ["port", "protocol"] : ["protocol"];
  const [run = []] = keys
    .map((key) => {
      const shape = JSON.stringify(without(services[at], key));
      let end = at + 1;
      while (end < services.length && !hasName(end) && JSON.stringify(without(services[end], key)) === shape)
        end++;
      return services.slice(at, end);
    })
    .toSorted((a, b) => b.length - a.length);
  return run;
}

function without(service: VirtualService | undefined, key: Key): Partial<VirtualService> {
  return { ...service, name: "", [key]: undefined };
}

function namesOf(run: readonly VirtualService[]): string[] {
  const [first, second] = run;
  if (first === undefined || second === undefined) return run.map(({ name }) => name);
  const key: Key = first.port === second.port ? "protocol" : "port";
  const ending = `-${first[key]}`;
  const base = first.name.endsWith(ending) ? first.name.slice(0, -ending.length) : first.name;
  return run.map((service) => `${base}-${service[key]}`);
}
