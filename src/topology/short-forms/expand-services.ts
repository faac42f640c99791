/** A service of several ports or protocols, without a firewall mark -> a service for each. */

import { pointerOf } from "../../base/json-pointer.ts";
import { say } from "../../languages/say.ts";
import type { Finding } from "../diagnostics.ts";
import { parsePortRange } from "../port-range.ts";
import { Origins } from "./origins.ts";
import { badRange, isObject, type Json, type Stage, withKey } from "./stage.ts";

/** Of a whole topology: each has lines in every script. */
const maximumServices = 10_000;

/** One of a service's ports or protocols. */
interface Choice {
  readonly value: unknown;
  /** Where it is written, inside of the service. */
  readonly place: string;
}

export function expandServices(topology: unknown): Stage {
  const origins = new Origins();
  const findings: Finding[] = [];
  if (!isObject(topology) || !Array.isArray(topology.virtualServices))
    return { value: topology, source: origins.source, findings };
  const services: unknown[] = [];
  for (const [index, service] of topology.virtualServices.entries()) {
    const pointer = pointerOf("virtualServices", index);
    const ports = isObject(service) ? portsOf(service, pointer, findings) : null;
    const protocols = isObject(service) ? protocolsOf(service) : null;
    if (!isObject(service) || (ports === null && protocols === null)) {
      origins.move(pointerOf("virtualServices", services.length), pointer);
      services.push(service);
      continue;
    }
    const count = (ports?.length ?? 1) * (protocols?.length ?? 1);
    if (services.length + count > maximumServices) {
      findings.push(tooMany(pointer));
      break;
    }
    for (const port of ports ?? [null])
      for (const protocol of protocols ?? [null]) {
        moveOne(origins, pointerOf("virtualServices", services.length), pointer, port, protocol);
        services.push(oneService(service, port, protocol));
      }
  }
  const isSame = services.every(
    (service, index) => service === (topology.virtualServices as unknown[])[index],
  );
  const value = isSame ? topology : withKey(topology, "virtualServices", services);
  return { value, source: origins.source, findings };
}

/** null: the service has no list of them, or one that belongs to its firewall mark. */
function portsOf(service: Json, pointer: string, findings: Finding[]): Choice[] | null {
  const { ports, port, fwmark } = service;
  if (!Array.isArray(ports) || ports.length === 0 || port !== undefined || fwmark !== undefined) return null;
  return ports.flatMap((item: unknown, index) => {
    const place = pointerOf("ports", index);
    const range = /^[0-9]+(-[0-9]+)?$/.test(String(item)) ? parsePortRange(String(item)) : null;
    if (range === null) {
      findings.push(noPorts(pointer + place, item));
      return [];
    }
    return Array.from({ length: range.last - range.first + 1 }, (_, offset) => ({
      value: range.first + offset,
      place,
    }));
  });
}

function protocolsOf({ protocol }: Json): Choice[] | null {
  if (!Array.isArray(protocol) || protocol.length === 0) return null;
  return protocol.map((value: unknown, index) => ({ value, place: pointerOf("protocol", index) }));
}

function moveOne(
  origins: Origins,
  now: string,
  before: string,
  port: Choice | null,
  protocol: Choice | null,
): void {
  origins.move(now, before);
  // The name is made of them: what is wrong with it is theirs, and so is what the same name twice means.
  const made = port ?? protocol;
  if (made !== null) origins.move(now + pointerOf("name"), before + made.place);
  if (port !== null) origins.move(now + pointerOf("port"), before + port.place);
  if (protocol !== null) origins.move(now + pointerOf("protocol"), before + protocol.place);
}

function oneService(service: Json, port: Choice | null, protocol: Choice | null): Json {
  const { ports, name, ...rest } = service;
  const parts = [name, port?.value, protocol?.value].filter((part) => part !== undefined);
  return {
    name: typeof name === "string" ? parts.join("-") : name,
    ...rest,
    ...(port === null ? (ports === undefined ? {} : { ports }) : { port: port.value }),
    ...(protocol === null ? {} : { protocol: protocol.value }),
  };
}

function noPorts(pointer: string, item: unknown): Finding {
  return badRange(
    pointer,
    say`${JSON.stringify(item)} is not a port or a range of ports`,
    say`ports are 1 to 65535; write a range with its smaller port first, as in "8000-8003"`,
  );
}

function tooMany(pointer: string): Finding {
  return badRange(
    pointer + pointerOf("ports"),
    say`these ports make more than ${maximumServices} services`,
    say`give the service a "fwmark": then all of its ports are one service`,
  );
}
