import type { Opening } from "../plan/resources.ts";
import type { PortRange } from "../topology/model.ts";
import { portRangeText } from "../topology/port-range.ts";

/** e.g. `allow tcp to 192.168.1.200 port 80`, `allow forwarded tcp answers from 10.0.0.11 port 80`. */
export function openingText({ direction, protocol, answers, from, to, fromPorts, toPorts }: Opening): string {
  return [
    `allow ${direction === "through" ? "forwarded " : ""}${protocol}${answers ? " answers" : ""}`,
    ...(from === null ? [] : [`from ${from}${portsText(fromPorts)}`]),
    ...(to === null ? [] : [`to ${to}${portsText(toPorts)}`]),
  ].join(" ");
}

function portsText(ports: readonly PortRange[]): string {
  if (ports.length === 0) return "";
  const texts = ports.map((range) => portRangeText(range));
  return ` port${texts.length > 1 ? "s" : ""} ${texts.join(",")}`;
}
