/** What other programs call a value or a key of the topology -> its name here. */

/** By the title of the schema: names of ipvsadm's options, of keepalived.conf, and in words. */
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
  "BGP daemon": {
    bird2: "bird",
    // Those that announce by themselves what they are given.
    exabgp: "none",
    frr: "none",
    gobgp: "none",
    off: "none",
  },
};

/** Keys by their names in configurations of routers, without dashes and in lower case; a place has one of them. */
const keys: Readonly<Record<string, string>> = {
  as: "asn",
  asnumber: "asn",
  localas: "asn",
  myas: "asn",
  peeras: "asn",
  remoteas: "asn",
  peer: "neighbors",
  peers: "neighbors",
  routers: "neighbors",
  ip: "address",
  neighboraddress: "address",
  peeraddress: "address",
  authpassword: "password",
  md5: "password",
  hold: "holdTime",
  holdtimer: "holdTime",
  ebgpmultihop: "multihop",
  metric: "med",
  multiexitdisc: "med",
};

/** @param known keys of the place; null where none of them is meant */
export function keyHere(word: string, known: readonly string[]): string | null {
  const plain = word.toLowerCase().replaceAll(/[\s_-]+/g, "");
  const here = Object.hasOwn(keys, plain) ? keys[plain] : undefined;
  return here !== undefined && known.includes(here) ? here : null;
}

/** null where no other program's name is known. */
export function nameHere(title: string, word: string): string | null {
  const known = names[title] ?? {};
  const plain = word
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, "-")
    .replace(/^-/, "");
  return Object.hasOwn(known, plain) ? (known[plain] ?? null) : null;
}
