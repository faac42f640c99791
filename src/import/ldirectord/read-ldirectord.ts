/** ldirectord.cf (ldirectord(8)) -> facts about the cluster. keepalived does its checks. */

import { say } from "../../languages/say.ts";
import { endpointOf } from "../ipvsadm/endpoint.ts";
import { nothingObserved } from "../ipvsadm/read-ipvsadm.ts";
import { type Remark, serviceValues, tell } from "../ipvsadm/values.ts";
import type { Notes } from "../notes.ts";
import type { Observed, ObservedService, Selector } from "../observed.ts";
import type { Source } from "../place.ts";
import { refuseTemplate } from "../templates.ts";
import { type CheckScope, checkOf } from "./checks.ts";
import { tellOthers } from "./keys.ts";
import { notificationOf } from "./notification.ts";
import { readSections, type Section, type Setting, valueIn } from "./sections.ts";
import { fallbackOf, realsOf } from "./servers.ts";

/** sections -> unknown keys -> services -> notification. */
export function readLdirectord(source: Source, notes: Notes): Observed {
  refuseTemplate(source);
  const { globals, virtuals, strange } = readSections(source);
  for (const { text, place } of strange)
    notes.notUnderstood(place, say`${text.slice(0, 60)}: not a setting`, say`write KEYWORD = VALUE`);
  for (const settings of [globals, ...virtuals.map((each) => each.settings)]) tellOthers(settings, notes);
  tellQuiescent([...globals, ...virtuals.flatMap(({ settings }) => settings)], notes);
  return {
    ...nothingObserved(source),
    engine: "keepalived",
    services: virtuals.flatMap((section) => serviceOf(section, globals, notes) ?? []),
    notification: notificationOf(globals, virtuals, notes),
    tellsThresholds: true,
  };
}

function tellQuiescent(settings: readonly Setting[], notes: Notes): void {
  for (const { place } of settings.filter(({ key, value }) => key === "quiescent" && value === "yes"))
    notes.changed(
      place,
      say`ldirectord gives failed servers weight 0; keepalived removes them, and their connections end`,
      say`no change is needed, unless clients with persistence should stay with a failed server`,
      { effect: "traffic" },
    );
}

function serviceOf(section: Section, globals: readonly Setting[], notes: Notes): ObservedService | null {
  const { head, settings } = section;
  const { place } = head;
  const selector = selectorOf(section);
  const reals = settings.filter(({ key }) => /^real6?$/.test(key)).flatMap((each) => realsOf(each, notes));
  if (selector === null) {
    notes.notUnderstood(
      place,
      say`${JSON.stringify(head.value)} is not an address with a port, nor a firewall mark`,
      say`write a numeric address: '${head.key} = 192.0.2.10:80'`,
      { lost: { services: 1, servers: reals.length } },
    );
    return null;
  }
  const scope: CheckScope = {
    settings,
    globals,
    place,
    port: selector.kind === "port" ? selector.port : null,
    protocol: selector.protocol,
  };
  const shared = checkOf(scope, null, notes);
  const fallback = head.key === "virtual6" ? "fallback6" : "fallback";
  return {
    selector,
    ...valuesOf(settings, selector, head, notes),
    name: null,
    quorum: null,
    sorryServer: fallbackOf(valueIn(fallback, settings, globals), notes),
    servers: reals.map(({ server, request }) => ({
      ...server,
      check: request === null ? shared : checkOf(scope, request, notes),
    })),
    place,
  };
}

/** UDP is the default of port 53. */
function selectorOf({ head, settings }: Section): Selector | null {
  const family = head.key === "virtual6" ? 6 : 4;
  if (/^\d+$/.test(head.value)) {
    const value = Number(head.value);
    return value > 0 && value <= 4294967295 ? { kind: "mark", value, family, protocol: "tcp" } : null;
  }
  const endpoint = endpointOf(head.value);
  if (endpoint === null || endpoint.port === null) return null;
  const { ip: vip, port } = endpoint;
  const text = valueIn("protocol", settings)?.value ?? (port === 53 ? "udp" : "tcp");
  return { kind: "port", vip, port, protocol: text === "udp" ? "udp" : "tcp" };
}

function valuesOf(settings: readonly Setting[], selector: Selector, head: Setting, notes: Notes) {
  const options = new Map<string, string>();
  const set = (key: string, option: string) => {
    const value = valueIn(key, settings)?.value;
    if (value !== undefined) options.set(option, value);
  };
  options.set("scheduler", "wrr");
  set("scheduler", "scheduler");
  set("persistent", "persistent");
  set("netmask", "netmask");
  if (valueIn("ops", settings)?.value === "yes") options.set("ops", "");
  const remarks: Remark[] = [];
  const values = serviceValues(
    options,
    selector,
    valueIn("scheduler", settings)?.place ?? head.place,
    remarks,
  );
  for (const remark of remarks) tell(remark, notes);
  return values;
}
