/** One host of the topology -> the model. */

import { type Platform, platforms } from "../platforms/platforms.ts";
import { canonicalIp, network, parseCidr } from "./addresses.ts";
import type { Host as HostInput, Topology } from "./input.generated.ts";
import { mergeDefaults } from "./merge-defaults.ts";
import type { Host, HostRoute, InterfaceAddress } from "./model.ts";
import {
  ipvsadmOrigin,
  normalizeMirrors,
  normalizeWebServer,
  tarballVersion,
} from "./normalize-provision.ts";

/** @returns null if the host has no operating system or no address, which rules report */
export function normalizeHost(topology: Topology, name: string, written: HostInput): Host | null {
  const input = mergeDefaults(topology, written);
  const row = input.os === undefined ? undefined : platforms.get(input.os);
  const addresses = normalizeAddresses(input.interfaces);
  const [first] = addresses;
  if (row === undefined || first === undefined) return null;
  const platform = withKernel(withVersions(row, input), input.kernel);
  return {
    name,
    platform,
    init: input.init ?? platform.inits[0],
    kernel: input.kernel ?? platform.kernel,
    addresses,
    macs: (input.mac === undefined ? [] : listOf(input.mac)).map((mac) => mac.toLowerCase()),
    ssh: {
      user: input.ssh?.user ?? "root",
      address: input.ssh?.address ?? first.ip,
      port: input.ssh?.port ?? 22,
    },
    reassert: input.reassert ?? 0,
    gateway: input.gateway === undefined ? null : canonicalIp(input.gateway),
    routes: (input.routes ?? []).flatMap((route) => normalizeRoute(route) ?? []),
    firewall: input.firewall ?? "print",
    sysctls: { ...topology.sysctls, ...input.sysctls },
    webServer: normalizeWebServer(input),
    mirrors: normalizeMirrors(input),
    ipvsadm: ipvsadmOrigin(input),
  };
}

function normalizeRoute({ to, via }: { readonly to: string; readonly via: string }): HostRoute | null {
  const cidr = parseCidr(to);
  const gateway = canonicalIp(via);
  if (cidr === null || gateway === null) return null;
  return { to: `${network(cidr.ip, cidr.prefix)}/${cidr.prefix}`, via: gateway, family: cidr.family };
}

function withVersions(platform: Platform, input: HostInput): Platform {
  const { versions = {} } = input;
  // Hosts without versions share one row: ten thousand copies would be the larger part of a cluster.
  if (input.versions === undefined && tarballVersion(input) === null) return platform;
  return {
    ...platform,
    ipvsadm: versions.ipvsadm ?? tarballVersion(input) ?? platform.ipvsadm,
    keepalived: versions.keepalived ?? platform.keepalived,
    systemd: versions.systemd ?? platform.systemd,
  };
}

/**
 * A kernel in the topology wins over the release's: nothing of it counts as unknown, and the release's packages say
 * nothing about a kernel that the release never had.
 */
function withKernel(platform: Platform, kernel: string | undefined): Platform {
  if (kernel === undefined) return platform;
  const ofRelease = platform.kernels.some((own) => own === kernel || own.startsWith(`${kernel}.`));
  const known = ofRelease ? platform : { ...platform, lacks: [], backports: [] };
  return { ...known, unknown: [] };
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
