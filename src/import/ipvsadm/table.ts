/** Calls of ipvsadm, one after the other -> the services that result. */

import { canonicalIp } from "../../topology/addresses.ts";
import type { Directors, Topology } from "../../topology/input.generated.ts";
import type { Forwarding, Protocol, TunnelType } from "../../topology/model.ts";
import { portOf } from "../keepalived/keywords.ts";
import type { Notes } from "../notes.ts";
import type { ObservedServer, ObservedService, Selector } from "../observed.ts";
import type { Place, Word } from "../place.ts";
import { type Call, type Command, parseCall } from "./arguments.ts";

type Service = Omit<ObservedService, "servers"> & { readonly servers: Map<string, ObservedServer> };

const inFigures = "import the output of 'ipvsadm -Sn', which has numeric addresses and ports";

/** IPVS's table as the calls fill it. */
export class IpvsTable {
  readonly #services = new Map<string, Service>();
  readonly #notes: Notes;
  timeouts: Topology["timeouts"] | null = null;
  sync: Directors["connectionSync"] | null = null;
  /** Whether some call has a threshold. */
  thresholds = false;

  constructor(notes: Notes) {
    this.#notes = notes;
  }

  /** @param words of one call, without the program's name */
  call(words: readonly Word[], place: Place): void {
    const call = parseCall(words);
    if ("word" in call)
      this.#notes.notUnderstood(call.word.place, call.message, "correct the line, or add it by hand");
    else this.#actions[call.command](call, place);
  }

  services(): ObservedService[] {
    return [...this.#services.values()].map((service) => ({
      ...service,
      servers: [...service.servers.values()],
    }));
  }

  readonly #actions: Readonly<Record<Command, (call: Call, place: Place) => void>> = {
    "add-service": ({ options }, place) => {
      const selector = this.#selector(options, place);
      if (selector === null) return;
      const { persistence, scheduler } = this.#settings(options, place);
      this.#services.set(keyOf(selector), {
        selector,
        name: null,
        scheduler,
        schedulerFlags: this.#flags(options.get("flags"), scheduler, place),
        persistence,
        onePacket: options.has("ops"),
        quorum: null,
        sorryServer: null,
        servers: this.#services.get(keyOf(selector))?.servers ?? new Map(),
        place,
      });
    },
    "add-server": ({ options }, place) => {
      const selector = this.#selector(options, place);
      const server = this.#server(options, place);
      if (selector === null || server === null) return;
      const service = this.#services.get(keyOf(selector));
      if (service === undefined) {
        const what = selector.kind === "port" ? `${selector.vip}:${selector.port}` : `mark ${selector.value}`;
        this.#notes.notUnderstood(place, `unknown service ${what}`, "add it with -A before its servers");
      } else service.servers.set(`${server.address} ${server.port}`, server);
    },
    "set-timeouts": ({ rest }, place) => {
      const [tcp = 0, tcpFin = 0, udp = 0] = rest.map(Number);
      if (rest.length !== 3 || ![tcp, tcpFin, udp].every((value) => Number.isInteger(value) && value >= 0))
        this.#notes.notUnderstood(place, "--set needs three numbers: tcp, tcpfin, udp", "correct the line");
      // 0 leaves a timeout as it is.
      else
        this.timeouts = { ...(tcp ? { tcp } : {}), ...(tcpFin ? { tcpFin } : {}), ...(udp ? { udp } : {}) };
    },
    "start-daemon": ({ options }, place) => {
      const name = options.get("interface");
      const syncId = Number(options.get("syncid") ?? 1);
      const group = options.get("group");
      if (name === undefined) {
        this.#notes.notUnderstood(place, "sync daemon without an interface", "add --mcast-interface");
        return;
      }
      const numbers = ["port", "ttl"].flatMap((key) =>
        options.has(key) ? [[key, Number(options.get(key))]] : [],
      );
      this.sync = {
        interface: name,
        ...(syncId > 0 ? { syncId } : {}),
        ...(group === undefined ? {} : { group }),
        ...Object.fromEntries(numbers),
      };
    },
    // Deleting, clearing and listing add nothing to a topology.
    other: () => {},
  };

  #selector(options: ReadonlyMap<string, string>, place: Place): Selector | null {
    const mark = options.get("fwmark");
    if (mark !== undefined) {
      const value = Number(mark);
      if (Number.isInteger(value) && value > 0 && value <= 4294967295)
        return { kind: "mark", value, family: options.has("ipv6") ? 6 : 4, protocol: "tcp" };
      this.#notes.notUnderstood(
        place,
        `${JSON.stringify(mark)} is not a firewall mark`,
        "use a number from 1 to 4294967295",
      );
      return null;
    }
    const protocol = (["tcp", "udp", "sctp"] as Protocol[]).find((name) => options.has(name));
    const text = protocol === undefined ? "" : (options.get(protocol) ?? "");
    const [vip, port] = endpointOf(text);
    if (protocol !== undefined && vip !== null && port !== undefined)
      return { kind: "port", vip, port: port ?? 0, protocol };
    this.#notes.notUnderstood(place, `${JSON.stringify(text)} is not an address with a port`, inFigures);
    return null;
  }

  #settings(
    options: ReadonlyMap<string, string>,
    place: Place,
  ): Pick<ObservedService, "persistence" | "scheduler"> {
    const timeout = options.get("persistent");
    const engine = options.get("engine");
    if (engine !== undefined && engine !== "sip")
      this.#notes.leftOut(place, `unknown persistence engine ${JSON.stringify(engine)}`, "do without it");
    const scheduler = options.get("scheduler") ?? "wlc";
    if (timeout === undefined) return { scheduler, persistence: null };
    return {
      scheduler,
      persistence: {
        // ipvsadm's own.
        timeout: timeout === "" ? 300 : Number(timeout),
        netmask: options.get("netmask") ?? null,
        engine: engine === "sip" ? "sip" : null,
      },
    };
  }

  #flags(text: string | undefined, scheduler: string, place: Place): string[] {
    return (text ?? "").split(",").flatMap((name) => {
      const flag = { "flag-1": `${scheduler}-fallback`, "flag-2": `${scheduler}-port` }[name] ?? name;
      if (/^(sh|mh)-(port|fallback)$/.test(flag)) return flag;
      if (name !== "")
        this.#notes.leftOut(place, `unknown scheduler flag ${JSON.stringify(name)}`, "do without it");
      return [];
    });
  }

  #server(options: ReadonlyMap<string, string>, place: Place): ObservedServer | null {
    const text = options.get("server") ?? "";
    const [address, port] = endpointOf(text);
    if (address === null || port === undefined) {
      this.#notes.notUnderstood(place, `${JSON.stringify(text)} is not an address with a port`, inFigures);
      return null;
    }
    const forwarding = (["nat", "tun"] as Forwarding[]).find((name) => options.has(name)) ?? "dr";
    if (options.has("upper") || options.has("lower")) this.thresholds = true;
    if (options.has("tun-csum") || options.has("tun-remcsum"))
      this.#notes.leftOut(place, "a topology does not support checksums of tunnels", "do without it");
    return {
      address,
      port,
      weight: Number(options.get("weight") ?? 1),
      forwarding,
      tunnel: tunnelOf(options),
      upperThreshold: Number(options.get("upper") ?? 0),
      lowerThreshold: Number(options.get("lower") ?? 0),
      check: null,
      place,
    };
  }
}

function tunnelOf(options: ReadonlyMap<string, string>): ObservedServer["tunnel"] {
  const type = options.get("tun-type") as TunnelType | undefined;
  const port = options.get("tun-port");
  return type === undefined ? null : { type, port: port === undefined ? null : Number(port) };
}

/** The port is null if there is none, undefined if it cannot be read. */
function endpointOf(text: string): readonly [string | null, number | null | undefined] {
  const bare = canonicalIp(text);
  if (bare !== null) return [bare, null];
  const [, inBrackets, plain, port] = /^(?:\[([^\]]+)\]|([^:]+))(?::(\w+))?$/.exec(text) ?? [];
  const ip = canonicalIp(inBrackets ?? plain ?? "");
  return [ip, port === undefined ? null : (portOf(port) ?? undefined)];
}

function keyOf(selector: Selector): string {
  return selector.kind === "mark"
    ? `mark ${selector.value} ${selector.family}`
    : `${selector.protocol} ${selector.vip} ${selector.port}`;
}
