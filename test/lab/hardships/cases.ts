/** What befalls a host in life: commands on it, in order, and what each must end with. */

export interface Hardship {
  readonly name: string;
  readonly host: "dr" | "rs";
  readonly steps: readonly Step[];
}

interface Step {
  /** For `sh -c`, in which $S runs the host's script, and $T /tmp/short.sh in the same shell. */
  readonly run: string;
  /** Exit status; 0 unless given. */
  readonly code?: number;
  /** What its output must have. */
  readonly says?: RegExp;
}

const vip = "10.8.0.200";
const vipOn = (device: string) => `ip -o addr show dev ${device} | grep -q ' ${vip}'`;
/** Only a kernel of the test's own has a clock that may be set. */
const jump = (day: string) => `! grep -q 'User Mode Linux' /proc/cpuinfo || date -s ${day}`;

/** A script with less patience, which $T runs. */
const shortened =
  "for last in $S; do :; done; sed 's/KILL 90 /KILL 4 /' \"$last\" >/tmp/short.sh; grep -q 'KILL 4 ' /tmp/short.sh";

const record = "/run/lvsgen/lvs_rs.record";

export const hardships: readonly Hardship[] = [
  {
    name: "restart goes on when nobody reads it",
    host: "dr",
    steps: [
      { run: "$S start" },
      { run: "$S restart | true" },
      { run: "$S status", says: /running/ },
      { run: "$S restart >/dev/full" },
      { run: "$S check" },
      { run: "$S check >/dev/full" },
      { run: "$S check --json >/dev/full", says: /cannot write/ },
      { run: "$S status >/dev/full" },
      { run: "$S status --json >/dev/full", says: /cannot write/ },
      { run: "$S status --json | true" },
      { run: "$S start >&- 2>&-" },
      { run: "$S stop >&-" },
      { run: `! ${vipOn("eth0")}` },
    ],
  },
  {
    name: "a reload that failed can be tried again",
    host: "dr",
    steps: [
      { run: "$S start" },
      { run: `ip addr del ${vip}/32 dev eth0; ip link set eth0 down` },
      { run: "$S reload", code: 6, says: /eth0 is down: bring it up/ },
      { run: "$S check", code: 1, says: /finish what a starting run left/ },
      { run: "ip link set eth0 up" },
      { run: "$S reload" },
      { run: "$S check" },
    ],
  },
  {
    name: "a VIP with another prefix and label is moved, and comes back",
    host: "dr",
    steps: [
      { run: `ip addr add ${vip}/24 brd + label eth0:8 dev eth0; ip -o addr show dev eth0 >/tmp/before` },
      { run: "$S check", code: 1, says: /would remove 10\.8\.0\.200\/24 from eth0/ },
      { run: "$S start" },
      { run: "$S check" },
      { run: "$S start", says: /nothing changed/ },
      { run: "$S status", says: /running/ },
      { run: "$S stop" },
      { run: "ip -o addr show dev eth0 | diff /tmp/before -" },
    ],
  },
  {
    name: "a VIP as the near end of a peer address is moved, and comes back",
    host: "rs",
    steps: [
      { run: `ip addr add ${vip} peer 10.9.9.9/32 dev eth0; ip -o addr show dev eth0 >/tmp/before` },
      { run: "$S start" },
      { run: `! ${vipOn("eth0")}` },
      { run: vipOn("lo") },
      { run: "$S check" },
      { run: "$S stop" },
      { run: "ip -o addr show dev eth0 | diff /tmp/before -" },
    ],
  },
  {
    name: "a VIP as the far end of a peer address is somebody else's business",
    host: "rs",
    steps: [
      { run: `ip addr add 10.9.9.1 peer ${vip}/32 dev lo` },
      { run: "$S start" },
      { run: "ip -o addr show dev lo | grep -q 10.9.9.1" },
      { run: "$S stop" },
      { run: "ip -o addr show dev lo | grep -q 10.9.9.1" },
    ],
  },
  {
    name: "the VIP on the wire of a real server is moved to lo",
    host: "rs",
    steps: [
      { run: `ip addr add ${vip}/32 dev eth0` },
      { run: "$S start" },
      { run: `${vipOn("lo")} && ! ${vipOn("eth0")}` },
      { run: "$S stop" },
      { run: `${vipOn("eth0")} && ! ${vipOn("lo")}` },
    ],
  },
  {
    name: "a record that is damaged is not taken for none",
    host: "rs",
    steps: [
      { run: "$S start" },
      { run: `cp ${record} /tmp/record; echo garbage >${record}` },
      { run: "$S stop", code: 1, says: /look at it, then move it away/ },
      { run: "$S status", code: 4, says: /look at it, then move it away/ },
      {
        run: "$S status --json 2>/dev/null",
        code: 4,
        says: /^\{"host":"rs","cluster":"hardships","role":"\w+","state":"unknown","code":4,.*"reason":"[^"]+lvs_rs\.record[^"]+"\}\s*$/,
      },
      { run: `: >${record}` },
      { run: "$S stop", code: 1, says: /damaged/ },
      { run: `sed '1s/ 2 / 3 /' /tmp/record >${record}` },
      { run: "$S start", code: 1, says: /from another version/ },
      { run: `sed '$d' /tmp/record >${record}` },
      { run: "$S stop", code: 1, says: /was cut short/ },
      { run: `cp /tmp/record ${record}; $S stop` },
      { run: `! ${vipOn("lo")}` },
    ],
  },
  {
    name: "what others may write in /run is not trusted",
    host: "rs",
    steps: [
      { run: "$S start" },
      { run: "chmod 0777 /run/lvsgen; $S stop", code: 1, says: /users other than root may write there/ },
      { run: "chmod 0700 /run/lvsgen; chown 1000 /run/lvsgen; $S start", code: 1, says: /move it away/ },
      {
        run: `chown 0 /run/lvsgen; chmod 0666 ${record}; $S check`,
        code: 1,
        says: /users other than root may write there/,
      },
      {
        run: `chmod 0600 ${record}; chown 1000 ${record}; $S status`,
        code: 4,
        says: /users other than root may write/,
      },
      { run: "$S status --json", code: 4, says: /"state":"unknown","code":4,/ },
      {
        run: `chown 0 ${record}; mv ${record} /tmp/record; ln -s /tmp/record ${record}; $S stop`,
        code: 1,
        says: /a link, or users other/,
      },
      {
        run: `rm ${record}; mv /tmp/record ${record}; mv /run/lvsgen /run/other; ln -s other /run/lvsgen; $S stop`,
        code: 1,
        says: /a link/,
      },
      {
        run: `rm /run/lvsgen; ln -s /tmp/nowhere /run/lvsgen; $S start`,
        code: 1,
        says: /cannot make|a link/,
      },
      { run: "rm /run/lvsgen; echo >/run/lvsgen; $S start", code: 1, says: /cannot make/ },
      {
        run: "rm /run/lvsgen; mv /run/other /run/lvsgen; rm /run/lvsgen/lvs_rs.lock; ln -s /tmp/victim /run/lvsgen/lvs_rs.lock; $S stop",
        code: 1,
        says: /a link/,
      },
      { run: `[ ! -e /tmp/victim ] && ${vipOn("lo")}` },
      { run: "rm /run/lvsgen/lvs_rs.lock; $S stop", says: /changes put back/ },
      { run: `! ${vipOn("lo")}` },
    ],
  },
  {
    name: "a root that is read-only, and a clock that jumps",
    host: "dr",
    steps: [
      { run: "unshare -m sh -c 'mount -o remount,bind,ro / && ! touch /written 2>/dev/null && $S start'" },
      { run: `${jump("2001-01-01")}; $S check` },
      { run: `${jump("2037-01-01")}; $S start`, says: /nothing changed/ },
      { run: `${jump("2026-01-01")}; $S stop` },
      { run: `! ${vipOn("eth0")}` },
    ],
  },
  {
    name: "an ipvsadm that hangs is ended, and holds no lock when its script was killed",
    host: "dr",
    steps: [
      { run: `${shortened}; printf '#!/bin/sh\nexec sleep 1000\n' >/tmp/hang; chmod +x /tmp/hang` },
      {
        run: `unshare -m sh -c 'mount --bind /tmp/hang /usr/sbin/ipvsadm; exec $T start'`,
        code: 1,
        says: /hung for 90 seconds[\s\S]*cannot read the state of IPVS/,
      },
      {
        run: `unshare -m sh -c 'mount --bind /tmp/hang /usr/sbin/ipvsadm; exec $T start' & sleep 1; kill -9 $!; $S start`,
      },
      { run: "$S check" },
      { run: "$S stop" },
      { run: `! ${vipOn("eth0")}` },
    ],
  },
  {
    name: "a record of an earlier boot is dropped",
    host: "rs",
    steps: [
      { run: "$S start" },
      {
        run: `sed '1s/ 2 [^ ]*/ 2 00000000-0000-0000-0000-000000000000/' ${record} >/run/earlier; cp /run/earlier ${record}`,
      },
      { run: "$S stop", says: /nothing to put back[\s\S]*earlier boot/ },
      { run: vipOn("lo") },
      { run: "$S start" },
    ],
  },
  {
    name: "stop needs no space in /run",
    host: "rs",
    steps: [
      { run: "mkdir -p /run/lvsgen; mount -t tmpfs -o size=64k,mode=0700 tmpfs /run/lvsgen; $S start" },
      { run: "cat /dev/zero >/run/lvsgen/full 2>/dev/null; true" },
      { run: "$S stop", says: /Going on, as stop needs no space/ },
      { run: `! ${vipOn("lo")}` },
      // Where there is no room for a record, nothing is left that stop would not put back.
      { run: "$S start", code: 1, says: /is its file system full or read-only/ },
      { run: "$S stop" },
      { run: `! ${vipOn("lo")}` },
      { run: "umount /run/lvsgen" },
    ],
  },
  {
    name: "a sysctl that somebody else sets stays as they set it",
    host: "rs",
    steps: [
      { run: "$S start" },
      { run: "echo 8 >/proc/sys/net/ipv4/conf/eth0/arp_ignore" },
      { run: "$S check", code: 1, says: /arp_ignore to 1 \(now 8\)/ },
      {
        run: "$S stop",
        says: /left alone: net\.ipv4\.conf\.eth0\.arp_ignore is 8, set by somebody else since/,
      },
      { run: "grep -q 8 /proc/sys/net/ipv4/conf/eth0/arp_ignore" },
    ],
  },
  {
    name: "a service that was there comes back as it was, thresholds and all",
    host: "dr",
    steps: [
      {
        run: `ipvsadm -A -t ${vip}:80 -s wlc -p 77 && ipvsadm -a -t ${vip}:80 -r 10.8.0.77:80 -g -w 5 -x 7 -y 3; (ipvsadm -Sn; ipvsadm -Ln --thresholds) >/tmp/before`,
      },
      { run: "$S start" },
      { run: "ipvsadm -Sn | grep -q 10.8.0.77", code: 1 },
      { run: "$S stop" },
      { run: "(ipvsadm -Sn; ipvsadm -Ln --thresholds) | diff /tmp/before -" },
    ],
  },
  {
    name: "a hostile environment changes nothing",
    host: "dr",
    steps: [
      {
        run: "cd /tmp; IFS=x PATH=/nonexistent LC_ALL=tr_TR.UTF-8 POSIXLY_CORRECT=1 CDPATH=/ ENV=/nope BASH_ENV=/nope $S start",
      },
      { run: "$S check" },
      { run: "LVSGEN_WAIT='1; reboot' $S start", code: 2, says: /must be a number of seconds/ },
    ],
  },
  {
    name: "verbs, wrong and missing",
    host: "rs",
    steps: [
      { run: "$S", code: 2, says: /Usage:/ },
      { run: "$S dance", code: 2, says: /unknown verb 'dance'/ },
      { run: "$S start --json", code: 2, says: /unknown option/ },
      { run: "$S help", says: /undo what start changed/ },
      { run: "$S reload", code: 7, says: /use 'start'/ },
      { run: "$S status", code: 3, says: /stopped/ },
      { run: "$S start; $S status", says: /running/ },
      { run: `ip addr del ${vip}/32 dev lo; $S status`, code: 150, says: /partly/ },
      {
        run: "$S check --json",
        code: 1,
        says: /"converged":false,"differences":\["add 10\.8\.0\.200\/32 to lo"\]/,
      },
      { run: "$S status --json", code: 150, says: /"state":"partly","code":150/ },
    ],
  },
  {
    name: "a host that is not the one",
    host: "rs",
    steps: [
      { run: "ip addr flush dev eth0; ip addr add 10.8.0.99/24 dev eth0" },
      { run: "$S start", code: 6, says: /none of the addresses of rs .* is it the right one/ },
      { run: `! ${vipOn("lo")}` },
      { run: "LVSGEN_WAIT=1 $S start", code: 6, says: /waiting up to 1 seconds/ },
    ],
  },
];
