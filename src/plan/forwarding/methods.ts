/** Forwarding methods, one row each. */

import type { Forwarding } from "../../topology/model.ts";
import type { Membership } from "../memberships.ts";
import { directRouting } from "./dr.ts";
import type { ForwardingMethod } from "./method.ts";
import { masquerading } from "./nat.ts";
import { tunnelling } from "./tun.ts";

const methods: Readonly<Record<Forwarding, ForwardingMethod>> = {
  dr: directRouting,
  nat: masquerading,
  tun: tunnelling,
};

/** The memberships by the method that reaches them; methods without any are left out. */
export function byMethod(members: readonly Membership[]): [ForwardingMethod, Membership[]][] {
  return Object.entries(methods).flatMap(([name, method]): [ForwardingMethod, Membership[]][] => {
    const ofMethod = members.filter(({ server }) => server.forwarding === name);
    return ofMethod.length === 0 ? [] : [[method, ofMethod]];
  });
}
