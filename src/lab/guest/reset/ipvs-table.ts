/** IPVS as input of `ipvsadm -R`, which takes any of its commands. */

import type { Difference } from "./difference.ts";

export function ipvsTable(difference: Difference): string[] {
  return [...services(difference), ...timeouts(difference), ...daemons(difference)];
}

function services(difference: Difference): string[] {
  if (!difference.differs("IPVS") && !difference.differs("IPVS thresholds")) return [];
  // `-t 10.0.0.1:80 -r 10.0.0.2:80 -x 5 -y 3`
  const thresholds = new Map(
    (difference.to.get("IPVS thresholds") ?? []).map((line) => {
      const start = line.indexOf(" -x ");
      return [`-a ${line.slice(0, start)}`, line.slice(start)];
    }),
  );
  const limitsOf = (line: string): string => thresholds.get(line.replace(/( -r \S+) .*/, "$1")) ?? "";
  // A service's line begins with -A, its servers' with -a: sorted, services come first.
  return ["-C", ...(difference.to.get("IPVS") ?? []).map((line) => `${line}${limitsOf(line)}`)];
}

function timeouts(difference: Difference): string[] {
  const [line = ""] = difference.missing("IPVS timeouts");
  const [, values] = /: (\d+ \d+ \d+)$/.exec(line) ?? [];
  return values === undefined ? [] : [`--set ${values}`];
}

/** `master sync daemon (mcast=eth0, syncid=5, maxlen=1472, group=224.0.0.81, port=8848, ttl=1)` */
function daemons(difference: Difference): string[] {
  const stateOf = (line: string): string[] => /^(?:master|backup)/.exec(line) ?? [];
  return [
    ...difference
      .surplus("connection sync")
      .flatMap((line) => stateOf(line).map((is) => `--stop-daemon ${is}`)),
    ...difference
      .missing("connection sync")
      .flatMap((line) => stateOf(line).map((is) => `--start-daemon ${is} ${daemonOptions(line)}`)),
  ];
}

const DAEMON_OPTIONS: Readonly<Record<string, string>> = {
  mcast: "--mcast-interface",
  syncid: "--syncid",
  maxlen: "--sync-maxlen",
  group: "--mcast-group",
  port: "--mcast-port",
  ttl: "--mcast-ttl",
};

function daemonOptions(line: string): string {
  const pairs = [...line.matchAll(/(\w+)=([^,)]+)/g)];
  return pairs.map(([, name = "", value]) => `${DAEMON_OPTIONS[name]} ${value}`).join(" ");
}
