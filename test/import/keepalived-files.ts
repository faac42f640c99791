/** Generated keepalived.conf files: statements by block, then added to, moved and doubled. */

import fc from "fast-check";

export interface Line {
  readonly keyword: string;
  readonly value: string;
  /** Of the file's own blocks, where it belongs; null for lines of structure and for those that were added. */
  readonly kind: Kind | null;
  /** null: no block. */
  readonly block: Line[] | null;
}

const line = (keyword: string, value = "", kind: Kind | null = null): Line => ({
  keyword,
  value,
  kind,
  block: null,
});
const block = (keyword: string, value: string, inside: Line[]): Line => ({
  keyword,
  value,
  kind: null,
  block: inside,
});

/** Of each block: the keywords that people write there, with values. The first of each is keepalived's own default. */
const vocabulary = {
  globals: {
    router_id: ["lb1", "LVS_MASTER"],
    smtp_connect_timeout: ["30", "20"],
    notification_email_from: ["lb@example.com"],
    smtp_server: ["192.0.2.25"],
    vrrp_skip_check_adv_addr: [""],
    vrrp_strict: [""],
    vrrp_garp_interval: ["0", "0.5"],
    vrrp_gna_interval: ["0", "1"],
    enable_script_security: [""],
    script_user: ["keepalived_script", "nobody"],
    lvs_timeouts: ["tcp 900 tcpfin 120 udp 300"],
    checker_priority: ["-10"],
    use_symlink_paths: ["true"],
  },
  instance: {
    state: ["BACKUP", "MASTER"],
    priority: ["100", "150", "90"],
    advert_int: ["1", "2", "0.5"],
    nopreempt: [""],
    preempt_delay: ["0", "300"],
    garp_master_delay: ["5", "1"],
    garp_master_refresh: ["0", "60", "10"],
    dont_track_primary: [""],
    debug: ["0", "2"],
    notify_master: ["/etc/keepalived/master.sh"],
    notify: ["/etc/keepalived/notify.sh"],
    notify_stop: ['"/etc/keepalived/stop.sh now" nobody'],
    smtp_alert: [""],
    use_vmac: ["vrrp51"],
    accept: [""],
  },
  script: {
    script: [
      '"killall -0 haproxy"',
      '"/usr/local/bin/check.sh a b"',
      '"curl -f http://localhost/health"',
      "./check",
      "/tmp/check",
    ],
    interval: ["1", "2", "0.5"],
    timeout: ["3", "10"],
    rise: ["1", "2"],
    fall: ["1", "3", "300"],
    weight: ["0", "2", "-20", "254", "3 reverse"],
    user: ["nobody", "nobody nogroup", "Bad"],
    init_fail: [""],
  },
  process: {
    process: ["haproxy", "/usr/sbin/nginx", "a b"],
    weight: ["1", "10"],
    quorum: ["1", "2"],
    quorum_max: ["2"],
    delay: ["1"],
    full_command: [""],
  },
  file: { file: ["/run/drain", '"/run/a b"'], weight: ["1", "0", "2"], init_file: [""] },
  service: {
    lb_algo: ["wlc", "rr", "wrr", "lc", "sh", "best"],
    lb_kind: ["NAT", "DR", "TUN", "FNAT"],
    protocol: ["TCP", "UDP"],
    persistence_timeout: ["0", "50", "600"],
    persistence_granularity: ["255.255.255.255", "255.255.255.0", "<NETMASK>"],
    quorum: ["1", "2"],
    hysteresis: ["0", "1"],
    quorum_down: ['"/usr/local/bin/down"'],
    alpha: [""],
    omega: [""],
    ops: [""],
    ha_suspend: [""],
    "sh-port": [""],
    nat_mask: ["255.255.255.0"],
    inhibit_on_failure: [""],
    sorry_server: ["192.0.2.99 80"],
    ip_family: ["inet"],
    warmup: ["0", "10"],
    laddr_group_name: ["laddr_g1"],
  },
  server: {
    weight: ["1", "0", "3", "100"],
    uthreshold: ["0", "100"],
    lthreshold: ["0", "10"],
    inhibit_on_failure: [""],
    notify_up: ["/usr/local/bin/up"],
    lvs_method: ["NAT", "DR"],
    warmup: ["0", "10"],
  },
  /** Services, servers and checks have them, and the inner one counts. None is the default of some check. */
  inherited: {
    delay_loop: ["6", "15"],
    retry: ["2"],
    nb_get_retry: ["5"],
    delay_before_retry: ["4"],
    connect_timeout: ["7"],
    virtualhost: ["www.example.com", "a_b"],
  },
  check: {
    connect_port: ["80", "8080"],
    connect_ip: ["192.0.2.77"],
    warmup: ["0", "10"],
    alpha: [""],
    bindto: ["192.0.2.10"],
    fwmark: ["0", "3"],
  },
  url: {
    status_code: ["200", "301", "200 204"],
    digest: ["9b3a0c85a887a256d6939da88aabd8cd"],
    regex: ['"ok"'],
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

type Kind = keyof typeof vocabulary;

/** What the file means is the same without the line: it says what keepalived does anyway (keepalived.conf(5)). */
export function isDefault({ keyword, value }: Line): boolean {
  const rows: Readonly<Record<string, readonly string[]>>[] = Object.values(vocabulary);
  return rows.some(({ [keyword]: values = [] }) => values.length > 1 && values[0] === value);
}

/** What lvsgen writes, whatever the topology has. */
const written = new Set([
  "alpha",
  "enable_script_security",
  "smtp_alert",
  "garp_master_refresh 60",
  "smtp_connect_timeout 30",
]);

export function isWritten({ keyword, value }: Line): boolean {
  return written.has([keyword, value].filter(Boolean).join(" "));
}

function some(kind: Kind): fc.Arbitrary<Line[]> {
  const rows = Object.entries(vocabulary[kind]).map(([keyword, values]) =>
    fc.constantFrom(...values).map((value) => line(keyword, value, kind)),
  );
  return fc
    .subarray(rows, { maxLength: Math.min(5, rows.length) })
    .chain((chosen) => (chosen.length === 0 ? fc.constant([]) : fc.tuple(...chosen)));
}

type Level = "service" | "server" | "check";

/** Settings that are inherited, at their level. */
function inherited(level: Level, chosen: Level): fc.Arbitrary<Line[]> {
  return level === chosen ? some("inherited") : fc.constant([]);
}

const url = some("url").map((more) => block("url", "", [line("path", "/health"), ...more]));

const check = (level: Level): fc.Arbitrary<Line> =>
  fc
    .tuple(
      inherited("check", level),
      some("check"),
      url,
      fc.constantFrom("TCP_CHECK", "HTTP_GET", "MISC_CHECK"),
    )
    .map(([timing, settings, page, type]) => {
      const own = {
        TCP_CHECK: [],
        HTTP_GET: [page],
        MISC_CHECK: [line("misc_path", "/usr/local/bin/check")],
      };
      return block(type, "", [...own[type], ...timing, ...settings]);
    });

const server = (address: string, level: Level): fc.Arbitrary<Line> =>
  fc
    .tuple(some("server"), inherited("server", level), fc.option(check(level)))
    .map(([settings, timing, own]) =>
      block("real_server", address, [...settings, ...timing, ...(own === null ? [] : [own])]),
    );

const service = (index: number): fc.Arbitrary<Line> =>
  fc
    .constantFrom<Level>("service", "server", "check")
    .chain((level) =>
      fc
        .tuple(
          some("service"),
          inherited("service", level),
          server(`10.0.${index}.21 80`, level),
          server(`10.0.${index}.22 80`, level),
        )
        .map(([settings, timing, ...servers]) =>
          block("virtual_server", `192.0.2.${10 + index} 80`, [...settings, ...timing, ...servers]),
        ),
    );

const instance: fc.Arbitrary<Line> = some("instance").map((settings) =>
  block("vrrp_instance", "VI_1", [
    line("interface", "eth0"),
    line("virtual_router_id", "61"),
    ...settings,
    block("virtual_ipaddress", "", [line("192.0.2.10/24"), line("192.0.2.11/24")]),
  ]),
);

/** Instances without services, with what they watch. */
const watching: fc.Arbitrary<Line[]> = fc
  .tuple(
    some("globals"),
    some("script"),
    some("process"),
    some("file"),
    fc.subarray([
      ["track_script", "chk"],
      ["track_script", "chk weight -5"],
      ["track_process", "prc"],
      ["track_file", "fil weight 3"],
      ["track_interface", "eth1"],
      ["track_interface", "eth2 weight 5"],
      ["track_interface", "eth0 weight 5"],
      ["track_script", "nobody_defines_it"],
    ]),
    some("instance"),
    fc.option(some("instance")),
    fc.boolean(),
    fc.option(fc.constantFrom("192.0.2.12", "192.0.2.12\n192.0.2.13")),
  )
  .map(([globals, script, process, file, uses, first, second, isGrouped, peers]) => {
    const lists = uses.map(([keyword = "", entry = ""]) => {
      const [name = "", ...words] = entry.split(" ");
      return block(keyword, "", [line(name, words.join(" "))]);
    });
    const one = (name: string, id: string, ip: string, more: Line[]) =>
      block("vrrp_instance", name, [
        line("interface", "eth0"),
        line("virtual_router_id", id),
        ...more,
        block("virtual_ipaddress", "", [line(`${ip}/24`)]),
      ]);
    const unicast =
      peers === null
        ? []
        : [
            line("unicast_src_ip", "192.0.2.11"),
            block(
              "unicast_peer",
              "",
              peers.split("\n").map((ip) => line(ip)),
            ),
          ];
    return [
      ...(globals.length === 0 ? [] : [block("global_defs", "", globals)]),
      block("vrrp_script", "chk", script),
      block("track_process", "prc", process),
      block("track_file", "fil", file),
      ...(isGrouped && second !== null
        ? [block("vrrp_sync_group", "G", [block("group", "", [line("VI_1"), line("VI_2")])])]
        : []),
      one("VI_1", "61", "192.0.2.10", [...first, ...lists, ...unicast]),
      ...(second === null ? [] : [one("VI_2", "62", "192.0.2.20", second)]),
    ];
  });

const serving: fc.Arbitrary<Line[]> = fc
  .tuple(some("globals"), fc.option(instance), service(0), fc.option(service(1)))
  .map(([globals, vrrp, first, second]) => [
    ...(globals.length === 0 ? [] : [block("global_defs", "", globals)]),
    ...(vrrp === null ? [] : [vrrp]),
    first,
    ...(second === null ? [] : [second]),
  ]);

interface Change {
  readonly way: "add" | "move" | "double" | "none";
  /** Which line, and where to: taken modulo their number. */
  readonly which: number;
  readonly where: number;
}

const change: fc.Arbitrary<Change> = fc.record({
  way: fc.constantFrom("add", "move", "double", "none"),
  which: fc.nat(999),
  where: fc.nat(999),
});

/** All blocks of the file, itself first. */
function blocksOf(lines: Line[]): Line[][] {
  return [lines, ...lines.flatMap((each) => (each.block === null ? [] : blocksOf(each.block)))];
}

const extras = [
  "frobnicate 7",
  "weight 5",
  "priority 120",
  "lb_algo rr",
  "notify_stop /bin/true",
  "192.0.2.200",
];

function copied(lines: readonly Line[]): Line[] {
  return lines.map((each) => ({ ...each, block: each.block === null ? null : copied(each.block) }));
}

function changed(original: readonly Line[], { way, which, where }: Change): Line[] {
  const lines = copied(original);
  const blocks = blocksOf(lines);
  const target = blocks[where % blocks.length] ?? lines;
  const leaves = blocks.flatMap((own) =>
    // What a check asks stays: without it the whole check means nothing.
    own.filter((each) => each.block === null && each.kind !== null).map((each) => ({ own, each })),
  );
  const leaf = leaves[which % leaves.length];
  const [extra = "", ...words] = (extras[which % extras.length] ?? "").split(" ");
  if (way === "add") target.splice(which % (target.length + 1), 0, line(extra, words.join(" ")));
  if (leaf === undefined) return lines;
  const { own, each } = leaf;
  const { keyword, value } = each;
  if (way === "double") own.push(line(keyword, value === "3" ? "4" : value));
  if (way === "move") {
    own.splice(own.indexOf(each), 1);
    target.push(line(keyword, value));
  }
  return lines;
}

export const files: fc.Arbitrary<Line[]> = fc
  .tuple(fc.oneof(serving, watching), change)
  .map(([lines, each]) => changed(lines, each));

/** The text, and of each line its number; a line that is left out keeps its place, empty. */
export function textOf(lines: readonly Line[], without?: Line): { text: string; numbers: Map<Line, number> } {
  const rows: string[] = [];
  const numbers = new Map<Line, number>();
  const write = (each: Line, depth: number): void => {
    const indent = "    ".repeat(depth);
    numbers.set(each, rows.length + 1);
    const words = [each.keyword, each.value].filter(Boolean).join(" ");
    if (each.block === null) rows.push(each === without ? "" : indent + words);
    else {
      rows.push(`${indent}${words} {`);
      for (const inner of each.block) write(inner, depth + 1);
      rows.push(`${indent}}`);
    }
  };
  for (const each of lines) write(each, 0);
  return { text: rows.map((row) => `${row}\n`).join(""), numbers };
}

/** Blocks around a line, the outermost first. */
export function around(lines: readonly Line[], leaf: Line): Line[] {
  for (const each of lines) {
    if (each.block === null) continue;
    if (each.block.includes(leaf)) return [each];
    const inner = around(each.block, leaf);
    if (inner.length > 0) return [each, ...inner];
  }
  return [];
}

/** A setting of which the service has another one, further in or out: one of the two may mean nothing. */
export function isOverridden(lines: readonly Line[], leaf: Line): boolean {
  const [service] = around(lines, leaf);
  if (service === undefined || !Object.hasOwn(overriding, leaf.keyword)) return false;
  const names = overriding[leaf.keyword as keyof typeof overriding] as readonly string[];
  return leavesOf([service]).some((other) => other !== leaf && names.includes(other.keyword));
}

const retries = ["retry", "nb_get_retry"];

const overriding = {
  delay_loop: ["delay_loop"],
  retry: retries,
  nb_get_retry: retries,
  delay_before_retry: ["delay_before_retry"],
  connect_timeout: ["connect_timeout"],
  virtualhost: ["virtualhost"],
  weight: ["weight"],
  lb_kind: ["lvs_method"],
  lvs_method: ["lb_kind", "lvs_method"],
};

export function leavesOf(lines: readonly Line[]): Line[] {
  return lines.flatMap((each) => (each.block === null ? each : leavesOf(each.block)));
}
