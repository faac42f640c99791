/** Names of sysctls. */

/** A dot inside an interface's name is written as a slash, so that the dots of a sysctl's name stay separators. */
export function interfaceSysctl(family: "ipv4" | "ipv6", name: string, key: string): string {
  return `net.${family}.conf.${name.replaceAll(".", "/")}.${key}`;
}
