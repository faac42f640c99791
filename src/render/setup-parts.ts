/**
 * The parts of setup.sh, one row each: a host's setup.sh has only the parts that it needs. What a part installed stays
 * when a later setup.sh lacks the part. So setup.sh is kept on the host, under the name of the part's note, and the
 * later one calls the kept one to undo it.
 */

import type { Platform } from "../platforms/platform.ts";

/** What decides about a host's parts. */
export interface SetupFacts {
  readonly packageManager: Platform["packageManager"];
  readonly systemd: boolean;
  readonly timers: boolean;
  /** Whether it uses ipvsadm. */
  readonly director: boolean;
  readonly keepalived: boolean;
  readonly selinux: boolean;
  readonly units: boolean;
  readonly repositories: boolean;
  readonly epel: boolean;
  readonly build: boolean;
  readonly webServer: boolean;
}

export type SetupPart =
  | "apt"
  | "index"
  | "repositories"
  | "epel"
  | "build"
  | "webServer"
  | "selinux"
  | "units"
  | "keepalived"
  | "hold"
  | "ipvsadmService"
  | "systemd"
  | "timers"
  | "otherServices"
  | "serviceState"
  | "giveBack"
  | "follow"
  | "putText"
  | "note"
  | "forget";

interface PartRow {
  readonly when: (facts: SetupFacts) => boolean;
  /** Parts that it calls. */
  readonly needs: readonly SetupPart[];
}

const apt = ({ packageManager }: SetupFacts): boolean => packageManager === "apt";

/** For parts that only others need. */
const never = (): boolean => false;

const parts: Readonly<Record<SetupPart, PartRow>> = {
  apt: { when: apt, needs: ["note", "forget"] },
  // apt needs its package index refreshed when sources change; yum and dnf do that themselves.
  index: { when: (facts) => apt(facts) && facts.repositories, needs: ["follow"] },
  repositories: { when: (facts) => facts.repositories, needs: ["putText"] },
  epel: { when: (facts) => facts.epel, needs: [] },
  build: { when: (facts) => facts.build, needs: ["forget"] },
  webServer: {
    when: (facts) => facts.webServer,
    needs: ["follow", "putText", "otherServices", "serviceState"],
  },
  selinux: { when: (facts) => facts.selinux, needs: [] },
  units: { when: (facts) => facts.units, needs: ["otherServices", "serviceState"] },
  keepalived: { when: (facts) => facts.keepalived, needs: ["otherServices", "giveBack", "note"] },
  // Debian starts what it installs.
  hold: { when: (facts) => apt(facts) && facts.keepalived, needs: [] },
  ipvsadmService: { when: (facts) => facts.director, needs: ["otherServices", "giveBack", "note"] },
  systemd: { when: (facts) => facts.systemd, needs: [] },
  timers: { when: (facts) => facts.timers, needs: [] },
  otherServices: { when: never, needs: [] },
  serviceState: { when: never, needs: [] },
  giveBack: { when: never, needs: [] },
  follow: { when: never, needs: ["note", "forget"] },
  putText: { when: never, needs: [] },
  note: { when: never, needs: [] },
  forget: { when: never, needs: [] },
};

const names = Object.keys(parts) as SetupPart[];

interface UndoableRow {
  /** Name of the part's note in the record's folder. */
  readonly note: string;
  /** On which hosts it can be. */
  readonly possible: (facts: SetupFacts) => boolean;
}

type UndoablePart = "repositories" | "build" | "webServer" | "selinux" | "units";

/** Parts whose work a later setup.sh without them has to undo. */
const undoable: Readonly<Record<UndoablePart, UndoableRow>> = {
  repositories: { note: "set-aside", possible: () => true },
  // If the host is no longer a director, its built files are removed with all others, after lvs_dr.sh was stopped.
  build: { note: "ipvsadm-source", possible: ({ director }) => director },
  webServer: { note: "web-server", possible: () => true },
  // On hosts with apt, no topology turns SELinux booleans on.
  selinux: { note: "selinux-was-off", possible: (facts) => !apt(facts) },
  units: { note: "units-were-enabled", possible: () => true },
};

const undoableNames = Object.keys(undoable) as UndoablePart[];

export interface SetupParts {
  readonly has: Readonly<Record<SetupPart, boolean>>;
  /** Parts that only an earlier setup.sh of the host may have had. */
  readonly lacks: Readonly<Record<UndoablePart, boolean>>;
  /** Notes of what this setup.sh can undo, and of what only an earlier one could. */
  readonly kept: readonly string[];
  readonly earlier: readonly string[];
}

export function setupParts(facts: SetupFacts): SetupParts {
  const had = new Set<SetupPart>();
  const add = (name: SetupPart): void => {
    had.add(name);
    for (const needed of parts[name].needs) add(needed);
  };
  for (const name of names.filter((each) => parts[each].when(facts))) add(name);
  const lacking = undoableNames.filter((name) => undoable[name].possible(facts) && !had.has(name));
  const notesOf = (some: readonly UndoablePart[]) => some.map((name) => undoable[name].note);
  return {
    has: flags(names, (name) => had.has(name)),
    lacks: flags(undoableNames, (name) => lacking.includes(name)),
    kept: notesOf(undoableNames.filter((name) => had.has(name))),
    earlier: notesOf(lacking),
  };
}

function flags<Name extends string>(all: readonly Name[], is: (name: Name) => boolean) {
  return Object.fromEntries(all.map((name) => [name, is(name)])) as Record<Name, boolean>;
}
