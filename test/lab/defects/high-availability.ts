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
    edits: [{ template: "keepalived/instance", from: "  nopreempt\n", to: "" }],
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
    edits: [
      {
        template: "director/keepalived.sh",
        from: 'KEEPALIVED_PENDING" ]; then\n    reload_keepalived',
        to: 'KEEPALIVED_PENDING" ]; then\n    stop_keepalived\n    start_keepalived',
      },
    ],
  },
];
