/** An address in front of a port: IPv6 in brackets. */
export function bracketed(address: string): string {
  return address.includes(":") ? `[${address}]` : address;
}

export function endpoint(address: string, port: number): string {
  return `${bracketed(address)}:${port}`;
}
