/** Values of ipvsadm's options -> what a topology takes. What it does not take is changed or left out, with a remark. */

import { listed } from "../../base/counted.ts";
import { say } from "../../languages/say.ts";
import { canonicalIp, netmaskPrefix } from "../../topology/addresses.ts";
import type { Directors, Topology } from "../../topology/input.generated.ts";
import type { TunnelType } from "../../topology/model.ts";
import type { Effect, Notes } from "../notes.ts";
import type { ObservedServer, ObservedService, Persistence, Selector } from "../observed.ts";
import type { Place } from "../place.ts";

export type Options = ReadonlyMap<string, string>;

/** A note that leaves the call itself as it is. */
export interface Remark {
  readonly kind: "changed" | "leftOut";
  readonly place: Place;
  readonly message: string;
  readonly hint: string;
  readonly effect: Effect;
}

export function tell({ kind, place, message, hint, effect }: Remark, notes: Notes): void {
  notes[kind](place, message, hint, { effect });
}

const schedulers = new Set("rr wrr lc wlc lblc lblcr dh sh sed nq fo ovf mh twos".split(" "));

/** ipvsadm's and the kernel's limits. */
const maximum = { weight: 65535, threshold: 65535, seconds: 2678400 } as const;

export function serviceValues(
  options: Options,
  selector: Selector,
  place: Place,
  remarks: Remark[],
): Pick<ObservedService, "scheduler" | "schedulerFlags" | "persistence" | "onePacket"> {
  const scheduler = schedulerOf(options.get("scheduler") ?? "wlc", place, remarks);
  const isUdp = selector.kind === "mark" || selector.protocol === "udp";
  const onePacket = options.has("ops");
  if (onePacket && !isUdp)
    remarks.push(leftOut(place, say`one-packet scheduling is for UDP alone: the kernel ignores it here`));
  return {
    scheduler,
    schedulerFlags: flagsOf(options.get("flags"), scheduler, place, remarks),
    persistence: persistenceOf(options, selector, place, remarks),
    onePacket: onePacket && isUdp,
  };
}

function leftOut(place: Place, message: string, hint = say`do without it`, effect: Effect = "other"): Remark {
  return { kind: "leftOut", place, message, hint, effect };
}

function changed(place: Place, message: string, hint: string): Remark {
  return { kind: "changed", place, message, hint, effect: "traffic" };
}

/** A name that the topology takes. */
export function schedulerOf(name: string, place: Place, remarks: Remark[]): string {
  if (schedulers.has(name)) return name;
  const message = say`unknown scheduler ${JSON.stringify(name)}: wlc, ipvsadm's default, is the placeholder`;
  remarks.push(changed(place, message, say`choose one of ${listed([...schedulers])}`));
  return "wlc";
}

function flagsOf(text: string | undefined, scheduler: string, place: Place, remarks: Remark[]): string[] {
  if (text === undefined) return [];
  return text.split(",").flatMap((name) => {
    const flag = { "flag-1": `${scheduler}-fallback`, "flag-2": `${scheduler}-port` }[name] ?? name;
    const [, of] = /^(sh|mh)-(?:port|fallback)$/.exec(flag) ?? [];
    if (of === scheduler) return flag;
    if (name === "") return [];
    const message =
      of === undefined
        ? say`unknown scheduler flag ${JSON.stringify(name)}`
        : say`the flag ${flag} is for the scheduler ${of}, and this one is ${scheduler}`;
    remarks.push(leftOut(place, message));
    return [];
  });
}

function persistenceOf(
  options: Options,
  selector: Selector,
  place: Place,
  remarks: Remark[],
): Persistence | null {
  const text = options.get("persistent");
  if (text === undefined) return null;
  // ipvsadm's own.
  const given = text === "" ? 300 : Number(text);
  const timeout = Math.min(Math.max(Math.trunc(given) || 1, 1), maximum.seconds);
  if (timeout !== given)
    remarks.push(
      changed(place, say`a persistence timeout of ${text} s is not possible: ${timeout} s`, say`correct it`),
    );
  return {
    timeout,
    netmask: netmaskOf(options, selector, place, remarks),
    engine: engineOf(options, selector, place, remarks),
  };
}

function netmaskOf(options: Options, selector: Selector, place: Place, remarks: Remark[]): string | null {
  const text = options.get("netmask");
  if (text === undefined) return null;
  const is6 = selector.kind === "mark" ? selector.family === 6 : selector.vip.includes(":");
  const prefix = is6 ? (/^\d+$/.test(text) ? Number(text) : 0) : netmaskPrefix(text);
  if (prefix !== null && prefix >= 1 && prefix <= (is6 ? 128 : 32)) return text;
  const form = is6 ? say`a prefix length from 1 to 128` : say`a netmask like 255.255.255.0`;
  remarks.push(
    leftOut(
      place,
      say`unreadable netmask of the persistence, ${JSON.stringify(text)}`,
      say`use ${form}`,
      "traffic",
    ),
  );
  return null;
}

function engineOf(options: Options, selector: Selector, place: Place, remarks: Remark[]): "sip" | null {
  const name = options.get("engine");
  if (name === undefined) return null;
  const isUdp = selector.kind === "mark" || selector.protocol === "udp";
  if (name === "sip" && isUdp) return "sip";
  remarks.push(
    leftOut(
      place,
      name === "sip"
        ? say`the persistence engine sip is for UDP alone`
        : say`unknown persistence engine ${JSON.stringify(name)}`,
      say`do without it`,
      "traffic",
    ),
  );
  return null;
}

type ServerValues = Pick<ObservedServer, "weight" | "tunnel" | "upperThreshold" | "lowerThreshold">;

/** @returns what is wrong with it, where the server cannot be read */
export function serverValues(options: Options, place: Place, remarks: Remark[]): ServerValues | string {
  const text = options.get("weight") ?? "1";
  if (!/^\d+$/.test(text)) return say`${JSON.stringify(text)} is not a weight`;
  const given = Number(text);
  const weight = Math.min(given, maximum.weight);
  if (weight !== given)
    remarks.push(
      changed(place, say`a weight of ${text} is not possible: ${weight}`, say`use weights up to 65535`),
    );
  if (options.has("tun-csum") || options.has("tun-remcsum"))
    remarks.push(leftOut(place, say`a topology does not support checksums of tunnels`));
  const upper = thresholdOf("upper", options, place, remarks);
  const lower = thresholdOf("lower", options, place, remarks);
  const isPossible = lower <= upper;
  if (!isPossible) {
    const message =
      upper === 0
        ? say`the lower threshold ${lower} has no effect without an upper one`
        : say`the lower threshold ${lower} is above the upper one, ${upper}`;
    remarks.push(leftOut(place, message, say`correct it`));
  }
  return {
    weight,
    tunnel: options.has("tun") ? tunnelOf(options, place, remarks) : null,
    upperThreshold: upper,
    lowerThreshold: isPossible ? lower : 0,
  };
}

function thresholdOf(key: "upper" | "lower", options: Options, place: Place, remarks: Remark[]): number {
  const text = options.get(key);
  if (text === undefined) return 0;
  if (/^\d+$/.test(text) && Number(text) <= maximum.threshold) return Number(text);
  remarks.push(
    leftOut(
      place,
      key === "upper"
        ? say`the upper threshold ${JSON.stringify(text)} is not a number up to 65535`
        : say`the lower threshold ${JSON.stringify(text)} is not a number up to 65535`,
      say`correct it`,
    ),
  );
  return 0;
}

function tunnelOf(options: Options, place: Place, remarks: Remark[]): ObservedServer["tunnel"] {
  const type = options.get("tun-type");
  if (type === undefined) return null;
  const port = options.get("tun-port");
  const number = port !== undefined && /^\d+$/.test(port) ? Number(port) : 0;
  const isPort = number >= 1 && number <= 65535;
  if (/^(ipip|gue|gre)$/.test(type) && (type !== "gue" || isPort))
    return { type: type as TunnelType, port: type === "gue" ? number : null };
  const message =
    type === "gue"
      ? say`a gue tunnel without a port: ipip is the placeholder`
      : say`unknown tunnel type ${JSON.stringify(type)}: ipip is the placeholder`;
  remarks.push(changed(place, message, say`set tunnel by hand`));
  return null;
}

/** 0 leaves a timeout as it is. */
export function timeouts(words: readonly string[]): NonNullable<Topology["timeouts"]> | string {
  const [tcp = 0, tcpFin = 0, udp = 0] = words.map(Number);
  const isSeconds = (value: number) => Number.isInteger(value) && value >= 0 && value <= maximum.seconds;
  if (words.length !== 3 || ![tcp, tcpFin, udp].every(isSeconds))
    return say`--set needs three numbers of seconds: tcp, tcpfin, udp`;
  return { ...(tcp ? { tcp } : {}), ...(tcpFin ? { tcpFin } : {}), ...(udp ? { udp } : {}) };
}

type Sync = NonNullable<Directors["connectionSync"]>;

const multicast = /^(22[4-9]|23\d)\.|^ff/;

/** The id is null where the call has none. */
export function sync(
  options: Options,
  place: Place,
  remarks: Remark[],
): { readonly sync: Sync; readonly id: number | null } | string {
  const name = options.get("interface");
  if (name === undefined) return say`sync daemon without an interface: --mcast-interface is missing`;
  if (name === "lo" || !/^[A-Za-z0-9][A-Za-z0-9_.-]{0,14}$/.test(name))
    return say`unknown interface ${JSON.stringify(name)}`;
  const number = (key: string, most: number) => {
    const text = options.get(key);
    if (text === undefined) return null;
    const value = /^\d+$/.test(text) ? Number(text) : -1;
    if (value >= (key === "syncid" ? 0 : 1) && value <= most) return value;
    remarks.push(
      leftOut(place, say`--${key}: ${JSON.stringify(text)} is not a number up to ${most}`, say`correct it`),
    );
    return null;
  };
  const [id, port, ttl] = [number("syncid", 255), number("port", 65535), number("ttl", 255)];
  const group = options.get("group");
  const address = group === undefined ? null : canonicalIp(group);
  const ip = address !== null && multicast.test(address) ? address : null;
  if (group !== undefined && ip === null)
    remarks.push(leftOut(place, say`${JSON.stringify(group)} is not a multicast address`, say`correct it`));
  if (options.has("maxlen"))
    remarks.push(leftOut(place, say`a topology does not support the length of sync messages`));
  return {
    id,
    sync: {
      interface: name,
      ...(ip === null ? {} : { group: ip }),
      ...(port === null ? {} : { port }),
      ...(ttl === null ? {} : { ttl }),
    },
  };
}
