/** What runs as PID 1 of a tree: how the lab hooks into its boot, and how one asks it about a service. */

import {
  appendFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { LabBroken } from "../backends/backend.ts";
import { FOLDER } from "./machine-files.ts";

export interface InitProgram {
  /** For people. */
  readonly title: string;
  /** Has the tree run the lab's network script and, when all is up, its phase script. */
  readonly hook: (root: string) => void;
  /** Commands about a service. */
  readonly isActive: (service: string) => string;
  readonly reload: (service: string) => string;
  /** What to show of a service when something failed. */
  readonly look: (service: string) => string;
}

/** Ordered like a network manager's own: before network-online.target at boot, and so after it at shut-down. */
const NETWORK_UNIT = `[Unit]
DefaultDependencies=no
After=systemd-remount-fs.service systemd-tmpfiles-setup.service
Before=network.target network-online.target shutdown.target
Conflicts=shutdown.target
[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/bin/sh ${FOLDER}/network.sh start
ExecStop=/bin/sh ${FOLDER}/network.sh stop
`;

const PHASE_UNIT = `[Unit]
After=multi-user.target
[Service]
Type=oneshot
ExecStart=/bin/sh ${FOLDER}/phase.sh
TimeoutStartSec=infinity
`;

const systemd: InitProgram = {
  title: "systemd",
  hook(root) {
    const units = join(root, "etc/systemd/system");
    addUnit(units, "lvsgen-lab-network.service", NETWORK_UNIT, "multi-user.target");
    addUnit(units, "lvsgen-lab-phase.service", PHASE_UNIT, "graphical.target");
    const target = join(units, "default.target");
    rmSync(target, { force: true });
    symlinkSync("/lib/systemd/system/graphical.target", target);
    // A journal that outlives the boot tells how the shut-down went.
    mkdirSync(join(root, "var/log/journal"), { recursive: true });
  },
  isActive: (service) => `systemctl is-active ${service}`,
  reload: (service) => `systemctl reload ${service}`,
  look: (service) => `systemctl status --no-pager ${service}; journalctl --no-pager -n 60 -u ${service}`,
};

/** insserv takes a script of this name for $network (insserv.conf of Debian); it is ifupdown's where that is there. */
const NETWORK_INIT = `#!/bin/sh
### BEGIN INIT INFO
# Provides:          networking
# Required-Start:    mountkernfs $local_fs
# Required-Stop:     $local_fs
# Default-Start:     S
# Default-Stop:      0 6
# Short-Description: The lab's network
### END INIT INFO
exec /bin/sh ${FOLDER}/network.sh "$1"
`;

/** Debian's: init reads inittab, insserv orders the links by the scripts' headers. */
const sysvinit: InitProgram = {
  title: "sysvinit",
  hook(root) {
    writeFileSync(join(root, "etc/init.d/networking"), NETWORK_INIT, { mode: 0o755 });
    // Without insserv's dependencies the links count. setup.sh's update-rc.d has insserv work out new ones.
    for (const name of [".depend.boot", ".depend.start", ".depend.stop"]) {
      rmSync(join(root, "etc/init.d", name), { force: true });
    }
    // After what makes the file system writable; down before file systems go.
    for (const [level, link] of [
      ["S", "S90networking"],
      ["0", "K02networking"],
      ["6", "K02networking"],
    ] as const) {
      relink(join(root, `etc/rc${level}.d`), link);
    }
    appendFileSync(join(root, "etc/inittab"), `\nlv:2345:once:/bin/sh ${FOLDER}/phase.sh\n`);
  },
  isActive: (service) => `/etc/init.d/${service} status`,
  reload: (service) => `/etc/init.d/${service} reload`,
  look: (service) => `/etc/init.d/${service} status; ls /etc/rc?.d`,
};

/**
 * @param root a tree, or a machine's folder made of one
 * @throws LabBroken for one whose init the lab cannot drive
 */
export function initOf(root: string): InitProgram {
  if (isSystemd(root)) return systemd;
  if (existsSync(join(root, "etc/inittab")) && existsSync(join(root, "usr/sbin/update-rc.d")))
    return sysvinit;
  throw new LabBroken(`${root} has neither systemd nor Debian's sysvinit as its /sbin/init`);
}

/** Where systemd is PID 1, /sbin/init is a link to it; an absolute one leads out of the folder, so only its text counts. */
function isSystemd(root: string): boolean {
  const init = join(root, "sbin/init");
  return (
    lstatSync(init, { throwIfNoEntry: false })?.isSymbolicLink() === true &&
    readlinkSync(init).endsWith("/systemd")
  );
}

function addUnit(units: string, name: string, text: string, wantedBy: string): void {
  const wants = join(units, `${wantedBy}.wants`);
  mkdirSync(wants, { recursive: true });
  writeFileSync(join(units, name), text);
  symlinkSync(`../${name}`, join(wants, name));
}

/** Replaces links to the service there by one of this name. */
function relink(folder: string, name: string): void {
  const service = name.slice(3);
  for (const link of readdirSync(folder)) {
    if (link.slice(3) === service && /^[SK]\d\d/.test(link)) rmSync(join(folder, link));
  }
  symlinkSync(`../init.d/${service}`, join(folder, name));
}
