/** Formats of the schema that a pattern cannot express. */

import { canonicalIp, netmaskPrefix, parseCidr } from "./addresses.ts";

export const formats: Readonly<Record<string, (text: string) => boolean>> = {
  ip: (text) => canonicalIp(text) !== null,
  cidr: (text) => parseCidr(text) !== null,
  netmask: (text) => (netmaskPrefix(text) ?? 0) > 0,
  "ssh-address": (text) => canonicalIp(text) !== null || isDnsName(text),
  // Two numbers of 16 bits, or three of 32 (RFC 1997, RFC 8092).
  "bgp-community": (text) => {
    const parts = text.split(":").map(Number);
    return parts.every((part) => part < 2 ** (parts.length === 2 ? 16 : 32));
  },
  "safe-path": (text) => !text.split("/").includes(".."),
};

/** RFC 1123; a last label of digits alone would be a mistyped address. */
function isDnsName(text: string): boolean {
  const labels = text.split(".");
  return (
    text.length <= 253 &&
    labels.every((label) => /^[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/.test(label)) &&
    !/^[0-9]+$/.test(labels.at(-1) ?? "")
  );
}
