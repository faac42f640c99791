/** A Debian machine with systemd as PID 1, booted from a folder in User-Mode Linux. */

import { execFileSync, spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

const modules = "/usr/lib/uml/modules";

/** A minimal system of a release, made once and kept: a debootstrap takes a minute. */
export function systemTree(release: string): string {
  const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "lvsgen");
  const tree = join(cache, `${release}-systemd-1`);
  if (existsSync(tree)) return tree;
  mkdirSync(cache, { recursive: true });
  const making = `${tree}.${process.pid}`;
  const packages = "systemd,systemd-sysv,dbus,iproute2,kmod,procps,ipvsadm,iputils-arping";
  execFileSync("debootstrap", ["--variant=minbase", `--include=${packages}`, release, making], {
    stdio: "pipe",
  });
  rmSync(join(making, "var/cache/apt"), { recursive: true, force: true });
  renameSync(making, tree);
  return tree;
}

/** The interface comes up as a network manager would bring it: late in the boot, before network-online.target. */
const networkUnit = (address: string) => `[Unit]
DefaultDependencies=no
Before=network.target network-online.target
After=systemd-remount-fs.service
[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/bin/sh -c 'modprobe veth; ip link add eth0 type veth peer name peer0; ip link set peer0 up; ip link set eth0 up; ip addr add ${address} dev eth0'
`;

const phaseUnit = `[Unit]
After=multi-user.target
[Service]
Type=oneshot
ExecStart=/bin/sh /root/phase.sh
TimeoutStartSec=300
`;

export class BootedMachine {
  readonly root: string;

  /** @param root a folder that becomes the machine's root file system */
  constructor(root: string, tree: string, address: string) {
    this.root = root;
    execFileSync("cp", ["-a", "--reflink=auto", `${tree}/.`, root]);
    for (const version of readdirSync(modules)) {
      cpSync(join(modules, version), join(root, "lib/modules", version), { recursive: true });
    }
    this.#unit("testnet.service", networkUnit(address), "multi-user.target");
    this.#unit("phase.service", phaseUnit, "graphical.target");
    execFileSync("ln", [
      "-sf",
      "/lib/systemd/system/graphical.target",
      join(root, "etc/systemd/system/default.target"),
    ]);
  }

  copyIn(folder: string, name: string): void {
    cpSync(folder, join(this.root, "root", name), { recursive: true });
  }

  /** Boots, runs the commands when all is up, shuts down in order; what they printed. */
  boot(commands: string): string {
    const log = join(this.root, "root/log");
    rmSync(log, { force: true });
    writeFileSync(
      join(this.root, "root/phase.sh"),
      `{\n${commands}\n} >/root/log 2>&1\njournalctl -b --no-pager >/root/journal 2>&1\nsystemctl poweroff\n`,
    );
    const options = ["mem=512M", "root=/dev/root", "rootfstype=hostfs", `rootflags=${this.root}`, "rw"];
    const { stdout } = spawnSync("linux.uml", [...options, "con=null", "con0=null,fd:1", "quiet"], {
      stdio: ["ignore", "pipe", "ignore"],
      timeout: 240_000,
      encoding: "utf8",
    });
    if (!existsSync(log)) throw new Error(`the machine did not come up:\n${stdout.slice(-3000)}`);
    return readFileSync(log, "utf8");
  }

  #unit(name: string, text: string, wantedBy: string): void {
    const units = join(this.root, "etc/systemd/system");
    mkdirSync(join(units, `${wantedBy}.wants`), { recursive: true });
    writeFileSync(join(units, name), text);
    execFileSync("ln", ["-sf", `../${name}`, join(units, `${wantedBy}.wants`, name)]);
  }
}
