/** Clusters of any size: one director, and real servers in services of a hundred. */

const perService = 100;

/** 10.20.0.0/14 is large enough for all. */
const prefix = 14;

function address(number: number): string {
  return `10.${20 + (number >> 16)}.${(number >> 8) & 255}.${number & 255}`;
}

export interface TopologyOptions {
  /** The number of all hosts, with the director. */
  readonly hosts: number;
  /** This many have their own ssh user: they are the changed hosts. */
  readonly changed?: number;
  readonly servers?: number;
}

/** A topology, as JSON. */
export function topologyText({ hosts, changed = 0, servers = perService }: TopologyOptions): string {
  const names = Array.from({ length: hosts - 1 }, (_, index) => `rs${String(index + 1).padStart(5, "0")}`);
  const services = Array.from({ length: Math.ceil(names.length / servers) }, (_, index) => ({
    name: `web${index + 1}`,
    vip: address(2 * 65536 + 256 + index),
    port: 80,
    scheduler: "wrr",
    realServers: names
      .slice(index * servers, (index + 1) * servers)
      .map((host, at) => ({ host, weight: 1 + (at % 5) })),
  }));
  return `${JSON.stringify(
    {
      version: 1,
      name: "bench",
      defaults: { os: "debian-12" },
      hosts: {
        director: { interfaces: { eth0: `${address(2)}/${prefix}` } },
        ...Object.fromEntries(
          names.map((name, index) => [
            name,
            {
              interfaces: { eth0: `${address(256 + index)}/${prefix}` },
              // A route is in the host's script.
              ...(index < changed ? { routes: [{ to: "192.0.2.0/24", via: address(2) }] } : {}),
            },
          ]),
        ),
      },
      directors: { hosts: ["director"] },
      virtualServices: services,
    },
    null,
    1,
  )}\n`;
}
