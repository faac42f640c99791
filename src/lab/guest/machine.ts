/** A host of the lab with all that belongs to it: namespace, responder or client child, scripts. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { LabHost, LabScript, LabService, LabSpec, PortFault } from "../spec.ts";
import type { ExecOptions, ExecResult } from "./agent.ts";
import { Applications } from "./applications/applications.ts";
import { Channel } from "./channel.ts";
import type { Fabric } from "./fabric.ts";
import { Namespace } from "./namespace.ts";
import type { Peer } from "./peer.ts";
import { ShortReset } from "./reset/short-reset.ts";
import { startRouter } from "./router.ts";
import { compareSnapshots, type Snapshot, takeSnapshot } from "./snapshot.ts";
import type { ProgramLinks } from "./toolbox.ts";

export class Machine {
  readonly host: LabHost;
  /** What answers, and what its tracks look at. */
  readonly applications: Applications;
  readonly #programs: ProgramLinks;
  readonly #placeholders: LabSpec["placeholders"];
  readonly #fabric: Fabric;
  readonly #work: string;
  #namespace: Namespace | null = null;
  #channel: Channel | null = null;
  #pristine: Snapshot = new Map();
  #generation = 0;
  /** Faults of its ports, by their keys. */
  #faults: Readonly<Record<string, PortFault>> = {};

  constructor(
    host: LabHost,
    programs: ProgramLinks,
    placeholders: LabSpec["placeholders"],
    fabric: Fabric,
    work: string,
  ) {
    this.host = host;
    this.applications = new Applications(host, () => this.namespace.agent);
    this.#programs = programs;
    this.#placeholders = placeholders;
    this.#fabric = fabric;
    this.#work = work;
  }

  get name(): string {
    return this.host.name;
  }

  get namespace(): Namespace {
    if (!this.#namespace) throw new Error(`${this.name} is not built`);
    return this.#namespace;
  }

  /** The child that makes or answers traffic, started when first needed: Node takes half a second in User-Mode Linux. */
  async traffic(): Promise<Channel> {
    if (this.#channel) return this.#channel;
    const args = this.host.kind === "client" ? ["client"] : ["responder", this.name];
    this.#channel = new Channel(this.namespace.agent.pid, args);
    if (this.host.ports.length > 0) await this.#channel.ask(this.#services);
    return this.#channel;
  }

  /** Lets ports misbehave, by their keys; its other ports work. */
  async spoil(faults: Readonly<Record<string, PortFault>>): Promise<void> {
    this.#faults = faults;
    await (await this.traffic()).ask(this.#services);
  }

  get #services() {
    return { ports: this.host.ports, faults: this.#faults };
  }

  /** Takes the host off every wire, or off that of one interface. */
  unplug(only: string | null = null): Promise<void> {
    return this.#fabric.unplug(this.host, only);
  }

  plugIn(only: string | null = null): Promise<void> {
    return this.#fabric.plugIn(this.host, only);
  }

  async build(): Promise<void> {
    this.#namespace = await Namespace.create(
      this.host,
      this.#programs,
      this.#placeholders,
      this.#fabric,
      this.#work,
      this.#generation++,
    );
    if (this.host.kind === "router") await startRouter(this.namespace);
    if (this.host.kind === "unmanaged") await this.#carryVips();
    await this.applications.start();
    if (this.host.kind === "managed") this.#pristine = await this.snapshot();
  }

  /** Undoes whatever was done to the host's network, where a few commands can; whether it is as it was built. */
  async becomePristine(): Promise<boolean> {
    const now = await this.snapshot();
    if (compareSnapshots(this.#pristine, now) === "") return true;
    await new ShortReset(this, this.#work, "pristine", this.#pristine, now).run();
    return compareSnapshots(this.#pristine, await this.snapshot()) === "";
  }

  /** Scenarios ask the lab instead, which injects again. */
  async rebuild(): Promise<void> {
    await this.destroy();
    await this.build();
  }

  async destroy(): Promise<void> {
    await this.#channel?.stop();
    await this.#namespace?.destroy();
    this.#channel = null;
    this.#namespace = null;
    this.#faults = {};
  }

  snapshot(): Promise<Snapshot> {
    return takeSnapshot(this.namespace);
  }

  run(argv: readonly string[], options?: ExecOptions): Promise<ExecResult> {
    return this.namespace.agent.run(argv, options);
  }

  /** File that holds the id of the script's shell while it runs. */
  get pidFile(): string {
    return join(this.#work, `${this.name}.pid`);
  }

  async #carryVips(): Promise<void> {
    const { agent } = this.namespace;
    await agent.shell(
      "echo 1 >/proc/sys/net/ipv4/conf/all/arp_ignore; echo 2 >/proc/sys/net/ipv4/conf/all/arp_announce",
    );
    for (const device of this.host.tunnelDevices) {
      const filter = `/proc/sys/net/ipv4/conf/${device}/rp_filter`;
      await agent.run(["ip", "link", "set", "dev", device, "up"]);
      await agent.shell(`[ ! -e ${filter} ] || echo 2 >${filter}`);
    }
    for (const vip of this.host.carriedVips) {
      await agent.run(["ip", "address", "add", `${vip}/${vip.includes(":") ? 128 : 32}`, "dev", "lo"]);
    }
  }
}

export type Verb = "start" | "stop" | "restart" | "reload" | "status" | "check" | "help";

/** One script of one host. */
export class ScriptRun {
  readonly machine: Machine;
  readonly script: LabScript;
  readonly text: string;

  constructor(machine: Machine, script: LabScript) {
    this.machine = machine;
    this.script = script;
    this.text = readFileSync(script.source, "utf8");
  }

  get label(): string {
    return `${this.machine.name} ${this.script.name}`;
  }

  argv(verb: Verb): string[] {
    return [...this.machine.host.interpreter, join("/usr/local/sbin", this.script.name), verb];
  }

  run(verb: Verb, options: ExecOptions = {}): Promise<ExecResult> {
    return this.machine.run(this.argv(verb), options);
  }

  /** Programs the script may call. */
  get programs(): string[] {
    return this.machine.namespace.toolbox.mentionedIn(this.text);
  }
}

/** A host's own addresses of a family, without their prefixes. */
export function addressesOf({ interfaces }: LabHost, family: 4 | 6): string[] {
  return interfaces
    .flatMap(({ addresses }) => addresses)
    .map((address) => address.split("/")[0] ?? "")
    .filter((address) => address.includes(":") === (family === 6));
}

/** What a client needs to know to send to a service. */
export function peerOf({ name, vip, ports, protocol, persistence }: LabService): Peer {
  const call = persistence?.engine === "sip" ? { callId: `${name}@lab` } : {};
  return { address: vip, port: ports[0] ?? 0, protocol, ...call };
}
