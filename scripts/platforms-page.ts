/** docs/platforms.md: what each system sets of the network at boot, from the platform table's own words. */

import type { Entry, Source } from "../src/platforms/platform.ts";
import { platformTable } from "../src/platforms/platforms.ts";
import { effectiveReversePath, type ShippedSysctls } from "../src/platforms/shipped-sysctls.ts";

const introduction = `\
<!-- Generated from src/platforms by npm run generate; do not edit. -->

# What systems set of the network at boot

A strict reverse path filter drops requests that a real server with two networks would answer by the other one. Distributions
differ in whether they ship one, so that a cluster which works on Debian may answer nobody on Rocky Linux. The hosts of
\`lvsgen lab\` begin with what the packages of their \`os\` set, before any of their interfaces is there; the generated
scripts set what the cluster needs, and put it back.

These are looked at: \`rp_filter\`, \`arp_ignore\`, \`arp_announce\`, \`arp_filter\`, \`accept_local\`, \`send_redirects\` and
\`accept_redirects\` below \`net.ipv4.conf\`, \`net.ipv4.ip_forward\`, and \`net.bridge.bridge-nf-call-*\`. What the table does not
name is the kernel's own value: 0, but 1 for the redirects and for bridges. So is what no source was found for. In the lab, hosts
that are not in the topology's \`hosts\` have the kernel's own values.

The second column is what counts on an interface of a host that has booted: the larger one of \`all\` and the interface; 0 filters
nothing, 1 is strict, 2 loose.
`;

export function platformsPage(): string {
  const rows = grouped(platformTable).map(
    ({ ids, packaging: { sysctls }, sources }) =>
      `| ${ids.map((id) => `\`${id}\``).join(", ")} | ${effectiveReversePath(sysctls)} | ${words(sysctls)} | ${sourceOf(sources)} |`,
  );
  return [
    introduction,
    "| systems | `rp_filter` | set at boot | where that is known from |",
    "| ------- | ----------- | ----------- | ----------------------- |",
    ...rows,
    "",
  ].join("\n");
}

interface Group extends Entry {
  readonly ids: string[];
}

/** Systems that have the same from the same source stand together. */
function grouped(entries: readonly Entry[]): Group[] {
  const groups = new Map<string, Group>();
  for (const entry of entries) {
    const key = `${words(entry.packaging.sysctls)} ${sourceOf(entry.sources)}`;
    const known = groups.get(key);
    if (known === undefined) groups.set(key, { ...entry, ids: [entry.platform.id] });
    else known.ids.push(entry.platform.id);
  }
  return [...groups.values()];
}

function words(sysctls: ShippedSysctls): string {
  const settings = Object.entries(sysctls).map(([name, value]) => `\`${name} = ${value}\``);
  return settings.length === 0 ? "nothing" : settings.join("<br>");
}

function sourceOf(sources: readonly Source[]): string {
  const all = sources.filter(({ columns }) => columns.includes("sysctls")).map(({ from }) => from);
  return all.join("; ").replaceAll("|", "\\|");
}
