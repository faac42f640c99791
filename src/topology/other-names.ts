/** What other programs call a value of the topology -> its name here. */

/** By the title of the schema, in lower case: names of ipvsadm's options, of keepalived.conf, and in words. */
const names: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "forwarding method": {
    g: "dr",
    gate: "dr",
    gatewaying: "dr",
    droute: "dr",
    direct: "dr",
    "direct-routing": "dr",
    route: "dr",
    m: "nat",
    masq: "nat",
    masquerade: "nat",
    masquerading: "nat",
    i: "tun",
    ipip: "tun",
    gre: "tun",
    gue: "tun",
    tunnel: "tun",
    tunneling: "tun",
  },
  scheduler: {
    "round-robin": "rr",
    roundrobin: "rr",
    "weighted-round-robin": "wrr",
    leastconn: "lc",
    "least-connection": "lc",
    "least-connections": "lc",
    "weighted-least-connection": "wlc",
    "weighted-least-connections": "wlc",
    "source-hash": "sh",
    "source-hashing": "sh",
    "destination-hashing": "dh",
    maglev: "mh",
  },
};

/** null where no other program's name is known. */
export function nameHere(title: string, word: string): string | null {
  const known = names[title] ?? {};
  const plain = word
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, "-")
    .replace(/^-/, "");
  return Object.hasOwn(known, plain) ? (known[plain] ?? null) : null;
}
