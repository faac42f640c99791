/** One virtual service of the topology -> the model. */

import { canonicalIp, familyOf, netmaskPrefix } from "./addresses.ts";
import { carriers } from "./carriers.ts";
import type { RealServer as RealServerInput, VirtualService as ServiceInput } from "./input.generated.ts";
import type {
  Family,
  FirewallMark,
  HealthCheck,
  Host,
  InterfaceAddress,
  Persistence,
  RealServer,
  Tunnel,
  VirtualService,
} from "./model.ts";
import { parsePortRange } from "./port-range.ts";
import { sameEverywhere } from "./same-everywhere.ts";
import { subnetsOf } from "./subnets.ts";

/**
 * @param announced whether routers spread its packets over all directors
 * @returns null if the VIP is not an address, which the schema reports
 */
export function normalizeService(
  input: ServiceInput,
  pointer: string,
  hosts: ReadonlyMap<string, Host>,
  directors: readonly Host[],
  announced: boolean,
): VirtualService | null {
  const vip = canonicalIp(input.vip);
  if (vip === null) return null;
  const family = familyOf(vip);
  const mark = normalizeMark(input);
  const port = mark === null ? (input.port ?? 0) : 0;
  const scope = { service: input, port, family, hosts, directors };
  const servers = input.realServers.flatMap(
    (server, index) =>
      normalizeServer(server, { ...scope, pointer: `${pointer}/realServers/${index}` }) ?? [],
  );
  const { sorryServer } = input;
  const scheduling = announced ? sameEverywhere(input, directors) : input;
  return {
    name: input.name,
    vip,
    family,
    port,
    mark,
    protocol: input.protocol ?? "tcp",
    scheduler: scheduling.scheduler ?? "wlc",
    // Sorting would turn a hole, where the schema refused a flag, into a value.
    schedulerFlags: (scheduling.schedulerFlags ?? []).filter(() => true).toSorted(),
    persistence: normalizePersistence(input.persistence, family),
    onePacket: input.onePacket ?? false,
    returnPath: input.nat?.returnPath ?? "source-rule",
    // Where routers bring its packets, no network has it.
    interfaces: announced
      ? new Map(directors.map(({ name }) => [name, "lo"]))
      : carriers(vip, input.interface, directors),
    realServers: servers,
    sorryServer:
      sorryServer === undefined
        ? null
        : normalizeServer(sorryServer, { ...scope, pointer: `${pointer}/sorryServer` }),
    healthCheck: normalizeCheck(input.healthCheck),
    quorum: input.quorum ?? 1,
    pointer,
  };
}

function normalizeMark({ fwmark, ports }: ServiceInput): FirewallMark | null {
  if (fwmark === undefined) return null;
  return { value: fwmark, ports: (ports ?? []).flatMap((item) => parsePortRange(item) ?? []) };
}

function normalizePersistence(input: ServiceInput["persistence"], family: Family): Persistence | null {
  if (input === undefined) return null;
  const whole = family === 4 ? 32 : 128;
  const { netmask = whole } = input;
  const prefix = typeof netmask === "number" ? netmask : (netmaskPrefix(netmask) ?? whole);
  return { timeout: input.timeout ?? 300, prefix, engine: input.engine ?? null };
}

/** The defaults of keepalived 2.2, except the interval: its 60 s would be long. */
export const checkDefaults = {
  path: "/",
  status: 200,
  interval: 3,
  timeout: 3,
  retries: 1,
  delayBeforeRetry: 1,
  name: ".",
  recordType: "SOA",
  arguments: [],
};

function normalizeCheck(input: ServiceInput["healthCheck"]): HealthCheck | null {
  if (input === undefined) return null;
  return {
    ...checkDefaults,
    virtualHost: null,
    digest: null,
    port: null,
    helo: null,
    payload: null,
    command: null,
    ...input,
    status: normalizeStatus(input.status ?? checkDefaults.status),
  };
}

type StatusInput = NonNullable<NonNullable<ServiceInput["healthCheck"]>["status"]>;

/** A list of one code is that code, so that both ways of writing it give the same plan. */
function normalizeStatus(input: StatusInput): HealthCheck["status"] {
  const codes = typeof input === "object" ? input : [input];
  const [only] = codes;
  return codes.length === 1 && typeof only === "number" ? only : codes.map(String);
}

interface ServerScope {
  readonly pointer: string;
  readonly service: ServiceInput;
  readonly port: number;
  readonly family: Family;
  readonly hosts: ReadonlyMap<string, Host>;
  readonly directors: readonly Host[];
}

function normalizeServer(input: RealServerInput, scope: ServerScope): RealServer | null {
  const forwarding = input.forwarding ?? scope.service.forwarding ?? "dr";
  const address = realServerAddress(input, scope, forwarding === "tun");
  if (address === null) return null;
  return {
    host: input.host ?? null,
    address,
    port: input.port ?? scope.port,
    weight: input.weight ?? 1,
    forwarding,
    tunnel: normalizeTunnel(input.tunnel),
    upperThreshold: input.upperThreshold ?? 0,
    lowerThreshold: input.lowerThreshold ?? 0,
    pointer: scope.pointer,
  };
}

/** IANA's port of GUE. */
const guePort = 6080;

function normalizeTunnel(input: RealServerInput["tunnel"]): Tunnel {
  const type = input?.type ?? "ipip";
  return { type, port: type === "gue" ? (input?.port ?? guePort) : 0 };
}

/** Only a tunnel leads to an address of the other family. */
function realServerAddress(
  input: RealServerInput,
  { hosts, directors, family }: ServerScope,
  tunnelled: boolean,
): string | null {
  if (input.host === undefined) return input.address === undefined ? null : canonicalIp(input.address);
  const host = hosts.get(input.host);
  if (host === undefined) return null;
  if (input.address !== undefined) {
    const asked = canonicalIp(input.address);
    return host.addresses.some(({ ip }) => ip === asked) ? asked : null;
  }
  const own = host.addresses.filter((address) => address.family === family);
  const candidates = own.length === 0 && tunnelled ? host.addresses : own;
  const [first, second] = candidates;
  const chosen = second === undefined ? first : candidates.find((each) => sharesSubnet(each, directors));
  return (chosen ?? first)?.ip ?? null;
}

function sharesSubnet({ ip }: InterfaceAddress, directors: readonly Host[]): boolean {
  return directors.some((director) => subnetsOf(director.addresses).near(ip) !== undefined);
}
