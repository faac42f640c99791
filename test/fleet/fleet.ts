/**
 * A fleet: every host of a topology as a booted Debian 12 of its own, with systemd as PID 1, real sshd and sudo, and a
 * controller that reaches them by the network. All of it lives in one User-Mode Linux kernel and ends with it.
 *
 * The controller sees this machine's own files (what it writes is gone afterwards) and has a key and known_hosts that
 * fit the hosts. Its folder `fleet.folder` is one place that the test and the controller both read and write.
 */

import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { quoteWord } from "../../src/base/quote-word.ts";
import { checkTopology } from "../../src/rules/check-topology.ts";
import type { Cluster, Host } from "../../src/topology/model.ts";
import { FleetKernel, type Result } from "./kernel.ts";
import { fleetNetwork } from "./network.ts";
import { makeKey, seedHost } from "./seed.ts";
import { fleetTree } from "./tree.ts";

export interface FleetOptions {
  /** By host, the password that the sudo of its user asks for; it asks for none where there is none. */
  readonly sudoPasswords?: Readonly<Record<string, string>>;
}

export class Fleet {
  readonly cluster: Cluster;
  /** Both sides' folder; `topology.json` is in it. */
  readonly folder: string;
  readonly #kernel: FleetKernel;

  private constructor(cluster: Cluster, folder: string, kernel: FleetKernel) {
    this.cluster = cluster;
    this.folder = folder;
    this.#kernel = kernel;
  }

  /** For tests that share a fleet; {@link withFleet} ends it by itself. */
  static async boot(topology: object, options: FleetOptions = {}): Promise<Fleet> {
    const text = `${JSON.stringify(topology, null, 2)}\n`;
    const { cluster, diagnostics } = checkTopology(text, "topology.json");
    if (cluster === null) throw new Error(`the fleet's topology has errors: ${JSON.stringify(diagnostics)}`);
    const tree = await fleetTree();
    const folder = realpathSync(mkdtempSync(join(tmpdir(), "lvsgen-fleet-")));
    furnish(folder, cluster, tree, options);
    const fleet = new Fleet(cluster, join(folder, "shared"), new FleetKernel(folder, tree));
    fleet.write("topology.json", text);
    try {
      await fleet.#kernel.up();
      return fleet;
    } catch (error) {
      await fleet.end();
      throw error;
    }
  }

  async end(): Promise<void> {
    await this.#kernel.halt();
    rmSync(dirname(this.folder), { recursive: true, force: true });
  }

  /** A file in the fleet's folder. */
  write(name: string, text: string): void {
    writeFileSync(join(this.folder, name), text);
  }

  /** A program at the controller, in the fleet's folder. */
  run(argv: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Result> {
    const settings = Object.entries(environment).map(([name, value]) => `${name}=${value}`);
    return this.shell(["env", ...settings, ...argv].map(quoteWord).join(" "));
  }

  /** Shell text at the controller, in the fleet's folder. */
  shell(text: string): Promise<Result> {
    return this.#kernel.run("-", `cd ${quoteWord(this.folder)} && { ${text}\n}`);
  }

  /** Shell text on a host, as root and not by the network. */
  on(host: string, text: string): Promise<Result> {
    this.#host(host);
    return this.#kernel.run(host, text);
  }

  /** Pulls a host's plug. What is on its disk stays. */
  powerOff(host: string): Promise<void> {
    return this.#script("power-off.sh", host);
  }

  /** Until a host that shuts itself down has ended; its addresses are there until {@link powerOff}. */
  async awaitEnd(host: string): Promise<void> {
    await this.#script("await-end.sh", host);
  }

  /** Boots a host again. */
  async powerOn(host: string): Promise<void> {
    for (const script of ["plug-in.sh", "boot.sh", "await.sh"]) await this.#script(script, host);
  }

  /** Leaves no byte free on a host's disk. */
  async fillDisk(host: string): Promise<void> {
    await this.on(host, "cat /dev/zero >/var/fill; cat /dev/zero >>/var/fill");
  }

  async freeDisk(host: string): Promise<void> {
    await this.on(host, "rm /var/fill");
  }

  /** A host that the controller's known_hosts does not know: installed again, or another machine's. */
  async replaceHostKey(host: string): Promise<void> {
    await this.#done(
      this.on(
        host,
        "rm /etc/ssh/fleet_host_key* && ssh-keygen -q -t ed25519 -N '' -f /etc/ssh/fleet_host_key && systemctl restart ssh",
      ),
    );
  }

  async #script(name: string, host: string): Promise<void> {
    this.#host(host);
    // In the background a host lives on; it must not hold the request's output open.
    await this.#done(this.#kernel.run("-", `sh "$SCRIPTS/${name}" ${quoteWord(host)} </dev/null`));
  }

  async #done(work: Promise<Result>): Promise<void> {
    const { code, stderr } = await work;
    if (code !== 0) throw new Error(`the fleet cannot do that: ${stderr}`);
  }

  #host(name: string): Host {
    const host = this.cluster.hosts.get(name);
    if (host === undefined) throw new Error(`the fleet has no host ${name}`);
    return host;
  }
}

/** Boots a fleet, works with it, ends it. Needs root (for the tree and its owners). */
export async function withFleet<T>(
  topology: object,
  work: (fleet: Fleet) => Promise<T>,
  options: FleetOptions = {},
): Promise<T> {
  const fleet = await Fleet.boot(topology, options);
  try {
    return await work(fleet);
  } finally {
    await fleet.end();
  }
}

/** All that guest/fleet.sh reads. */
function furnish(folder: string, cluster: Cluster, tree: string, { sudoPasswords = {} }: FleetOptions): void {
  const hosts = [...cluster.hosts.values()];
  for (const name of ["seed", "controller", "door", "shared"]) mkdirSync(join(folder, name));
  cpSync(join(import.meta.dirname, "guest"), join(folder, "guest"), { recursive: true });
  makeKey(join(folder, "controller/id_ed25519"));
  const authorizedKey = readFileSync(join(folder, "controller/id_ed25519.pub"), "utf8").trim();
  const known = hosts.map((host, place) => {
    const sudoPassword = sudoPasswords[host.name] ?? null;
    const key = seedHost(join(folder, "seed", host.name), host, place, { tree, authorizedKey, sudoPassword });
    const { address, port } = host.ssh;
    return `${port === 22 ? address : `[${address}]:${port}`} ${key}\n`;
  });
  writeFileSync(join(folder, "controller/known_hosts"), known.join(""));
  writeFileSync(join(folder, "hosts"), hosts.map(({ name }) => `${name}\n`).join(""));
  const network = fleetNetwork(cluster);
  writeFileSync(join(folder, "network"), lines(network.switches));
  for (const [name, { cables, inside }] of network.hosts) {
    writeFileSync(join(folder, `network.${name}`), lines(cables));
    writeFileSync(join(folder, `network.${name}.inside`), lines(inside));
  }
}

function lines(list: readonly string[]): string {
  return `${list.join("\n")}\n`;
}
