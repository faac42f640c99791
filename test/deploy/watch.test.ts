/** `lvsgen status --watch`: rates from two readings, a table that stays, and an end without an error. */

import { spawn, spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import type { RoleStatus } from "../../src/deploy/status.ts";
import { type ClusterReading, watchLines } from "../../src/deploy/watch-text.ts";
import { cli } from "../helpers/lvsgen.ts";
import { TwoDirectors } from "../helpers/two-directors.ts";

/** As ipvsadm 1.31 prints it, with --exact. */
const stats = (connections: number, packets: number): string => `IP Virtual Server version 1.2.1 (size=4096)
Prot LocalAddress:Port               Conns   InPkts  OutPkts  InBytes OutBytes
  -> RemoteAddress:Port
TCP  10.1.0.200:80                 ${connections} ${packets}        0     9000        0
  -> 10.1.0.11:80                  ${connections} ${packets}        0     9000        0
`;

const director: RoleStatus = {
  host: "lvs1",
  cluster: "two",
  role: "lvs_dr",
  state: "running",
  code: 0,
  record: "started",
  addresses: [{ address: "10.1.0.200/32", interface: "eth0", state: "present" }],
  services: [
    {
      name: "web",
      protocol: "tcp",
      address: "10.1.0.200:80",
      scheduler: "rr",
      state: "present",
      servers: [
        {
          label: "web1",
          address: "10.1.0.11:80",
          forwarding: "dr",
          state: "present",
          weight: 1,
          active: 12,
          inactive: 3,
        },
        {
          label: "web2",
          address: "10.1.0.12:80",
          forwarding: "dr",
          state: "present",
          weight: 0,
          active: 1,
          inactive: 0,
          drained: true,
        },
        {
          label: "web3",
          address: "10.1.0.13:80",
          forwarding: "dr",
          state: "absent",
          weight: 1,
          active: 0,
          inactive: 0,
        },
      ],
    },
  ],
  differences: ["set net.ipv4.vs.expire_nodest_conn to 1 (now 0)"],
};

function reading(at: number, text: string): ClusterReading {
  const status = { host: "lvs1", state: "running", words: "", remedy: "", roles: [director] } as const;
  const lost = {
    host: "web1",
    state: "unreachable",
    words: "cannot reach\nit",
    remedy: "",
    roles: [],
  } as const;
  return {
    at,
    hosts: [
      { status, stats: text },
      { status: lost, stats: "" },
    ],
  };
}

const texts = (before: ClusterReading | null, now: ClusterReading): string =>
  watchLines(before, now, { directors: ["lvs1"], moves: true })
    .map(({ text, tone }) => `${tone.padEnd(8)}${text}`)
    .join("\n");

test("rates are those between two readings; the master, drained and drifted ones are marked", () => {
  const first = reading(1000, stats(100, 1000));
  expect(texts(first, reading(5000, stats(150, 2400)))).toBe(
    `head    HOST  ROLE      STATE            SERVICE, SERVER            WEIGHT  ACTIVE  INACTIVE  CONN/S  PACKETS/S
plain   lvs1  director  running, master  web tcp 10.1.0.200:80 rr                               12.5        350
plain                                      web1                          1      12         3    12.5        350
drained                                    web2                    drained       1         0       -          -
bad                                        web3                     absent
bad           differs in 1: set net.ipv4.vs.expire_nodest_conn to 1 (now 0)
bad     web1  -         unreachable: cannot reach; it`,
  );
  // Without a reading before, and after the counters began again, there is none.
  expect(texts(null, first)).toMatch(/web tcp 10\.1\.0\.200:80 rr +- +-$/m);
  expect(texts(first, reading(3000, stats(1, 1)))).toMatch(/web tcp 10\.1\.0\.200:80 rr +- +-$/m);
});

test("without a terminal: one table per interval, no control codes; Ctrl-C ends it without an error", async () => {
  const hosts = new TwoDirectors();
  const child = spawn(process.execPath, [cli, "status", hosts.file, "--watch", "--interval", "1"], {
    env: hosts.environment,
  });
  let stdout = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    const tables = () => stdout.split("HOST ").length - 1;
    const before = tables();
    stdout += text;
    if (before < 2 && tables() === 2) child.kill("SIGINT");
  });
  const code = await new Promise((resolve) => child.once("close", resolve));
  expect(code).toBe(0);
  expect(stdout).not.toContain("\u001B");
  expect(stdout).toMatch(/^two at \d\d:\d\d:\d\d, every 1 s; Ctrl-C ends\nHOST/);
  expect(stdout).toMatch(/^lvs1 +director +running +web tcp 10\.1\.0\.200:80 rr/m);
});

test("on a terminal lines are written over; they fit its width and height, and NO_COLOR is kept to", () => {
  const hosts = new TwoDirectors();
  const command = `stty cols 60 rows 6; timeout -s INT 4 ${process.execPath} ${cli} status ${hosts.file} --watch --interval 1`;
  const { stdout } = spawnSync("script", ["-qec", command, "/dev/null"], {
    encoding: "utf8",
    env: { ...hosts.environment, NO_COLOR: "1" },
  });
  const [start = "", ...screens] = stdout.split("\u001B[H");
  expect(start.endsWith("\u001B[?25l\u001B[2J")).toBe(true);
  const [screen = ""] = screens;
  const lines = screen.split("\u001B[K\r\n");
  expect(lines.slice(0, -1).every((line) => line.length <= 60)).toBe(true);
  expect(lines).toHaveLength(6);
  expect(lines[4]).toMatch(/^and \d+ more lines: a higher window shows them$/);
  expect(screens.at(-1)).toContain("\u001B[?25h");
  // Neither colours nor the alternate screen.
  const codes = stdout.split("\u001B[").slice(1);
  expect(codes.filter((code) => /^(\d+m|\?1049h)/.test(code))).toEqual([]);
});
