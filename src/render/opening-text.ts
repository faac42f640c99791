import { say } from "../languages/say.ts";
import type { Opening } from "../plan/resources.ts";
import type { PortRange } from "../topology/model.ts";
import { portRangeText } from "../topology/port-range.ts";

/** e.g. `allow tcp to 192.168.1.200 port 80`, `allow forwarded tcp answers from 10.0.0.11 port 80`. */
export function openingText(opening: Opening): string {
  const { from, to, fromPorts, toPorts } = opening;
  const packets = packetsText(opening);
  const [source, target] = [endText(from, fromPorts), endText(to, toPorts)];
  if (source === null) return target === null ? say`allow ${packets}` : say`allow ${packets} to ${target}`;
  if (target === null) return say`allow ${packets} from ${source}`;
  return say`allow ${packets} from ${source} to ${target}`;
}

function packetsText({ direction, protocol, icmp, answers }: Opening): string {
  if (icmp !== undefined) return `${protocol} ${icmp}`;
  if (direction === "through")
    return answers ? say`forwarded ${protocol} answers` : say`forwarded ${protocol}`;
  return answers ? say`${protocol} answers` : protocol;
}

function endText(address: string | null, ports: readonly PortRange[]): string | null {
  if (address === null || ports.length === 0) return address;
  const texts = ports.map((range) => portRangeText(range));
  return texts.length === 1 ? say`${address} port ${texts[0]}` : say`${address} ports ${texts.join(",")}`;
}
