/** Names and addresses for what is added. */

/** `web2` after `web`, `pi4` after `pi3`. */
export function freeName(last: string, taken: readonly string[]): string {
  const [, stem = last, digits] = /^(.*?)(\d*)$/.exec(last) ?? [];
  for (let number = Number(digits || 1) + 1; ; number++) {
    if (!taken.includes(`${stem}${number}`)) return `${stem}${number}`;
  }
}

/** The next address in the last host's network; empty if that host has no address. */
export function freeAddress(last: string, taken: readonly string[]): string {
  const [, network, number, prefix] = /^(\d+\.\d+\.\d+\.)(\d+)(\/\d+)$/.exec(last) ?? [];
  if (network === undefined) return "";
  const used = new Set(taken.map((address) => address.replace(/\/.*/, "")));
  for (let next = Number(number) + 1; next < 255; next++) {
    if (!used.has(`${network}${next}`)) return `${network}${next}${prefix}`;
  }
  return "";
}
