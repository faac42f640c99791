/**
 * A topology -> the same as people write it, with short forms: the way back of expand.ts, for topologies that lvsgen
 * itself writes.
 */

import { network, parseCidr } from "../addresses.ts";
import type {
  FloatingAddress,
  HostOfTheAddress,
  RealServer,
  Topology,
  VirtualService,
} from "../input.generated.ts";
import { runsInStep, shortestRange, valueInStep } from "./in-step.ts";
import { isObject } from "./stage.ts";

/** Pure; {@link expandShortForms} makes the same topology of it again, but for weights that are the default. */
export function shorten(topology: Topology): Readonly<Record<string, unknown>> {
  const { directors, virtualServices, floatingAddresses } = topology;
  return {
    ...topology,
    hosts: shortHosts(topology.hosts),
    ...(directors === undefined ? {} : { directors: { ...directors, hosts: shortNames(directors.hosts) } }),
    ...(virtualServices === undefined
      ? {}
      : { virtualServices: listsOfPorts(listsOfProtocols(virtualServices.map(shortServers))) }),
    ...(floatingAddresses === undefined ? {} : { floatingAddresses: floatingAddresses.map(shortMembers) }),
  };
}

function shortHosts(hosts: Topology["hosts"]): Record<string, unknown> {
  const runs = runsInStep(Object.entries(hosts), (run) => run.length >= shortestRange && staysInSubnet(run));
  return Object.fromEntries(
    runs.map((run) => (run.length === 1 ? run[0] : (valueInStep(run) as [string, unknown]))) as [
      string,
      unknown,
    ][],
  );
}

/** Ranges of addresses have to: see expand-texts.ts. */
function staysInSubnet(run: readonly (readonly [string, unknown])[]): boolean {
  const subnets = run.map(([, host]) => JSON.stringify(subnetsIn(host)));
  return new Set(subnets).size === 1;
}

function subnetsIn(value: unknown): string[] {
  if (typeof value === "string") {
    const cidr = value.includes("/") ? parseCidr(value) : null;
    return cidr === null ? [] : [`${network(cidr.ip, cidr.prefix)}/${cidr.prefix}`];
  }
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(subnetsIn) : [];
}

function shortNames(names: readonly unknown[]): unknown[] {
  return runsInStep(names, (run) => run.length >= shortestRange).map((run) =>
    run.length === 1 ? run[0] : valueInStep(run),
  );
}

function shortMembers({ hosts, ...address }: FloatingAddress): Short {
  return { ...address, hosts: shortNames(hosts.map(shortMember)) };
}

function shortMember(member: HostOfTheAddress): unknown {
  return member.priority === undefined ? member.host : member;
}

type Short = Readonly<Record<string, unknown>>;

function shortServers({ realServers, sorryServer, ...service }: VirtualService): Short {
  return {
    ...service,
    ...(sorryServer === undefined ? {} : { sorryServer: shortServer(sorryServer) }),
    realServers: shortNames(realServers.map(shortServer)),
  };
}

function shortServer(server: RealServer): unknown {
  const { host, address, weight = 1, ...others } = server;
  const name = host ?? address;
  const isPlain = (host === undefined || address === undefined) && weight === 1;
  return isPlain && Object.keys(others).length === 0 ? name : server;
}

function listsOfProtocols(services: readonly Short[]): Short[] {
  return together(services, "protocol", "protocol", (protocols) => [...protocols]);
}

/** Not with persistence: each port has its own, which nobody expects of a list (LVS197). */
function listsOfPorts(services: readonly Short[]): Short[] {
  const isOfAPort = ({ port, fwmark, persistence }: Short) =>
    typeof port === "number" && port > 0 && fwmark === undefined && persistence === undefined;
  return together(services, "port", "ports", runsOfPorts, isOfAPort);
}

/** Neighbours that differ in nothing but one key, and in their names, which are made of it. */
function together(
  services: readonly Short[],
  key: string,
  listKey: string,
  listOf: (values: readonly unknown[]) => unknown[],
  applies: (service: Short) => boolean = () => true,
): Short[] {
  const found: { shape: string | null; services: Short[] }[] = [];
  for (const service of services) {
    const shape = applies(service) ? shapeWithout(service, key) : null;
    const last = found.at(-1);
    if (shape !== null && last?.shape === shape) last.services.push(service);
    else found.push({ shape, services: [service] });
  }
  return found.flatMap(({ services: alike }) => {
    const [first] = alike;
    if (first === undefined || alike.length === 1) return alike;
    const values = alike.map((service) => service[key]);
    const ending = `-${values[0]}`;
    // Where the key was: people read name, address, port.
    const entries = Object.entries(first).map(([name, value]): [string, unknown] =>
      name === "name"
        ? [name, String(value).slice(0, -ending.length)]
        : name === key
          ? [listKey, listOf(values)]
          : [name, value],
    );
    return [Object.fromEntries(entries)];
  });
}

/** Of one text are services that one list makes; null: the name is not made of the value. */
function shapeWithout(service: Short, key: string): string | null {
  const { name, [key]: value, ...rest } = service;
  const ending = `-${value}`;
  if (typeof name !== "string" || value === undefined || isObject(value) || Array.isArray(value)) return null;
  if (!name.endsWith(ending) || name === ending) return null;
  return JSON.stringify([name.slice(0, -ending.length), rest]);
}

/** 8000, 8001, 8002 -> `8000-8002`. */
function runsOfPorts(ports: readonly unknown[]): unknown[] {
  const runs: { first: number; last: number }[] = [];
  for (const port of ports as number[]) {
    const run = runs.at(-1);
    if (run?.last === port - 1) run.last = port;
    else runs.push({ first: port, last: port });
  }
  return runs.flatMap(({ first, last }) =>
    last - first + 1 >= shortestRange ? `${first}-${last}` : first === last ? first : [first, last],
  );
}
