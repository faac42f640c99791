/** What others configured on the same hosts survives start, a second start and stop. */

import { type Lab, say } from "../guest/lab.ts";
import type { Machine } from "../guest/machine.ts";
import { usesNft } from "../guest/nft.ts";
import { compareSnapshots, type Snapshot } from "../guest/snapshot.ts";
import type { Scenario } from "./scenario.ts";

export const foreignState: Scenario = {
  title: "other people's services, rules and addresses survive",
  async run(lab) {
    const foreign = new Map<string, Foreign>();
    for (const machine of lab.managed) foreign.set(machine.name, await addForeignState(lab, machine));
    await lab.bringUp();
    await checkAll(lab, foreign, "start");
    await lab.startAll();
    await checkAll(lab, foreign, "a second start");
    await lab.stopAll();
    await checkAll(lab, foreign, "stop");
    for (const [host, { whole }] of foreign) {
      const difference = compareSnapshots(whole, await lab.machine(host).snapshot());
      const figure = difference === "" ? "identical" : "differs";
      lab.check(host, "stop leaves exactly the foreign state", difference === "", figure, difference);
    }
  },
};

interface Foreign {
  readonly whole: Snapshot;
  /** Lines that appeared with the foreign state, by kind. */
  readonly lines: ReadonlyMap<string, readonly string[]>;
}

/** Kind of state -> sections of a snapshot it shows in. */
const KINDS: Readonly<Record<string, readonly string[]>> = {
  "IPVS services": ["IPVS", "IPVS thresholds"],
  "firewall rules": ["iptables", "nft"],
  "addresses and routing rules": ["addresses and routes"],
};

/** Documentation addresses (RFC 5737): nobody's service. */
const COMMANDS: readonly (readonly string[])[] = [
  ["ip", "address", "add", "198.51.100.7/32", "dev", "lo"],
  ["ip", "rule", "add", "to", "203.0.113.0/24", "lookup", "main", "priority", "1234"],
  ["iptables", "-A", "INPUT", "-s", "203.0.113.9", "-j", "ACCEPT"],
];

/** Beside the table of the scripts, in the same hooks. */
const NFT_COMMANDS: readonly (readonly string[])[] = [
  ["nft", "add table inet lab_other"],
  ["nft", "add chain inet lab_other input { type filter hook prerouting priority -200; }"],
  ["nft", "add rule inet lab_other input ip saddr 203.0.113.8 accept"],
];

async function addForeignState(lab: Lab, machine: Machine): Promise<Foreign> {
  const before = await machine.snapshot();
  const commands = [
    ...COMMANDS,
    ...(usesNft(machine.host) ? NFT_COMMANDS : []),
    ...(isDirector(machine) ? foreignServices(lab, machine.name) : []),
  ];
  for (const command of commands) {
    const result = await machine.run(command);
    if (result.code !== 0) throw new Error(`${machine.name}: ${command.join(" ")}: ${say(result)}`);
  }
  const whole = await machine.snapshot();
  const known = new Set([...before.values()].flat());
  const added = Object.entries(KINDS).map(([kind, sections]) => {
    const lines = sections.flatMap((section) => whole.get(section) ?? []);
    return [kind, lines.filter((line) => !known.has(line))] as const;
  });
  return { whole, lines: new Map(added.filter(([, lines]) => lines.length > 0)) };
}

function isDirector(machine: Machine): boolean {
  return machine.host.scripts.some((script) => script.role === "director");
}

/** Another tool's services: on an address of its own, and on another port of our VIP. */
function foreignServices(lab: Lab, director: string): string[][] {
  const ours = lab.spec.services.find(
    (service) => service.family === 4 && service.directors.includes(director),
  );
  const services = ["198.51.100.7:8443", ...(ours ? [`${ours.vip}:65000`] : [])];
  return services.flatMap((service) => [
    ["ipvsadm", "-A", "-t", service, "-s", "wlc"],
    ["ipvsadm", "-a", "-t", service, "-r", service.replace(/^.*:/, "192.0.2.1:"), "-g", "-w", "5"],
  ]);
}

async function checkAll(lab: Lab, foreign: ReadonlyMap<string, Foreign>, after: string): Promise<void> {
  for (const [host, { lines }] of foreign) {
    const now = new Set([...(await lab.machine(host).snapshot()).values()].flat());
    for (const [kind, expected] of lines) {
      const lost = expected.filter((line) => !now.has(line));
      const figure = `${expected.length - lost.length} of ${expected.length} lines kept`;
      const detail = lost.map((line) => `  - ${line}`).join("\n");
      lab.check(host, `foreign ${kind} survive ${after}`, lost.length === 0, figure, detail);
    }
  }
}
