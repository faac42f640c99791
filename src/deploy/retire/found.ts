/** What a host said it has of lvsgen. Pure. */

import { inLanguage, phrase, say } from "../../languages/say.ts";
import type { HostAnswer } from "../answer.ts";
import type { HostKind } from "./uninstaller.ts";

export interface Found {
  /** The name that its topology gave the host; null: unknown. */
  readonly host: string | null;
  readonly cluster: string | null;
  /** All its addresses, without prefix lengths. */
  readonly addresses: ReadonlySet<string>;
  readonly kind: HostKind;
  /** Whether it has a director's script, or has one started. */
  readonly isDirector: boolean;
  /** What taking lvsgen off does there, in this order; empty: the host has nothing of lvsgen. */
  readonly steps: readonly string[];
}

export function foundOf({ parts }: HostAnswer): Found {
  const rows = (parts.get("found") ?? "").split("\n").flatMap((line) => {
    const space = line.indexOf(" ");
    return space < 0 ? [] : [[line.slice(0, space), line.slice(space + 1)] as const];
  });
  const all = (kind: string): string[] => rows.flatMap(([key, value]) => (key === kind ? [value] : []));
  return {
    host: nameIn(all("host")),
    cluster: nameIn(all("cluster")),
    addresses: new Set(all("address")),
    kind: {
      init: all("init").includes("sysv") ? "sysv" : "systemd",
      packages: all("packages").includes("apt") ? "apt" : "rpm",
    },
    isDirector: [...all("started"), ...all("file")].some((each) => /(^|\/)lvs_dr(\.sh)?$/.test(each)),
    steps: [
      ...all("started").map((script) => say`stop ${script} (${inLanguage(titles[script] ?? script)})`),
      ...all("file").map((path) => say`remove ${path}`),
      ...all("restore").map((path) => say`restore ${path}`),
      ...all("web-server").map((service) => say`restore the state of ${service}`),
      ...all("boolean").map((name) => say`turn off the SELinux boolean ${name}`),
      ...all("enable").map((service) => say`enable ${service} again`),
      ...packageStep(all("package")),
      ...all("folder").map((path) => say`remove ${path}`),
    ],
  };
}

const titles: Readonly<Record<string, string>> = {
  lvs_dr: phrase`director`,
  lvs_rs: phrase`real server`,
};

function packageStep(packages: readonly string[]): string[] {
  return packages.length === 0 ? [] : [say`uninstall ${packages.join(", ")}`];
}

/** As topologies have it; anything else is not shown as a name: a host may send what it likes. */
function nameIn([value = ""]: readonly string[]): string | null {
  return /^[a-z\d][a-z\d.-]*$/i.test(value) ? value : null;
}

/** What setup.sh noted for people while it uninstalled. */
export function notesOf({ parts }: HostAnswer): string {
  return (parts.get("setup") ?? "")
    .split("\n")
    .flatMap((line) => /^setup\.sh: (?:note: )(.*)/.exec(line)?.[1] ?? [])
    .join("\n");
}

/** A run that changes the host goes on there. */
export function isBusy(answer: HostAnswer): boolean {
  return hasLine(answer, "busy lock");
}

/** Nothing of the report was lost on a host that is out of space. */
export function isComplete(answer: HostAnswer): boolean {
  return hasLine(answer, "complete yes");
}

function hasLine({ parts }: HostAnswer, line: string): boolean {
  return (parts.get("found") ?? "").split("\n").includes(line);
}
