/** Counters of IPVS, and what they grow by in a second. Pure. */

/** Since the service was set up. */
export interface Counters {
  readonly connections: number;
  /** Packets to the servers. */
  readonly packets: number;
}

/** By {@link counterKey}. */
export type CounterTable = ReadonlyMap<string, Counters>;

const protocols: Readonly<Record<string, string>> = { TCP: "tcp", UDP: "udp", SCTP: "sctp", FWM: "mark" };

/** @param server its address with the port; null for the service as a whole */
export function counterKey(protocol: string, address: string, server: string | null): string {
  return server === null ? `${protocol} ${address}` : `${protocol} ${address} ${server}`;
}

/** Reads `ipvsadm -Ln --stats --exact`: a line ends with connections, packets and bytes in and out. */
export function parseStats(text: string): CounterTable {
  const table = new Map<string, Counters>();
  let service = { protocol: "", address: "" };
  for (const line of text.split("\n")) {
    const words = line.trim().split(/\s+/);
    const [first = "", second = ""] = words;
    const numbers = words.slice(-5).map(Number);
    const [connections = Number.NaN, packets = Number.NaN] = numbers;
    if (numbers.length < 5 || numbers.some(Number.isNaN)) continue;
    const protocol = protocols[first];
    if (protocol !== undefined) service = { protocol, address: second };
    else if (first !== "->") continue;
    const server = protocol === undefined ? second : null;
    table.set(counterKey(service.protocol, service.address, server), { connections, packets });
  }
  return table;
}

/**
 * @param seconds between the two readings
 * @returns per second; null where a reading is missing, or the counters began again
 */
export function rateOf(
  before: Counters | undefined,
  now: Counters | undefined,
  seconds: number,
): Counters | null {
  if (before === undefined || now === undefined || seconds <= 0) return null;
  const connections = (now.connections - before.connections) / seconds;
  const packets = (now.packets - before.packets) / seconds;
  return connections < 0 || packets < 0 ? null : { connections, packets };
}
