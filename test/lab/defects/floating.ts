/** Hosts of floating addresses, broken on purpose: see defects.ts. */

import type { Defect } from "./defects.ts";

export const DEFECTS_OF_FLOATING: readonly Defect[] = [
  {
    what: "a page counts as working when somebody takes the connection",
    caughtBy: "track-faults",
    failing: ["web moves in time when nginx hangs"],
    // Nobody moves it back, either.
    mayFail: ["web stays where it is when nginx does not hang any more"],
    edits: [
      {
        template: "keepalived/lvs_track.sh",
        from: '  connect "$1" "$2" || return 1\n',
        to: '  connect "$1" "$2" || return 1\n  return 0\n',
      },
    ],
  },
  {
    what: "an address that preempts has no tracks",
    caughtBy: "track-faults",
    failing: ["mail moves in time when nginx is killed", "mail moves in time when nginx is stopped"],
    edits: [
      {
        template: "keepalived/tracks",
        from: "{{#if trackScripts}}\n  track_script {",
        to: "{{#if nopreempt}}\n  track_script {",
      },
    ],
  },
  {
    what: "a host that comes back takes addresses over",
    caughtBy: "failover",
    failing: [
      "web stays where it is when the cable of the host is back",
      "web stays where it is when the host starts keepalived again",
    ],
    edits: [{ template: "keepalived/instance", from: "  nopreempt\n", to: "" }],
  },
  {
    what: "stop does not end keepalived",
    caughtBy: "failover",
    failing: ["web moves in time when its host stops keepalived"],
    // Where it is on the same host by then.
    mayFail: ["mail moves in time when its host stops keepalived"],
    edits: [{ template: "director/keepalived.sh", from: 'change kill "$PID" ||', to: "change true ||" }],
  },
];
