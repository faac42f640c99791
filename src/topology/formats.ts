/** Formats of the schema that a pattern cannot express. */

import { canonicalIp, netmaskPrefix, parseCidr } from "./addresses.ts";

export const formats: Readonly<Record<string, (text: string) => boolean>> = {
  ip: (text) => canonicalIp(text) !== null,
  cidr: (text) => parseCidr(text) !== null,
  netmask: (text) => (netmaskPrefix(text) ?? 0) > 0,
  "ssh-address": (text) => canonicalIp(text) !== null || isDnsName(text),
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
