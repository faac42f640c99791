/**
 * Generated scripts, broken on purpose by an overlay of their templates. Each defect is of a kind that has been seen
 * in scripts of this sort, and one scenario alone can see it.
 */

import type { ScenarioName } from "../../../src/lab/scenarios/names.ts";
import type { TemplateTexts } from "../../../src/render/renderer.ts";

export interface Defect {
  readonly what: string;
  /** The one scenario that sees it. */
  readonly caughtBy: ScenarioName;
  /** Names of the checks that must fail; no other may. */
  readonly failing: readonly string[];
  /** Names of checks that the defect lets fail now and then. */
  readonly mayFail?: readonly string[];
  readonly edits: readonly Edit[];
}

/** Of the names of checks that failed, those that had to. */
export function firmFailures({ mayFail = [] }: Defect, failed: readonly string[]): Set<string> {
  return new Set(failed.filter((name) => !mayFail.includes(name)));
}

/** What of a template is replaced. `to` keeps what other defects look for, so that all go together. */
interface Edit {
  readonly template: string;
  readonly from: string;
  readonly to: string;
}

/** Appends to a template: the last definition of a shell function counts. */
const define = (template: string, anchor: string, text: string): Edit => ({
  template,
  from: anchor,
  to: `${text}\n${anchor}`,
});

export const DEFECTS: readonly Defect[] = [
  {
    what: "every weight is 1",
    caughtBy: "balance",
    failing: ["web is balanced as wrr promises"],
    edits: [
      {
        template: "director/compare.awk",
        from: 'section == "wanted" { learn(',
        to: 'section == "wanted" { sub(/-w [1-9][0-9]*/, "-w 1"); learn(',
      },
    ],
  },
  {
    what: "real servers get the VIP before the ARP sysctls",
    caughtBy: "arp",
    failing: ["only the director claims the VIP while scripts start"],
    edits: [
      {
        template: "script/verbs.sh",
        from: "  resources ensure\n",
        to: '  [ "$ROLE" = lvs_dr ] || resources early\n  resources ensure\n',
      },
      define("script/sysctls.sh", "write_sysctl() {", "early_sysctl() {\n  :\n}\n"),
      define(
        "script/addresses.sh",
        "keep_displaced() {",
        'early_address() {\n  ensure_address "$@"\n  look_addresses\n}\n',
      ),
    ],
  },
  {
    what: "a start that changes nothing does not say so",
    caughtBy: "idempotence",
    failing: ["a second start says that nothing changed"],
    edits: [
      {
        template: "script/verbs.sh",
        from: 'report "already as it should be, nothing changed"',
        to: 'report "done"',
      },
    ],
  },
  {
    what: "the first re-apply drains all servers for a moment: who comes in between is refused",
    caughtBy: "reapply-under-load",
    failing: ["no request fails while scripts are applied again"],
    edits: [
      {
        template: "director/virtual-services.sh",
        from: '  apply_services "$SERVICES"\n}',
        to: '  apply_services "$SERVICES"\n  [ "$STATE" != started ] || [ -e /run/refilled ] || refill_services\n}',
      },
      define(
        "director/virtual-services.sh",
        "record_services() {",
        `refill_services() {
  local servers
  servers=$(ipvsadm -Sn | sed -n 's/^-a/-e/p') || die 1 "cannot read the table"
  printf '%s\\n' "$servers" | sed 's/ -w [0-9]*/ -w 0/' | ipvsadm -R || die 1 "cannot drain the servers"
  printf '%s\\n' "$servers" | ipvsadm -R || die 1 "cannot put the weights back"
  : >/run/refilled
}
`,
      ),
    ],
  },
  {
    what: "the first re-apply renews the servers one by one, and ends what does not end within seconds",
    caughtBy: "long-connection",
    failing: ["web: an open connection stays usable"],
    edits: [
      {
        template: "director/virtual-services.sh",
        from: "ensure_services() {\n",
        to: 'ensure_services() {\n  [ -n "$BATCH" ] || [ -e /run/renewed ] || renew_services\n',
      },
      define(
        "director/virtual-services.sh",
        "record_services() {",
        `# Drained first, so that requests go elsewhere and those under way come to their end.
renew_services() {
  local line tries active
  IFS=$NL
  for line in $TABLE; do
    unset IFS
    case $line in -a*) ;; *) continue ;; esac
    # shellcheck disable=SC2086 # -a -t VIP:PORT -r RIP:PORT METHOD -w WEIGHT
    set -- $line
    ipvsadm -e "$2" "$3" -r "$5" "$6" -w 0 || die 1 "cannot drain $5"
    tries=0
    while [ "$tries" -lt 30 ]; do
      active=$(ipvsadm -Ln | awk -v server="$5" '$2 == server { print $5 }') || die 1 "cannot read the table"
      [ "\${active:-0}" != 0 ] || break
      tries=$((tries + 1))
      sleep 0.1 || die 1 "cannot wait"
    done
    # The kernel drops connections to a server that is not there (expire_nodest_conn).
    ipvsadm -d "$2" "$3" -r "$5" || die 1 "cannot take $5 out"
    sleep 0.1 || die 1 "cannot wait"
    ipvsadm -a "$2" "$3" -r "$5" "$6" -w "$8" || die 1 "cannot put $5 in"
  done
  unset IFS
  : >/run/renewed
}
`,
      ),
    ],
  },
  {
    what: "stop writes the kernel's default instead of what start found",
    caughtBy: "restore",
    failing: ["stop restores the host's state", "a second stop restores the host's state"],
    edits: [
      {
        template: "script/sysctls.sh",
        from: '*" $VALUE "*) write_sysctl "$name" "$found" ;;',
        to: '*" $VALUE "*) write_sysctl "$name" 0 ;;',
      },
    ],
  },
  {
    what: "the first start clears the IPVS table",
    caughtBy: "foreign-state",
    failing: [
      "foreign IPVS services survive start",
      "foreign IPVS services survive a second start",
      "foreign IPVS services survive stop",
      "stop leaves exactly the foreign state",
    ],
    edits: [
      {
        template: "director/virtual-services.sh",
        from: "  SERVICES_RELEASED=no\n",
        to: '  SERVICES_RELEASED=no\n  [ "$STATE" != none ] || ipvsadm -C || die 1 "cannot clear the table"\n',
      },
    ],
  },
  {
    what: "a server that is there keeps the weight it has",
    caughtBy: "drain",
    failing: ["a drained server gets no new connection", "check notices a weight that is not the topology's"],
    edits: [
      {
        template: "director/compare.awk",
        from: `    else if (servers["table", server] != servers[to, server]) additions[++added] = "-e " server servers[to, server]\n`,
        to: "",
      },
    ],
  },
  {
    what: "thresholds are left out",
    caughtBy: "thresholds",
    failing: ["web: a full server gets no new connection"],
    edits: [
      {
        template: "director/compare.awk",
        from: 'learn("wanted"); next }',
        to: 'sub(/ -x [0-9]+/, ""); learn("wanted"); next }',
      },
    ],
  },
  {
    what: "a second run at once gives up instead of waiting",
    caughtBy: "concurrent",
    failing: ["two starts at once both exit 0"],
    edits: [
      {
        template: "script/record.sh",
        from: "  flock -n 9 && return 0\n",
        to: '  flock -n 9 && return 0\n  die 1 "another run is at work"\n',
      },
    ],
  },
  {
    what: "a missing program is no error",
    caughtBy: "missing",
    failing: [
      "missing program ipvsadm: exits 5",
      "missing program ipvsadm: one line names it",
      "missing program ip: exits 5",
      "missing program ip: one line names it",
    ],
    edits: [
      {
        template: "script/needs.sh",
        from: 'die 5 "needs the program',
        to: 'say "needs the program',
      },
    ],
  },
  {
    what: "the record is written after the change",
    caughtBy: "crash",
    failing: ["start survives every fault"],
    edits: [
      {
        template: "script/verbs.sh",
        from: "  record_found\n",
        to: "  resources record\n  find_obsolete\n",
      },
      {
        template: "script/verbs.sh",
        from: "  resources ensure\n",
        to: `  resources ensure
  [ "$STATE$OLD" = "started$NEW" ] || must_save starting "$OBSOLETE\${OBSOLETE_SERVICES-}\${NEW#"$NL"}"
`,
      },
    ],
  },
];

/** Seen where the system ships a strict filter alone, so not on the cluster of the others: see reverse-path.test.ts. */
export const STRICT_REVERSE_PATH: Defect = {
  what: "the reverse path filter stays as it was found",
  caughtBy: "balance",
  failing: ["web is balanced as rr promises"],
  edits: [
    {
      template: "script/sysctls.sh",
      from: "ensure_sysctl() { # NAME VALUE\n",
      to: "ensure_sysctl() { # NAME VALUE\n  case $1 in *.rp_filter) return 0 ;; *) ;; esac\n",
    },
  ],
};

/** The templates with defects in them. @throws Error when a defect is not to be placed: the templates have changed */
export function overlay(templates: TemplateTexts, defects: readonly Defect[]): TemplateTexts {
  const texts: Record<string, string> = { ...templates };
  for (const { what, edits } of defects) {
    for (const { template, from, to } of edits) {
      const text = texts[template] ?? "";
      if (!text.includes(from)) throw new Error(`${what}: ${template} has no ${JSON.stringify(from)}`);
      texts[template] = text.replace(from, () => to);
    }
  }
  return texts;
}
