/** directors.vrrp of the topology -> the model. */

import { pointerOf } from "../base/json-pointer.ts";
import { parseCidr } from "./addresses.ts";
import { carriers } from "./carriers.ts";
import type { VRRP as VrrpInput } from "./input.generated.ts";
import type { Host, MasterAddress, Vrrp } from "./model.ts";
import { normalizeTracks } from "./normalize-track.ts";
import type { Secret } from "./secret.ts";

/** The topology's defaults, those of keepalived's own examples. */
export const vrrpDefaults = { virtualRouterId: 51, advertInterval: 1, preempt: false, unicast: true };

export function normalizeVrrp(
  input: VrrpInput = {},
  authPassword: Secret | null,
  directors: readonly Host[],
): Vrrp {
  const { virtualRouterId, advertInterval, preempt, unicast } = { ...vrrpDefaults, ...input };
  return {
    virtualRouterId,
    advertInterval,
    preempt,
    unicast,
    interface: input.interface ?? null,
    authPassword,
    track: normalizeTracks(input.track),
    addresses: (input.addresses ?? []).flatMap((address, index) => {
      const cidr = parseCidr(address.address);
      if (cidr === null) return [];
      return {
        ...cidr,
        interfaces: carriers(cidr.ip, address.interface, directors),
        virtualRouterId: address.virtualRouterId ?? virtualRouterId,
        pointer: pointerOf("directors", "vrrp", "addresses", index),
      } satisfies MasterAddress;
    }),
  };
}
