/** What is taken from keepalived: commands on a director, in order, and what each must end with. */

export type State = "master" | "backup";

interface Loss {
  readonly name: string;
  readonly on: State;
  readonly steps: readonly Step[];
}

export interface Step {
  /** For `sh -c`, in which $S runs the host's script. */
  readonly run: string;
  /** Exit status; 0 unless given. */
  readonly code?: number;
  /** What its output must have. */
  readonly says?: RegExp;
  /** Whether ipvsadm shows what one of before 1.28 does. */
  readonly ipvsadm?: "old";
  /** A change of the script for this step. */
  readonly edit?: readonly [RegExp, string];
}

const masterOnly = [/^AS_REAL_SERVER=.*$/m, "AS_REAL_SERVER=master-only"] as const;

export const losses: readonly Loss[] = [
  {
    name: "an old ipvsadm",
    on: "backup",
    steps: [
      { run: "$S check", ipvsadm: "old", says: /as it should be/ },
      {
        run: "$S status",
        ipvsadm: "old",
        edit: masterOnly,
        says: /master-only\): unknown whether its IPVS balances/,
      },
      { run: "$S status", edit: masterOnly, says: /master-only\): its IPVS does not balance/ },
    ],
  },
  {
    name: "an old ipvsadm on the master",
    on: "master",
    steps: [
      { run: "$S check", ipvsadm: "old", says: /as it should be/ },
      { run: "$S status", ipvsadm: "old", edit: masterOnly, says: /master-only\): its IPVS balances/ },
    ],
  },
  {
    name: "connection sync is stopped",
    on: "backup",
    steps: [
      { run: "ipvsadm --stop-daemon backup" },
      { run: "$S check", code: 1, says: /would restart keepalived: connection sync does not run/ },
      { run: "$S reload", says: /started, changes/ },
      { run: "$S check" },
    ],
  },
  {
    name: "connection sync is another's",
    on: "backup",
    steps: [
      {
        run: "ipvsadm --stop-daemon backup; ipvsadm --start-daemon backup --mcast-interface eth0 --syncid 77",
      },
      { run: "$S check", code: 1, says: /connection sync runs with other settings than mcast=eth0 syncid=1/ },
      { run: "$S reload", says: /started, changes/ },
      { run: "$S check" },
    ],
  },
  {
    name: "a backup has the address",
    on: "backup",
    steps: [
      { run: "ip addr add 10.8.0.100/32 dev eth0" },
      { run: "$S check", code: 1, says: /it is the VRRP backup and has 10.8.0.100\/32 on eth0/ },
      { run: "$S reload", says: /started, changes/ },
      { run: "$S check" },
      { run: "! ip -o addr show dev eth0 | grep ' 10.8.0.100/'" },
    ],
  },
  {
    // One before 2.0.0 does not notice, as one that is stopped does not.
    name: "a master loses its addresses",
    on: "master",
    steps: [
      {
        run: "kill -STOP $(cat /run/vrrp.pid); ip addr del 10.8.0.100/32 dev eth0; ip addr del 10.8.0.101/32 dev eth0",
      },
      { run: "$S check", code: 1, says: /it is the VRRP master and does not have 10.8.0.10[01]\/32 on eth0/ },
      { run: "kill -CONT $(cat /run/vrrp.pid)" },
    ],
  },
  {
    name: "one of its services is deleted",
    on: "backup",
    steps: [
      { run: "ipvsadm -D -t 10.8.0.101:80" },
      {
        run: "$S check",
        code: 1,
        says: /^would restart keepalived: its service tcp 10.8.0.101:80 is not in the IPVS table$/m,
      },
      { run: "$S start", says: /started, changes/ },
      { run: "ipvsadm -Sn | grep '^-A -t 10.8.0.101:80 '" },
    ],
  },
];
