/** Topologies that the form has to repair at an edit: parts that are null, of another type, or there twice. */

/** What they have beside the odd part. */
export const rest = `version: 1
name: odd
defaults: { os: debian-12 }
directors: { hosts: [lb] }
virtualServices: [{ name: web, vip: 10.0.0.9, port: 80, realServers: [web1] }]
`;
const lb = "lb: { interfaces: { eth0: 10.0.0.1/24 } }";
/** By what is odd, in YAML. */
export const odd: readonly (readonly [string, string])[] = [
  ["no hosts", rest],
  ["hosts without a value", `${rest}hosts: # all of them\n`],
  ["hosts as a list", `${rest}hosts: [lb, web1]\n`],
  ["hosts as a text", `${rest}hosts: lb\n`],
  ["a host without a value", `${rest}hosts:\n  ${lb}\n  web1:\n`],
  ["a host as a text", `${rest}hosts:\n  ${lb}\n  web1: 10.0.0.2/24\n`],
  ["a host as a list", `${rest}hosts:\n  ${lb}\n  web1: [10.0.0.2/24]\n`],
  ["interfaces without a value", `${rest}hosts:\n  ${lb}\n  web1: { interfaces: }\n`],
  ["interfaces as a list", `${rest}hosts:\n  ${lb}\n  web1: { interfaces: [10.0.0.2/24] }\n`],
  ["hosts of a number", `${rest}hosts:\n  ${lb}\n  1: { interfaces: { eth0: 10.0.0.2/24 } }\n`],
  ["hosts twice", `${rest}hosts: { web1: {} }\nhosts:\n  ${lb}\n`],
  ["a host twice", `${rest}hosts:\n  web1: { os: debian-11 }\n  ${lb}\n  web1: {}\n`],
  ["a host that is another's", `${rest}hosts:\n  ${lb}\n  none: &none\n  web1: *none\n`],
  ["directors and services without a value", "version: 1\nname: odd\ndirectors:\nvirtualServices:\n"],
  [
    "directors and services as texts",
    "version: 1\ndefaults: debian-12\ndirectors: lb\nvirtualServices: web\n",
  ],
  ["services without a value", "virtualServices: [null, { realServers: }]\nhosts: { lb: , web1: }\n"],
  ["servers as a text", "virtualServices: [{ realServers: web1 }]\nhosts: { lb: { }, web1: { } }\n"],
  ["a server without a value", "virtualServices: [{ realServers: [null, 5] }]\nhosts: { lb: { } }\n"],
];

/** In JSON. */
export const hostTwice = '{ "hosts": { "a": { "os": "x" }, "b": { }, "a": { } }, "name": "x", "name": "y" }';
