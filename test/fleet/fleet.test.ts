/** The fleet itself: its hosts are booted Debians that the controller reaches by ssh, and can be put into trouble. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { repository } from "../helpers/lvsgen.ts";
import { withFleet } from "./fleet.ts";

const piLab: object = JSON.parse(readFileSync(join(repository, "examples/pi-lab/topology.json"), "utf8"));

const [pi1, pi2, pi3] = ["root@192.168.1.114", "pi@192.168.1.107", "pi@192.168.1.108"] as const;

describe.skipIf(process.getuid?.() !== 0)("a fleet", () => {
  test("is booted hosts behind sshd, and their troubles", { timeout: 600_000 }, async () => {
    await withFleet(
      piLab,
      async (fleet) => {
        const say = async (...argv: string[]) => (await fleet.run(argv)).stdout.trim();

        // systemd is PID 1, nothing failed, each host is one of its own with its own IPVS table.
        const state =
          "ps -o comm= -p 1; systemctl is-system-running; hostname; id -un; cat /proc/sys/net/ipv4/vs/conntrack";
        expect(await say("ssh", pi1, state)).toBe("systemd\nrunning\npi1\nroot\n0");
        expect(await say("ssh", pi2, state)).toBe("systemd\nrunning\npi2\npi\n0");
        await fleet.on("pi1", "ipvsadm -A -t 192.168.1.200:80 -s rr");
        expect((await fleet.on("pi1", "ipvsadm -Sn")).stdout).toBe("-A -t 192.168.1.200:80 -s rr\n");
        expect((await fleet.on("pi2", "ipvsadm -Sn")).stdout).toBe("");

        // sudo asks for a password only where the test says so.
        expect(await say("ssh", pi2, "sudo -n id -u")).toBe("0");
        expect((await fleet.run(["ssh", pi3, "sudo -n id -u"])).stderr).toContain("a password is required");
        expect(await say("ssh", pi3, "echo secret | sudo -S -p '' id -u")).toBe("0");

        // Hosts reach each other; systemd runs timers.
        expect((await fleet.on("pi2", "ping -c1 -W5 192.168.1.108")).code).toBe(0);
        await fleet.on(
          "pi2",
          "systemd-run -q --on-active=1 --timer-property=AccuracySec=100ms touch /run/rang",
        );
        expect((await fleet.on("pi2", "until [ -e /run/rang ]; do sleep 0.2; done")).code).toBe(0);

        await fleet.fillDisk("pi2");
        expect(
          (await fleet.run(["ssh", pi2, "sudo touch /etc/new"])).stderr +
            (await say("ssh", pi2, "sudo dd if=/dev/zero of=/etc/new bs=4k count=1 2>&1")),
        ).toContain("No space left");
        await fleet.freeDisk("pi2");
        expect((await fleet.run(["ssh", pi2, "echo text | sudo tee /etc/new"])).code).toBe(0);

        await fleet.replaceHostKey("pi3");
        expect((await fleet.run(["ssh", pi3, "true"])).stderr).toContain("HOST IDENTIFICATION HAS CHANGED");

        await fleet.powerOff("pi2");
        expect((await fleet.run(["ssh", "-o", "ConnectTimeout=2", pi2, "true"])).code).toBe(255);
        await expect(fleet.on("pi2", "true")).resolves.toMatchObject({ code: 1, stderr: "pi2 is down\n" });
        await fleet.powerOn("pi2");
        expect(await say("ssh", pi2, "cat /etc/new; ls /run/rang")).toBe("text");
      },
      { sudoPasswords: { pi3: "secret" } },
    );
  });
});
