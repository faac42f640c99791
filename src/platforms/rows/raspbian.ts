/**
 * Raspberry Pi OS: Debian's userland with kernels of its own (raspberrypi/linux), which move within a release. Raspbian
 * 9 and 10 moved to legacy.raspbian.org. No machine of this table was at hand.
 */

import type { FeatureName } from "../features.ts";
import type { AptLayout } from "../mirror-layout.ts";
import { documented, type Row } from "../platform.ts";
import { type AptRow, debian } from "./debian.ts";

/** Its kernels build the ten classic schedulers and no newer ones, whatever their version. */
const withoutNewSchedulers: readonly FeatureName[] = [
  "scheduler fo",
  "scheduler ovf",
  "scheduler mh",
  "scheduler twos",
  "scheduler flag mh-port",
  "scheduler flag mh-fallback",
];

/** ip6_gre and fou6 came in January 2022 (RPi-Distro/repo issue 229, raspberrypi/linux issue 4144). */
const tunnelEndsOverIpv6: readonly FeatureName[] = [
  "end of a gue tunnel over IPv6",
  "end of a gre tunnel over IPv6",
];

type Kernel = Pick<Row, "kernels" | "archived"> & Partial<Pick<Row, "lacks" | "unknown">>;

/** Raspbian has its security updates in the release itself. Of the 64-bit system, which is Debian's, they are apart. */
function mirrorLike(layout: AptLayout): AptLayout {
  return { ...layout, components: `${layout.components} rpi`, updates: null, securityMirror: null };
}

function pi(base: AptRow, kernel: Kernel, kernelSource: string): Row {
  const { lacks = [], ...rest } = kernel;
  return {
    ...base,
    mirror: mirrorLike(base.mirror),
    unknown: [],
    ...rest,
    lacks: [...withoutNewSchedulers, ...lacks],
    sources: [
      // The userland is built from Debian's sources; what was seen in Debian's packages was not seen here.
      ...base.sources
        .map(({ columns, from }) => ({
          columns: columns.filter((column) => !["kernels", "archived", "mirror", "lacks"].includes(column)),
          from: `Debian's own: ${from}`,
          kind: "documented" as const,
          verified: null,
        }))
        .filter(({ columns }) => columns.length > 0),
      documented(kernelSource, "kernels", "lacks"),
      documented("Raspbian's mirrors and legacy.raspbian.org", "archived", "mirror"),
    ],
  };
}

const defconfigs =
  "raspberrypi/linux arch/arm/configs/bcm2709_defconfig, arch/arm*/configs/bcm2711_defconfig";

export const raspbian = {
  9: pi(
    debian[9],
    {
      kernels: ["4.9", "4.14"],
      archived: true,
      lacks: ["IPv6 services", "IPv6 firewall mark", ...tunnelEndsOverIpv6],
    },
    `images of 2017 to April 2019; ${defconfigs} of 4.x: no IP_VS_IPV6 (raspberrypi/linux issue 2860)`,
  ),
  10: pi(
    debian[10],
    {
      kernels: ["4.19", "5.4", "5.10"],
      archived: true,
      // Not in 4.19, there in 6.1; the ends of tunnels in the last kernels of 5.10.
      unknown: ["IPv6 services", "IPv6 firewall mark", ...tunnelEndsOverIpv6],
    },
    `images of June 2019 to 2023 (a Pi 3 with 4.19.66); ${defconfigs} of 4.19 and 5.4`,
  ),
  11: pi(
    debian[11],
    {
      kernels: ["5.10", "5.15", "6.1"],
      archived: false,
      unknown: ["IPv6 services", "IPv6 firewall mark"],
    },
    `images of October 2021 to July 2024 (the last with 6.1); ${defconfigs} of 6.1: IP_VS_IPV6=y, what 5.10 and 5.15 had was not found`,
  ),
  12: pi(
    debian[12],
    { kernels: ["6.1", "6.6", "6.12"], archived: false },
    `images of October 2023 to 2025 (6.1.0-rpi4, 6.6.31); ${defconfigs} of 6.1: IP_VS_IPV6=y, PE_SIP=m, NET_FOU=m`,
  ),
  13: pi(
    debian[13],
    { kernels: ["6.12"], archived: false },
    "images of October 2025; raspberrypi/linux arch/arm64/configs/bcm2712_defconfig of 2025: IP_VS_IPV6=y, PE_SIP=m",
  ),
} as const satisfies Record<number, Row>;
