/** Units of runOnMaster on booted hosts, with the real systemd, keepalived and nginx: before a release. */

import { expect, test } from "vitest";
import { cli } from "../helpers/lvsgen.ts";
import { type Fleet, withFleet } from "./fleet.ts";

const topology = {
  version: 1,
  name: "units",
  defaults: { os: "debian-12", ssh: { user: "root" } },
  hosts: {
    lb1: { interfaces: { eth0: "10.6.0.1/24" } },
    lb2: { interfaces: { eth0: "10.6.0.2/24" } },
  },
  floatingAddresses: [
    {
      name: "web",
      address: "10.6.0.100/24",
      hosts: ["lb1", "lb2"],
      runOnMaster: ["database.service", "nginx"],
    },
  ],
};

/** One that starts as slowly as the test has it. */
const database = `[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/bin/sh -c "while [ -e /run/slow ]; do sleep 0.1; done"
[Install]
WantedBy=multi-user.target
`;

const hasAddress = "ip -o addr | grep -q 10.6.0.100/";
const isStarting = 'until [ "$(systemctl is-active database)" = activating ]; do sleep 0.1; done';

test.skipIf(process.getuid?.() !== 0)(
  "units run on the master alone, through boots and kills",
  { timeout: 1_200_000 },
  async () => {
    await withFleet(topology, async (fleet) => {
      const done = async (host: string, text: string): Promise<string> => {
        const { code, stdout, stderr } = await fleet.on(host, text);
        expect(code, `${host}: ${text}: ${stdout}${stderr}`).toBe(0);
        return (stdout + stderr).trim();
      };
      const states = async (host: string, verb: "is-active" | "is-enabled") =>
        (await fleet.on(host, `systemctl ${verb} database nginx`)).stdout.trim().split("\n").join(" ");
      const until = (host: string, condition: string) => awaited(fleet, host, condition);
      const isMaster = (host: string) =>
        until(host, `${hasAddress} && systemctl is-active -q nginx && lvs_dr.sh check`);
      const isBackup = async (host: string) => {
        await until(host, "lvs_dr.sh check");
        expect(await states(host, "is-active")).toBe("inactive inactive");
      };

      for (const host of ["lb1", "lb2"])
        await done(
          host,
          `cat >/etc/systemd/system/database.service <<'END'\n${database}END\nsystemctl daemon-reload && systemctl -q enable database nginx && systemctl start nginx`,
        );

      // They start at boot no longer, and run where the address is: who starts first keeps it.
      const deployed = await fleet.run(["node", cli, "deploy", "topology.json", "--connect-timeout", "10"]);
      expect(deployed, deployed.stdout + deployed.stderr).toMatchObject({ code: 0 });
      await until("lb1", "lvs_dr.sh check");
      const held = (await fleet.on("lb1", hasAddress)).code === 0;
      const [one, other] = held ? (["lb1", "lb2"] as const) : (["lb2", "lb1"] as const);
      await isMaster(one);
      await isBackup(other);
      expect([await states(one, "is-enabled"), await states(other, "is-enabled")]).toEqual(
        Array(2).fill("disabled disabled"),
      );

      // A host that stops has what it had before, and the other one takes over.
      await done(one, "systemctl stop lvs_dr");
      expect(await states(one, "is-active")).toBe("inactive active");
      await isMaster(other);
      await done(one, "timeout 60 systemctl start lvs_dr");
      await isBackup(one);

      // lvs_dr.service is before web servers at boot: it must not wait for one that waits for it.
      await done(other, "systemctl stop nginx && timeout 60 systemctl reload lvs_dr");
      await isMaster(other);

      // Killed while it waits for one of them.
      await done(
        other,
        `systemctl stop nginx database; touch /run/slow; systemctl reload --no-block lvs_dr; ${isStarting}; pkill -KILL -x lvs_dr.sh; rm /run/slow`,
      );
      expect((await fleet.on(other, "lvs_dr.sh check")).stdout).toContain("would start nginx");
      await until(other, "timeout 60 lvs_dr.sh reload");
      await isMaster(other);

      // A host that fails, and one that boots: it starts none of them.
      await fleet.powerOff(other);
      await isMaster(one);
      await fleet.powerOn(other);
      await until(other, "systemctl is-active -q lvs_dr");
      await isBackup(other);
      expect(await done(other, "journalctl -b -q -o cat -u nginx -u database")).toBe("");

      // keepalived's run of lvs_units.sh is killed half-way: check says what is missing, and reload does it.
      await done(other, "touch /run/slow");
      await done(one, "systemctl stop lvs_dr");
      await done(other, `${isStarting}; pkill -KILL -x lvs_units.sh; rm /run/slow`);
      await until(other, "lvs_dr.sh check | grep 'would start nginx'");
      await done(other, "timeout 60 lvs_dr.sh reload");
      await isMaster(other);

      // One that somebody ordered after lvs_dr starts when that has ended.
      await done(
        other,
        "systemctl stop database && mkdir /etc/systemd/system/database.service.d && printf '[Unit]\\nAfter=lvs_dr.service\\n' >/etc/systemd/system/database.service.d/own.conf && systemctl daemon-reload && timeout 180 systemctl reload lvs_dr",
      );
      await isMaster(other);

      // Taken off, they start at boot again. Nothing has run there since the boot, and it is said.
      expect(await done(other, "sh /var/lib/lvsgen/setup.sh --uninstall")).toContain(
        "note: nginx starts at boot by itself again, and does not run now",
      );
      await done(one, "sh /var/lib/lvsgen/setup.sh --uninstall");
      expect([await states(one, "is-enabled"), await states(other, "is-enabled")]).toEqual(
        Array(2).fill("enabled enabled"),
      );
      expect(await states(one, "is-active")).toBe("inactive active");
    });
  },
);

async function awaited(fleet: Fleet, host: string, condition: string): Promise<void> {
  const { code, stdout } = await fleet.on(
    host,
    `n=0; until { ${condition}; } >/run/awaited 2>&1; do n=$((n + 1)); [ $n -lt 300 ] || { cat /run/awaited; exit 1; }; sleep 0.2; done`,
  );
  expect(code, `${host}: ${condition}: ${stdout}`).toBe(0);
}
