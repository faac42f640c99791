/** Hosts of Red Hat's family, each with its own mirror of fake packages, and what tests run and look at on them. */

import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { templates } from "#templates";
import { renderCluster } from "../../src/render/render-cluster.ts";
import { checkTopology } from "../../src/rules/check-topology.ts";
import { chkconfig } from "./chkconfig.ts";
import { makeRpmTree, type RpmTree, rpmHost } from "./rpm-host.ts";
import { makeRpmMirror, type RpmMirror } from "./rpm-mirror.ts";
import { makeSigningKey } from "./rpm-repository.ts";
import { selinuxPrograms } from "./selinux.ts";
import { temporaryFolder } from "./temporary.ts";

/** Where the mirror is for them. */
export const MIRROR = "http://127.0.0.1:8099";

/** Where setup.sh and packages write: all that there is with its size, with contents where there are settings. */
export const LOOK = `find /etc /var /root /usr/bin /usr/sbin /usr/local /usr/lib/systemd/system /usr/share/nginx \
'(' -path /var/lib/rpm -o -path /var/lib/dnf -o -path /var/cache -o -path /var/log ')' -prune \
-o -type d -print -o -printf '%p %y %m %s %l\\n' 2>/dev/null | sort
find /etc /usr/local /usr/share/nginx -type f -exec md5sum '{}' + 2>/dev/null | sort
rpm -qa | sort`;

/** Lines of two looks that only one of them has. */
export function changed(before = "", after = ""): string[] {
  const [old, now] = [before.split("\n"), after.split("\n")];
  const only = (some: string[], others: Set<string>) => some.filter((line) => !others.has(line));
  return [...only(now, new Set(old)), ...only(old, new Set(now))];
}

export interface Family {
  readonly mirror: RpmMirror;
  readonly tree: RpmTree;
}

export function makeFamily(folder: string): Family {
  const mirror = makeRpmMirror(folder);
  // A key that each host had before.
  writeFileSync(join(folder, "found.asc"), makeSigningKey(folder, "found").text);
  const programs = { "sbin/chkconfig": chkconfig, ...selinuxPrograms };
  return { mirror, tree: makeRpmTree({ folder, programs, finish: "rpm --import /mnt/found.asc" }) };
}

export interface Steps {
  readonly status: number | null;
  readonly stderr: string;
  /** What each step wrote to standard output, and to standard error. */
  readonly parts: readonly string[];
  readonly said: readonly string[];
}

export interface FamilyHost {
  /** On this machine, what the host sees at /mnt. */
  readonly shown: string;
  /** Puts rendered folders there. */
  readonly render: (topology: object) => void;
  /** Runs commands one after the other, as one boot; one that fails ends it. */
  readonly steps: (...commands: readonly string[]) => Steps;
}

/** @param release the package that makes it one of its distribution */
export function familyHost(
  { mirror, tree }: Family,
  release: string,
  addresses: readonly string[],
): FamilyHost {
  const own = temporaryFolder();
  const shown = join(own, "shown");
  mkdirSync(shown);
  const host = rpmHost({ tree, folder: join(own, "host"), served: mirror.served, shown, addresses });
  copyFileSync(mirror.packages[release] ?? "", join(shown, "release.rpm"));
  // Debian's rpm warns of itself.
  const { status, stderr } = host.run("rpm -i --nosignature --force-debian /mnt/release.rpm");
  if (status !== 0) throw new Error(`the host is no ${release}: ${stderr}`);
  return {
    shown,
    render: (topology) => writeRendered(shown, topology),
    steps: (...commands) => {
      const said = host.run(commands.join(" || exit 9\necho '--- next'; echo '--- next' >&2\n"));
      const split = (text: string) => text.split("--- next\n");
      return { ...said, parts: split(said.stdout), said: split(said.stderr) };
    },
  };
}

function writeRendered(folder: string, topology: object): void {
  const { cluster, diagnostics } = checkTopology(JSON.stringify(topology), "family.json");
  if (cluster === null) throw new Error(JSON.stringify(diagnostics));
  for (const { path, text, mode } of renderCluster(cluster, templates)) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text, { mode });
  }
}
