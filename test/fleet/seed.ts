/** What a host of the fleet has beside the tree it is booted from: who it is, who may log in, and no more than it needs at boot. */

import { execFileSync } from "node:child_process";
import { chmodSync, chownSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Host } from "../../src/topology/model.ts";

export interface SeedOptions {
  readonly tree: string;
  /** Public key that may log in. */
  readonly authorizedKey: string;
  /** The password that the user's sudo asks for; null: it asks for none. */
  readonly sudoPassword: string | null;
}

/** User id of the host's ordinary user. */
const USER_ID = 1000;

/** Units that need a machine's devices or a network beyond the fleet, or only cost time at boot. */
const MASKED = [
  "systemd-udevd.service",
  "systemd-udevd-control.socket",
  "systemd-udevd-kernel.socket",
  "systemd-udev-trigger.service",
  "systemd-logind.service",
  "systemd-modules-load.service",
  "kmod-static-nodes.service",
  "systemd-binfmt.service",
  "modprobe@.service",
  "systemd-remount-fs.service",
  "systemd-sysusers.service",
  "systemd-pstore.service",
  "systemd-random-seed.service",
  "systemd-update-utmp.service",
  "systemd-update-utmp-runlevel.service",
  "systemd-journal-flush.service",
  "systemd-tmpfiles-setup-dev.service",
  "dev-hugepages.mount",
  "dev-mqueue.mount",
  "sys-kernel-debug.mount",
  "sys-kernel-tracing.mount",
  "sys-kernel-config.mount",
  "sys-fs-fuse-connections.mount",
  "getty.target",
  "console-getty.service",
  "apt-daily.timer",
  "apt-daily-upgrade.timer",
  "dpkg-db-backup.timer",
  "e2scrub_all.timer",
  "e2scrub_reap.service",
  "fstrim.timer",
  "systemd-tmpfiles-clean.timer",
];

/** Leaves a mark when everything else of the boot is done. */
const UP_UNIT = `[Unit]
After=multi-user.target
[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/bin/touch /run/fleet-up
`;

/** Makes the host's folder of files; its place in the fleet makes its machine id. Returns its public host key. */
export function seedHost(folder: string, host: Host, place: number, options: SeedOptions): string {
  const write = (path: string, text: string, mode = 0o644): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
    chmodSync(join(folder, path), mode);
  };
  const link = (path: string, to: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    symlinkSync(to, join(folder, path));
  };
  write("etc/hostname", `${host.name}\n`);
  write("etc/hosts", `127.0.0.1 localhost\n127.0.1.1 ${host.name}\n::1 localhost\n`);
  write("etc/resolv.conf", "");
  write("etc/machine-id", `${String(place + 1).padStart(32, "0")}\n`);
  write("etc/systemd/journald.conf.d/fleet.conf", "[Journal]\nStorage=volatile\nRuntimeMaxUse=4M\n");
  for (const unit of MASKED) link(`etc/systemd/system/${unit}`, "/dev/null");
  write("etc/systemd/system/fleet-up.service", UP_UNIT);
  link("etc/systemd/system/graphical.target.wants/fleet-up.service", "../fleet-up.service");
  link("etc/systemd/system/default.target", "/lib/systemd/system/graphical.target");
  // User-Mode Linux refuses tables of nf_tables.
  for (const program of ["iptables", "ip6tables"]) {
    link(`etc/alternatives/${program}`, `/usr/sbin/${program}-legacy`);
  }
  write(
    "etc/ssh/sshd_config.d/fleet.conf",
    `Port ${host.ssh.port}\nHostKey /etc/ssh/fleet_host_key\nPasswordAuthentication no\n`,
  );
  makeKey(join(folder, "etc/ssh/fleet_host_key"));
  addUsers(folder, host, options, write);
  return readFileSync(join(folder, "etc/ssh/fleet_host_key.pub"), "utf8").trim();
}

type Write = (path: string, text: string, mode?: number) => void;

function addUsers(folder: string, host: Host, options: SeedOptions, write: Write): void {
  const { authorizedKey, sudoPassword, tree } = options;
  write("root/.ssh/authorized_keys", `${authorizedKey}\n`, 0o600);
  chmodSync(join(folder, "root"), 0o700);
  chmodSync(join(folder, "root/.ssh"), 0o700);
  const { user } = host.ssh;
  if (user === "root") return;
  const home = `home/${user}`;
  const hash = sudoPassword === null ? "*" : hashOf(sudoPassword);
  const extended = (path: string, line: string): string =>
    `${readFileSync(join(tree, path), "utf8")}${line}\n`;
  write("etc/passwd", extended("etc/passwd", `${user}:x:${USER_ID}:${USER_ID}::/${home}:/bin/bash`));
  write("etc/group", extended("etc/group", `${user}:x:${USER_ID}:`));
  write("etc/shadow", extended("etc/shadow", `${user}:${hash}:19000:0:99999:7:::`), 0o640);
  write(
    `etc/sudoers.d/${user}`,
    `${user} ALL=(ALL:ALL) ${sudoPassword === null ? "NOPASSWD: " : ""}ALL\n`,
    0o440,
  );
  write(`${home}/.ssh/authorized_keys`, `${authorizedKey}\n`, 0o600);
  for (const path of [home, `${home}/.ssh`, `${home}/.ssh/authorized_keys`]) {
    chownSync(join(folder, path), USER_ID, USER_ID);
  }
}

/** An ed25519 key without a passphrase, and its `.pub`. */
export function makeKey(file: string): void {
  mkdirSync(dirname(file), { recursive: true });
  execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", "fleet", "-f", file]);
}

function hashOf(password: string): string {
  return execFileSync("openssl", ["passwd", "-6", "-stdin"], { input: password, encoding: "utf8" }).trim();
}
