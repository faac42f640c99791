import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Reader } from "../docs/reader.ts";
import { withFleet } from "./fleet.ts";

const hosts = {
  version: 1,
  name: "fleet",
  defaults: { os: "debian-12", ssh: { user: "pi" } },
  hosts: {
    pi1: { interfaces: { eth0: "192.168.1.114/24" } },
    pi2: { interfaces: { eth0: "192.168.1.107/24" } },
    pi3: { interfaces: { eth0: "192.168.1.108/24" } },
    pi4: { interfaces: { eth0: "192.168.1.115/24" } },
  },
  directors: { hosts: ["pi1"] },
  virtualServices: [{ name: "web", vip: "192.168.1.200", port: 80, realServers: [{ host: "pi2" }] }],
};
const yaml = `version: 1
name: three-pis
defaults: { os: debian-12, ssh: { user: pi } }
hosts:
  pi1: { interfaces: { eth0: 192.168.1.114/24 }, reassert: 60 }
  pi4: { interfaces: { eth0: 192.168.1.115/24 } }
  pi2: { interfaces: { eth0: 192.168.1.107/24 }, webServer: { kind: nginx } }
  pi3: { interfaces: { eth0: 192.168.1.108/24 }, webServer: { kind: nginx } }

directors:
  hosts: [pi1, pi4] # in the order of their priority
  engine: keepalived
  vrrp: { virtualRouterId: 51 } # one that nobody else in this network has
  connectionSync: { interface: eth0 } # open connections survive

virtualServices:
  - name: web
    vip: 192.168.1.200
    port: 80
    scheduler: wrr
    healthCheck: { type: http, path: /, interval: 3 }
    realServers:
      - { host: pi2, weight: 1 }
      - { host: pi3, weight: 1 }
`;
test("pages", { timeout: 1_500_000 }, async () => {
  await withFleet(hosts, async (fleet) => {
    const reader = new Reader(fleet.folder, fleet);
    writeFileSync(join(fleet.folder, "cluster.yaml"), yaml);
    const log = (words: string, r: unknown) =>
      console.log(new Date().toISOString(), words, JSON.stringify(r));
    log("deploy", await fleet.shell("PATH=$PWD/bin:$PATH lvsgen deploy cluster.yaml"));
    log(
      "stop",
      await fleet.on(
        "pi1",
        "systemctl stop keepalived; sleep 8; systemctl start keepalived; ip -o addr show to 192.168.1.200",
      ),
    );
    log("vip", await fleet.on("pi4", "ip -o addr show to 192.168.1.200"));
    expect(await reader.follow("docs/how-to/remove-a-host.md")).toBeGreaterThan(0);
    log("removed", 1);
    expect(await reader.follow("docs/how-to/take-it-off.md")).toBeGreaterThan(0);
    for (const h of ["pi1", "pi2", "pi3", "pi4"])
      log(
        h,
        await fleet.on(
          h,
          "ls -d /var/lib/lvsgen* /run/lvsgen* /etc/lvsgen; ls /usr/local/sbin /etc/systemd/system; systemctl is-enabled keepalived nginx; systemctl is-active nginx; ip -o -4 addr; ipvsadm -Sn",
        ),
      );
  });
});
