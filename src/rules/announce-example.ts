/** Two directors that announce a VIP, for examples of explanations: fine by themselves, as a part says otherwise. */

interface Parts {
  /** Further hosts, one a line. */
  readonly hosts?: string;
  /** Further settings of directors. */
  readonly directors?: string;
  /** Further settings of directors.announce. */
  readonly announce?: string;
  /** Settings of directors.announce.bgp beside the AS number; a router without them. */
  readonly bgp?: string;
  readonly vip?: string;
  /** Settings of the service beside name and VIP; a scheduler and a check without them. */
  readonly service?: string;
  /** Below everything else. */
  readonly end?: string;
}

export function announcing(parts: Parts): string {
  const {
    hosts = "",
    directors = "hosts: [pi1, pi4]\nengine: keepalived",
    announce = "",
    bgp = "neighbors: [{ address: 192.168.1.1, asn: 65000 }]",
    vip = "203.0.113.10",
    service = "scheduler: mh\nhealthCheck: { type: tcp }",
    end = "",
  } = parts;
  return [
    "hosts:",
    indented(2, `pi4: { interfaces: { eth0: 192.168.1.115/24 } }\n${hosts}`),
    "directors:",
    indented(2, directors),
    "  announce:",
    indented(4, announce),
    "    bgp:",
    indented(6, `asn: 65010\n${bgp}`),
    "virtualServices:",
    "  - name: web",
    indented(4, `vip: ${vip}\n${service}`),
    indented(0, end),
  ]
    .filter((line) => line !== "")
    .join("\n");
}

function indented(by: number, lines: string): string {
  return lines
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => " ".repeat(by) + line)
    .join("\n");
}
