/**
 * Two directors and two servers behind a program that acts as ssh: each host is a folder, bound to /run, /var/lib and
 * /usr/local/sbin while it is asked. Their lvs_dr.sh is replaced by one that reads the names of drained servers.
 */

import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "./temporary.ts";

const ssh = `#!/bin/sh
case $1 in -O) exit 0 ;; esac
until [ "$1" = -- ]; do shift; done
root=\${0%/bin/*}/$2
[ -d "$root" ] || { echo "ssh: connect to host $2 port 22: No route to host" >&2; exit 255; }
exec unshare --map-root-user --mount sh -c '
  mount --bind "$0/run" /run && mount --bind "$0/lib" /var/lib && mount --bind "$0/sbin" /usr/local/sbin && exec sh -c "$1"
' "$root" "$3"
`;

/** /run/open has the connections of web1, one number a line: each status shows the next one, the last one stays. */
const director = `#!/bin/sh
# read_drained: as an lvs_dr.sh that knows of them
[ "$1" = status ] || exit 0
named() { cat /run/lvsgen/lvs_dr.drained /var/lib/lvsgen/lvs_dr.drained 2>/dev/null | grep -qx "$1"; }
open=$(head -n 1 /run/open)
[ "$(wc -l </run/open)" -eq 1 ] || sed -i 1d /run/open
list=
for name in web1 web2; do
  weight=1 drained=false
  ! named "$name" || weight=0 drained=true
  list="$list\${list:+,}{\\"label\\":\\"$name\\",\\"address\\":\\"$name:80\\",\\"forwarding\\":\\"dr\\",\\"state\\":\\"present\\",\\"weight\\":$weight,\\"active\\":$open,\\"inactive\\":7,\\"drained\\":$drained}"
  open=5
done
printf '{"host":"x","cluster":"two","role":"lvs_dr","state":"running","code":0,"record":"started","addresses":[],"services":[{"name":"web","protocol":"tcp","address":"10.1.0.200:80","scheduler":"rr","state":"present","servers":[%s]}],"differences":[]}\\n' "$list"
`;

export const twoDirectors = {
  version: 1,
  name: "two",
  defaults: { os: "debian-12", ssh: { user: "root" } },
  hosts: {
    lvs1: { interfaces: { eth0: "10.1.0.2/24" } },
    lvs2: { interfaces: { eth0: "10.1.0.3/24" } },
    web1: { interfaces: { eth0: "10.1.0.11/24" } },
    web2: { interfaces: { eth0: "10.1.0.12/24" } },
    spare: { interfaces: { eth0: "10.1.0.13/24" } },
  },
  directors: { hosts: ["lvs1", "lvs2"], engine: "keepalived" },
  virtualServices: [
    { name: "web", vip: "10.1.0.200", port: 80, persistence: {}, realServers: ["web1", "web2"] },
  ],
};

const addresses = { lvs1: "10.1.0.2", lvs2: "10.1.0.3" } as const;
type Director = keyof typeof addresses;

export class TwoDirectors {
  readonly file: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly #folder = temporaryFolder();

  constructor() {
    mkdirSync(join(this.#folder, "bin"));
    this.#program("bin/ssh", ssh);
    this.file = join(this.#folder, "cluster.json");
    writeFileSync(this.file, JSON.stringify(twoDirectors));
    this.environment = { ...process.env, PATH: `${this.#folder}/bin:${process.env.PATH}` };
    for (const host of ["lvs1", "lvs2"] as const) {
      for (const place of ["run", "lib", "sbin"]) mkdirSync(this.#place(host, place), { recursive: true });
      this.#program(`${addresses[host]}/sbin/lvs_dr.sh`, director);
      this.open(host, 0);
    }
  }

  /** Connections of web1 there, look by look. */
  open(host: Director, ...counts: readonly number[]): void {
    writeFileSync(this.#place(host, "run/open"), counts.map((count) => `${count}\n`).join(""));
  }

  /** Names of drained servers there, until a reboot and after one. */
  drained(host: Director): { readonly now: string; readonly kept: string } {
    const text = (place: string): string => {
      const file = this.#place(host, `${place}/lvsgen/lvs_dr.drained`);
      return existsSync(file) ? readFileSync(file, "utf8") : "";
    };
    return { now: text("run"), kept: text("lib") };
  }

  /** A director that does not answer any more. */
  lose(host: Director): void {
    rmSync(join(this.#folder, addresses[host]), { recursive: true });
  }

  /** As an earlier lvsgen installed it. */
  age(host: Director): void {
    this.#program(`${addresses[host]}/sbin/lvs_dr.sh`, director.replace("read_drained", ""));
  }

  #place(host: Director, place: string): string {
    return join(this.#folder, addresses[host], place);
  }

  #program(name: string, text: string): void {
    const file = join(this.#folder, name);
    writeFileSync(file, text);
    chmodSync(file, 0o755);
  }
}
