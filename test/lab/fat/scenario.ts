/** Output on FAT, as of a memory card's boot partition: names differ by more than case, and there are no modes. */

import type { Scenario } from "../../../src/lab/scenarios/scenario.ts";

/** Read from the lab's specification. */
export interface Fat {
  /** Words of the shell: the program with its first arguments, and the file. */
  readonly lvsgen: string;
  readonly topology: string;
}

/** Megabytes: room for the output three times, old and new and the work between. */
const SIZE = 14;

const mount = `
mkdir -p /run/card && truncate -s ${SIZE}M /run/image && mkfs.vfat /run/image >&2
modprobe -a loop vfat nls_cp437 nls_ascii
mount -o loop,codepage=437,iocharset=ascii /run/image /run/card`;

export const fat: Scenario = {
  title: "an output folder on FAT is rendered, found fresh, and found by another spelling",
  async run(lab) {
    const { lvsgen, topology } = (lab.spec as unknown as { readonly fat: Fat }).fat;
    const render = `${lvsgen} render ${topology} --no-lint --out`;
    const runs: readonly (readonly [string, string, string])[] = [
      ["a file system without modes is mounted", mount, ""],
      ["the output is written", `${render} /run/card/out`, " created, 0 updated"],
      ["a second render writes nothing", `${render} /run/card/out`, "/run/card/out is up to date"],
      ["it is fresh", `${render} /run/card/out --check`, "/run/card/out is fresh"],
      ["another spelling is the same folder", `${render} /run/card/OUT`, "/run/card/OUT is up to date"],
      [
        "a changed file is one change",
        `rm /run/card/out/d1/keepalived.conf && ${render} /run/card/out`,
        "1 created, 0 updated, 0 removed",
      ],
    ];
    const printed: string[] = [];
    for (const [name, command, expected] of runs) {
      const result = await lab.machine("d1").run(["sh", "-c", command]);
      printed.push(result.stderr);
      const ok = result.code === 0 && result.stderr.includes(expected);
      lab.check("d1", name, ok, `exit ${result.code}`, result.stdout + result.stderr);
    }
    const warned = printed.map((text) =>
      text.includes("which has a password: the file system does not store modes"),
    );
    lab.check(
      "d1",
      "a password that others can read has a warning where it is written",
      warned.join() === "false,true,false,false,false,true",
      warned.join(" "),
      printed.join(""),
    );
  },
};
