/** A host's report of its state -> what a deployment would change there. Pure. */

import type { FileChange } from "../output/compare.ts";
import type { Artifact } from "../render/artifact.ts";
import type { InstalledFile } from "../render/provisioning.ts";
import { type HostAnswer, statusPart } from "./answer.ts";
import { filesDigest } from "./host-script.ts";

export interface HostDifference {
  /** Files by their place on the host, as `HOST/absolute/path`. */
  readonly files: readonly FileChange[];
  /** Besides files: packages, services, and what `start` would change. */
  readonly wants: readonly string[];
  /** Why the new scripts would not start there. */
  readonly obstacle: string | null;
  readonly isConverged: boolean;
}

export interface Versions {
  readonly current: string | null;
  /** Token of the deployment that put the current version into service; null: none did. */
  readonly doneBy: string | null;
  /** Another deployment is changing the host. */
  readonly isBusy: boolean;
  readonly hasPrevious: boolean;
  /** Whether the previous version knows of no drains, so that a rollback ends them. */
  readonly undrains: boolean;
  /** Deployments on trial, by token: armed, undoing, undone, failed, confirmed. */
  readonly trials: ReadonlyMap<string, string>;
}

/** Exit statuses of check that allow a deployment: converged, would change, program missing (setup.sh installs it). */
const FINE: readonly number[] = [0, 1, 5];

export function differenceOf(
  host: string,
  artifacts: readonly Artifact[],
  installed: readonly InstalledFile[],
  { parts }: HostAnswer,
): HostDifference {
  const files = fileChanges(host, artifacts, installed, filesThere(parts));
  const checks = [...parts].flatMap(([name, text]) => (name.startsWith("check.") ? [statusPart(text)] : []));
  const refused = checks.find(({ code }) => !FINE.includes(code));
  const wants = [
    ...linesOf(parts.get("wants") ?? ""),
    ...checks
      .filter(({ code }) => code === 1)
      .flatMap(({ said }) => linesOf(said))
      .flatMap((line) => (line.startsWith("would ") ? line.slice("would ".length) : [])),
  ];
  const { current, doneBy } = versionsOf(parts);
  return {
    files,
    wants,
    obstacle: refused === undefined ? null : refused.said.trim(),
    isConverged:
      files.length === 0 && wants.length === 0 && doneBy !== null && current === filesDigest(artifacts),
  };
}

/** Who is drained, by the checks of a director: servers, or the director itself. */
export function drainedBy(parts: HostAnswer["parts"]): string[] {
  return [...parts].flatMap(([name, text]) =>
    name.startsWith("check.") ? drainedIn(statusPart(text).said) : [],
  );
}

/** `note: drained: web1 web2: ...` of a check. */
function drainedIn(said: string): string[] {
  const [, names = ""] = /^note: drained: (.*?): /m.exec(said) ?? [];
  return names.split(" ").filter((name) => name !== "");
}

export function versionsOf(parts: HostAnswer["parts"]): Versions {
  const rows = linesOf(parts.get("versions") ?? "").map((line) => line.split(" "));
  const row = (name: string): readonly string[] | undefined => rows.find(([first]) => first === name);
  const trials = rows
    .filter(([first]) => first === "trial")
    .map(([, mark = ""]) => [mark.slice(mark.indexOf(".") + 1), mark.slice(0, mark.indexOf("."))] as const);
  return {
    current: row("current")?.[1] ?? null,
    doneBy: row("current")?.[2] || null,
    isBusy: row("busy") !== undefined,
    hasPrevious: row("previous") !== undefined,
    undrains: row("undrains") !== undefined,
    trials: new Map(trials),
  };
}

interface FileThere {
  readonly mode: string;
  readonly text: string;
}

function filesThere(parts: HostAnswer["parts"]): Map<string, FileThere> {
  const files = [...parts].filter(([name]) => name.startsWith("file."));
  return new Map(
    files.map(([, part]) => {
      const end = part.indexOf("\n");
      const [mode = "", ...path] = part.slice(0, end).split(" ");
      return [path.join(" "), { mode, text: part.slice(end + 1) }];
    }),
  );
}

function fileChanges(
  host: string,
  artifacts: readonly Artifact[],
  installed: readonly InstalledFile[],
  there: ReadonlyMap<string, FileThere>,
): FileChange[] {
  const written = installed.flatMap(({ source, mode, destination }): FileChange[] => {
    const artifact = artifacts.find(({ path }) => path === `${host}/${source}`);
    if (artifact === undefined) return [];
    const now = there.get(destination);
    if (now !== undefined && now.text === artifact.text && now.mode === mode.replace(/^0/, "")) return [];
    const after = { ...artifact, path: `${host}${destination}` };
    const before = now?.text ?? null;
    return [{ path: after.path, kind: now === undefined ? "create" : "update", before, after }];
  });
  const wanted = new Set(installed.map(({ destination }) => destination));
  const removed = [...there]
    .filter(([path]) => !wanted.has(path))
    .map(
      ([path, { text }]): FileChange => ({
        path: `${host}${path}`,
        kind: "remove",
        before: text,
        after: null,
      }),
    );
  return [...written, ...removed];
}

function linesOf(text: string): string[] {
  return text.split("\n").filter((line) => line !== "");
}
