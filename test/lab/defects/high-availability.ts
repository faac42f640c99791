/** Clusters of keepalived, broken on purpose: see defects.ts. */

import type { Defect } from "./defects.ts";

export const DEFECTS_OF_KEEPALIVED: readonly Defect[] = [
  {
    what: "nobody looks whether servers work",
    caughtBy: "health-check",
    failing: [
      "web: a dead server is taken out",
      "web: no request fails while a server is out",
      "web: status tells why a server is out",
    ],
    edits: [{ template: "keepalived/server", from: "{{#if check}}", to: "{{#if upperThreshold}}" }],
  },
  {
    what: "a master that returns takes over",
    caughtBy: "failover",
    failing: ["a master that returns leaves it to the other"],
    // The request under way at that moment: see failover.ts.
    mayFail: ["no request fails while a director returns"],
    edits: [{ template: "keepalived/instance", from: "  nopreempt\n", to: "" }],
  },
  {
    what: "answers to the checks of every director go by the master",
    caughtBy: "failover",
    failing: ["checks of the other directors do without the master"],
    // A director that takes over drops the connections of servers that it has none of.
    mayFail: [
      "an open connection goes on at the other director",
      "no request fails while a director returns",
    ],
    edits: [
      {
        template: "script/routes.sh",
        from: "ensure_route() { # FAMILY WORDS\n",
        to: 'ensure_route() { # FAMILY WORDS\n  case " $* " in *" via "*) ;; *) return 0 ;; esac\n',
      },
    ],
  },
  {
    what: "directors do not tell each other of connections",
    caughtBy: "failover",
    failing: ["an open connection goes on at the other director"],
    edits: [{ template: "keepalived/global-defs", from: "  lvs_sync_daemon", to: "  # lvs_sync_daemon" }],
  },
  {
    what: "a changed configuration restarts keepalived",
    caughtBy: "reload",
    failing: ["keepalived is reloaded, not restarted"],
    // Until its first checks have passed there is no server.
    mayFail: ["no request fails while configurations are reloaded"],
    edits: [
      {
        template: "director/keepalived.sh",
        from: 'KEEPALIVED_PENDING" ]; then\n    reload_keepalived',
        to: 'KEEPALIVED_PENDING" ]; then\n    stop_keepalived\n    start_keepalived',
      },
    ],
  },
  {
    what: "a service that is not in the table is not missed",
    caughtBy: "flushed",
    failing: [
      "backup: check finds a cleared table",
      "backup: reload repairs a cleared table",
      "master: status finds a cleared table",
      "master: reload repairs a cleared table",
    ],
    edits: [
      {
        template: "director/keepalived-look.sh",
        from: "other_file lost_process lost_service lost_address",
        to: "other_file lost_process lost_address",
      },
    ],
  },
];
