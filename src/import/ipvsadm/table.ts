/** Calls of ipvsadm, one after the other -> the services that result. */

import { say } from "../../languages/say.ts";
import type { Directors, Topology } from "../../topology/input.generated.ts";
import type { Notes } from "../notes.ts";
import type { ObservedServer, ObservedService, Selector } from "../observed.ts";
import type { Place, Word } from "../place.ts";
import { endpointText } from "./endpoint.ts";
import { type Change, type Problem, type ReadCall, readCall } from "./read-call.ts";
import { tell } from "./values.ts";

type Service = Omit<ObservedService, "servers"> & { readonly servers: Map<string, ObservedServer> };

interface Daemon {
  readonly change: Extract<Change, { kind: "sync" }>;
  readonly place: Place;
}

type Sync = Directors["connectionSync"] | null;

/** IPVS's table as the calls fill it. */
export class IpvsTable {
  readonly #services = new Map<string, Service>();
  readonly #notes: Notes;
  readonly #daemons: Daemon[] = [];
  timeouts: Topology["timeouts"] | null = null;
  /** Whether some call has a threshold. */
  thresholds = false;

  constructor(notes: Notes) {
    this.#notes = notes;
  }

  /**
   * @param words of one call, without the program's name
   * @param removes whether deleting takes effect: it does not where it is unknown whether the call runs
   */
  call(words: readonly Word[], place: Place, removes = true): void {
    this.apply(readCall(words, place), place, removes);
  }

  apply({ change, remarks }: ReadCall, place: Place, removes = true): void {
    for (const remark of remarks) tell(remark, this.#notes);
    if (change.kind === "problem") this.#problem(change);
    else if (removes || !/^(clear|no-)/.test(change.kind)) this.#change(change, place);
  }

  #problem({ place, message, hint, lost }: Problem): void {
    this.#notes.notUnderstood(place, message, hint, { lost });
  }

  #change(change: Change, place: Place): void {
    switch (change.kind) {
      case "service":
        this.#addService(change);
        break;
      case "server":
        this.#addServer(change);
        break;
      case "no-service":
        this.#services.delete(keyOf(change.selector));
        break;
      case "no-server":
        this.#services.get(keyOf(change.selector))?.servers.delete(`${change.address} ${change.port}`);
        break;
      case "clear":
        this.#services.clear();
        break;
      case "timeouts":
        this.timeouts = change.timeouts;
        break;
      case "sync":
        this.#daemons.push({ change, place });
        break;
      case "none":
    }
  }

  #addService({ service, edits }: Extract<Change, { kind: "service" }>): void {
    const key = keyOf(service.selector);
    const before = this.#services.get(key);
    if (before !== undefined && !edits) this.#refused(before, service, selectorText(service.selector));
    else this.#services.set(key, { ...service, servers: before?.servers ?? new Map() });
  }

  /** ipvsadm adds nothing twice. */
  #refused(before: { readonly place: Place }, added: { readonly place: Place }, what: string): void {
    const values = (of: object) => JSON.stringify({ ...of, place: null, servers: null });
    if (values(before) !== values(added))
      this.#notes.leftOut(
        added.place,
        say`${what} is already there: ipvsadm refuses to add it again`,
        say`to change it, use -E or -e`,
        { effect: "traffic" },
      );
  }

  #addServer({ selector, server, hasThresholds, edits }: Extract<Change, { kind: "server" }>): void {
    const service = this.#services.get(keyOf(selector));
    const key = `${server.address} ${server.port}`;
    const before = service?.servers.get(key);
    if (hasThresholds) this.thresholds = true;
    if (before !== undefined && !edits)
      this.#refused(before, server, endpointText({ ip: server.address, port: server.port }));
    else if (service !== undefined) service.servers.set(key, server);
    else
      this.#notes.notUnderstood(
        server.place,
        say`unknown service ${selectorText(selector)}`,
        say`add it with -A before its servers`,
        { lost: { servers: 1 } },
      );
  }

  services(): ObservedService[] {
    return [...this.#services.values()].map((service) => ({
      ...service,
      servers: [...service.servers.values()],
    }));
  }

  /** Of the master and the backup daemon together: a topology has one setting for both. */
  sync(): Sync {
    const [first, ...others] = this.#daemons;
    if (first === undefined) return null;
    const named = this.#daemons.find(({ change }) => change.id !== null) ?? first;
    const { sync } = named.change;
    for (const { change, place } of [first, ...others])
      if (JSON.stringify(change.sync) !== JSON.stringify(sync) || (change.id ?? 0) !== (named.change.id ?? 0))
        this.#notes.changed(
          place,
          say`the sync daemons have different settings: a topology has one for both`,
          say`check directors.connectionSync`,
        );
    return { ...sync, ...this.#syncId(named) };
  }

  #syncId({ change, place }: Daemon): { syncId: number } {
    if (change.id !== null && change.id > 0) return { syncId: change.id };
    this.#notes.changed(
      place,
      say`the sync id is 0, ipvsadm's default, which a topology does not have: it becomes 1`,
      say`set directors.connectionSync.syncId; directors that lvsgen does not set up need the same`,
      { pointer: "/directors/connectionSync" },
    );
    return { syncId: 1 };
  }
}

function selectorText(selector: Selector): string {
  if (selector.kind === "mark") return say`mark ${selector.value}`;
  return endpointText({ ip: selector.vip, port: selector.port });
}

function keyOf(selector: Selector): string {
  return selector.kind === "mark"
    ? `mark ${selector.value} ${selector.family}`
    : `${selector.protocol} ${selector.vip} ${selector.port}`;
}
