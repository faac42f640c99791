/** One host of the topology -> the model. */

import { type Platform, platforms } from "../plan/platforms.ts";
import { parseCidr } from "./addresses.ts";
import type { Host as HostInput } from "./input.generated.ts";
import type { Host, InterfaceAddress } from "./model.ts";

/** @returns null where the host has no operating system or no address; rules say so. */
export function normalizeHost(name: string, input: HostInput): Host | null {
  const row = input.os === undefined ? undefined : platforms.get(input.os);
  const addresses = normalizeAddresses(input.interfaces);
  const [first] = addresses;
  if (row === undefined || first === undefined) return null;
  const platform = withVersions(row, input);
  return {
    name,
    platform,
    init: input.init ?? platform.inits[0],
    kernel: input.kernel ?? platform.kernel,
    addresses,
    ssh: {
      user: input.ssh?.user ?? "root",
      address: input.ssh?.address ?? first.ip,
      port: input.ssh?.port ?? 22,
    },
    reassert: input.reassert ?? 0,
  };
}

function withVersions(platform: Platform, { versions }: HostInput): Platform {
  if (versions === undefined) return platform;
  return {
    ...platform,
    ipvsadm: versions.ipvsadm ?? platform.ipvsadm,
    systemd: versions.systemd ?? platform.systemd,
  };
}

function normalizeAddresses(interfaces: HostInput["interfaces"] | undefined): InterfaceAddress[] {
  return Object.entries(interfaces ?? {}).flatMap(([name, value]) =>
    listOf(value).flatMap((text) => {
      const cidr = parseCidr(text);
      return cidr === null ? [] : [{ interface: name, ...cidr }];
    }),
  );
}

function listOf(value: string | string[]): string[] {
  return typeof value === "string" ? [value] : value;
}
