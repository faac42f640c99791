/** The lab's wiring: one bridge per switch, one veth per interface, all in the runner's own empty namespace. */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { LabHost, LabSpec } from "../spec.ts";
import type { Agent } from "./agent.ts";

export class Fabric {
  readonly #agent: Agent;
  readonly #work: string;
  #ports = 0;
  /** Ports of each host, by its name. */
  readonly #portsOf = new Map<string, string[]>();

  constructor(agent: Agent, work: string) {
    this.#agent = agent;
    this.#work = work;
  }

  /** Makes the switches. The runner's namespace has no uplink: nothing can leave. */
  async build(spec: LabSpec): Promise<void> {
    // The switches themselves are nobody on the wire.
    await this.#agent.shell(
      "[ ! -e /proc/sys/net/ipv6 ] || echo 1 >/proc/sys/net/ipv6/conf/default/disable_ipv6",
    );
    const switches = new Set(spec.subnets.map((subnet) => subnet.switch));
    const lines = [...switches].flatMap((id) => [
      `link add name sw${id} type bridge forward_delay 0 mcast_snooping 0`,
      `link set dev sw${id} up`,
    ]);
    await this.batch(this.#agent, "switches", lines);
  }

  /** Plugs a host's interfaces in and gives them their addresses. */
  async connect(host: LabHost, agent: Agent): Promise<void> {
    const outside: string[] = [];
    const inside: string[] = ["link set dev lo up"];
    const ports: string[] = [];
    this.#portsOf.set(host.name, ports);
    for (const wired of host.interfaces) {
      const port = `p${this.#ports++}`;
      ports.push(port);
      outside.push(
        `link add name ${port} type veth peer name ${wired.name} address ${wired.mac} netns ${agent.pid}`,
        `link set dev ${port} master sw${wired.switch} up`,
      );
      inside.push(`link set dev ${wired.name} up`);
      for (const address of wired.addresses) {
        const flags = address.includes(":") ? " nodad" : " broadcast +";
        inside.push(`address add ${address}${flags} dev ${wired.name}`);
      }
    }
    const [first] = host.interfaces;
    for (const { to, via } of host.routes)
      inside.push(`route add ${to} ${via === null ? `dev ${first?.name}` : `via ${via}`}`);
    await this.batch(this.#agent, `${host.name}.outside`, outside);
    await this.batch(agent, `${host.name}.inside`, inside);
  }

  /**
   * Takes a host off every wire, as when it loses power, or off one of its interfaces': its own devices lose their
   * carrier.
   */
  unplug(host: LabHost, only: string | null): Promise<void> {
    return this.#setPorts(host, only, "down");
  }

  plugIn(host: LabHost, only: string | null): Promise<void> {
    return this.#setPorts(host, only, "up");
  }

  async #setPorts({ name, interfaces }: LabHost, only: string | null, state: "up" | "down"): Promise<void> {
    const all = this.#portsOf.get(name) ?? [];
    const ports = all.filter((_, at) => only === null || interfaces[at]?.name === only);
    const lines = ports.map((port) => `link set dev ${port} ${state}`);
    await this.batch(this.#agent, `${name}.${state}`, lines);
  }

  /** Many ip commands in one process. */
  async batch(agent: Agent, name: string, lines: readonly string[]): Promise<void> {
    const file = join(this.#work, `${name}.ip`);
    writeFileSync(file, `${lines.join("\n")}\n`);
    const result = await agent.run(["ip", "-batch", file]);
    if (result.code !== 0)
      throw new Error(`building the lab's network (${name}) failed: ${result.stderr.trim()}`);
  }
}
