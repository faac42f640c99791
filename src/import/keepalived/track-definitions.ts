/** vrrp_script, track_process and track_file outside of instances: what is watched, by name. */

import { say } from "../../languages/say.ts";
import { inOpenFolder } from "../../plan/open-folders.ts";
import type { Track } from "../../topology/input.generated.ts";
import type { Notes } from "../notes.ts";
import type { Place } from "../place.ts";
import { type Block, defineBlock, firstWord, numberOf, readBlock, shown } from "./keywords.ts";
import type { Statement } from "./statements.ts";
import { readTrackCommand, type Watched } from "./track-command.ts";

export type DefinedKind = "script" | "process" | "file";

export interface TrackDefinition {
  readonly kind: DefinedKind;
  readonly name: string;
  readonly place: Place;
  /** null: a topology cannot have it, as a note says. */
  readonly track: Track | null;
  /** Of lists that give none; 0: what fails makes the instance give up. */
  readonly weight: number;
  /** Where it says so; null: it does not. */
  readonly weightPlace: Place | null;
}

/** The blocks by keyword, with what keepalived uses today and what it used before. */
export const definedBy: Readonly<Record<string, DefinedKind>> = {
  vrrp_script: "script",
  vrrp_track_process: "process",
  track_process: "process",
  vrrp_track_file: "file",
  track_file: "file",
};

interface Draft {
  /** Of what it runs. */
  place: Place;
  watched: Watched | null;
  weight: number | null;
  weightPlace: Place | null;
  readonly timing: { interval?: number; timeout?: number; rise?: number; fall?: number };
  user: string | null;
  /** Where it says who runs it. */
  userPlace: Place | null;
  /** A note says why there is no track. */
  isLeftOut: boolean;
}

/** keepalived.conf(5): of a script, a process, a file. */
const ownWeight: Readonly<Record<DefinedKind, number>> = { script: 0, process: 1, file: 1 };

const userForm = /^[a-z_][a-z0-9_-]{0,31}$/;

function readWeight(draft: Draft, statement: Statement, notes: Notes): void {
  const number = numberOf(statement, notes, [-254, 254]);
  if (number !== undefined) draft.weight = wholeWeight(number, statement, notes);
  draft.weightPlace = statement.place;
  const [, more] = statement.words;
  if (more === undefined || /^no_?reverse$/.test(more.text)) return;
  leaveReverse(statement, notes);
  draft.isLeftOut = true;
}

/** A topology has whole weights up to 253. */
export function wholeWeight(number: number, statement: Statement, notes: Notes): number {
  const weight = Math.max(-253, Math.min(253, Math.trunc(number)));
  if (weight !== number)
    notes.changed(statement.place, say`the weight ${number} becomes ${weight}`, say`no change is needed`);
  return weight;
}

export function leaveReverse(statement: Statement, notes: Notes): void {
  notes.leftOut(
    statement.place,
    say`a topology does not support ${shown(statement)}: it has no reversed tracks; the track is left out`,
    say`do without it, or write a script that fails instead`,
    { effect: "traffic" },
  );
}

/** Whole seconds: parts of one become the next whole one. */
function seconds(key: "interval" | "timeout") {
  return (draft: Draft, statement: Statement, notes: Notes): void => {
    const number = numberOf(statement, notes, [0.000001, 1_000_000]);
    if (number === undefined) return;
    const whole = Math.min(3600, Math.ceil(number));
    draft.timing[key] = whole;
    if (whole !== number)
      notes.changed(statement.place, say`${key} ${number} becomes ${whole} s`, say`no change is needed`);
  };
}

function count(key: "rise" | "fall") {
  return (draft: Draft, statement: Statement, notes: Notes): void => {
    const number = numberOf(statement, notes, [1, 1_000_000]);
    if (number === undefined) return;
    const whole = Math.min(255, Math.ceil(number));
    draft.timing[key] = whole;
    if (whole !== number)
      notes.changed(statement.place, say`${key} ${number} becomes ${whole}`, say`no change is needed`);
  };
}

/** A file of a topology has no `..`, and no other signs than these. */
const fileForm = /^\/[A-Za-z0-9._~/%&=+,:@?-]{0,1000}$/;
const processForm = /^[A-Za-z0-9][A-Za-z0-9_.@:+-]{0,62}$/;

const blocks: Readonly<Record<DefinedKind, Block<Draft>>> = {
  script: defineBlock<Draft>({
    name: "vrrp_script",
    readers: {
      script: (draft, statement, notes) => {
        draft.watched = readTrackCommand(statement, notes);
        draft.place = statement.place;
        draft.isLeftOut ||= draft.watched === null;
      },
      interval: seconds("interval"),
      timeout: seconds("timeout"),
      rise: count("rise"),
      fall: count("fall"),
      weight: readWeight,
      user: (draft, statement, notes) => {
        const name = firstWord(statement, notes);
        if (userForm.test(name)) draft.user = name;
        else if (name !== "")
          notes.notUnderstood(
            statement.place,
            say`${JSON.stringify(name)} is not the name of a user`,
            say`correct it`,
          );
        draft.userPlace = statement.place;
        tellGroup(statement, notes);
      },
    },
    others: ["init_fail"],
  }),
  process: defineBlock<Draft>({
    name: "track_process",
    readers: {
      process: (draft, statement, notes) => {
        const [program, ...args] = statement.words.map(({ text }) => text);
        if (program === undefined) return void firstWord(statement, notes);
        const name = program.replace(/^.*\//, "");
        if (args.length > 0 || name !== program)
          notes.changed(
            statement.place,
            say`${shown(statement)}: a topology watches processes by name alone, ${name}`,
            say`use a track of the type script if arguments matter`,
            { effect: "traffic" },
          );
        if (processForm.test(name)) draft.watched = { type: "process", name };
        else
          notes.notUnderstood(
            statement.place,
            say`a topology cannot have the process ${JSON.stringify(name)}`,
            say`correct it`,
          );
      },
      weight: readWeight,
      quorum: (_draft, statement, notes) => {
        if (numberOf(statement, notes, [1, 65535]) === 1) return;
        leaveWeighty(statement, notes);
      },
    },
    weighty: ["quorum_max", "param_match", "full_command"],
    others: ["delay", "fork_delay", "terminate_delay"],
  }),
  file: defineBlock<Draft>({
    name: "track_file",
    readers: {
      file: (draft, statement, notes) => {
        const path = firstWord(statement, notes);
        if (fileForm.test(path)) draft.watched = { type: "file", path };
        else if (path !== "")
          notes.notUnderstood(
            statement.place,
            say`a topology cannot have the file ${JSON.stringify(path)}`,
            say`use an absolute path without spaces`,
          );
      },
      weight: readWeight,
    },
    others: ["init_file"],
  }),
};

function leaveWeighty(statement: Statement, notes: Notes): void {
  notes.leftOut(statement.place, say`a topology does not support ${shown(statement)}`, say`do without it`, {
    effect: "traffic",
  });
}

function tellGroup({ words, place }: Statement, notes: Notes): void {
  if (words[1] !== undefined)
    notes.leftOut(
      place,
      say`the group ${words[1].text} is left out: a topology has the user's own`,
      say`make it the user's primary group`,
    );
}

/** @param scriptUser who runs scripts that do not say it; null: not given */
export function readTrackDefinition(
  statement: Statement,
  kind: DefinedKind,
  scriptUser: string | null,
  notes: Notes,
): TrackDefinition {
  const name = statement.words[0]?.text ?? "";
  const draft: Draft = {
    place: statement.place,
    watched: null,
    weight: null,
    weightPlace: null,
    timing: {},
    user: null,
    userPlace: null,
    isLeftOut: false,
  };
  readBlock(draft, statement.block ?? [], blocks[kind], notes);
  if (draft.watched === null && !draft.isLeftOut)
    notes.notUnderstood(
      statement.place,
      say`${shown(statement)} does not say what to watch: it is left out`,
      say`add it, or remove the block`,
    );
  return {
    kind,
    name,
    place: statement.place,
    track:
      draft.watched === null || draft.isLeftOut ? null : trackOf(draft, draft.watched, scriptUser, notes),
    weight: draft.weight ?? ownWeight[kind],
    weightPlace: draft.weightPlace,
  };
}

function trackOf(draft: Draft, watched: Watched, scriptUser: string | null, notes: Notes): Track | null {
  if (watched.type === "file") return watched;
  const { interval = 1, timeout = interval, rise = 1, fall = 1 } = draft.timing;
  const timing = { interval, timeout: Math.min(timeout, watched.timeout ?? timeout), rise, fall };
  if (watched.type !== "script") {
    if (draft.user !== null && draft.user !== "root" && draft.userPlace !== null)
      notes.changed(
        draft.userPlace,
        say`user ${draft.user}: lvsgen's own script runs as root`,
        say`no change is needed`,
      );
    return { ...watched, ...timing };
  }
  const user = draft.user ?? scriptUser ?? "root";
  if (user === "root" && inOpenFolder(watched.command ?? "")) {
    notes.leftOut(
      draft.place,
      say`root would run ${watched.command}, which other users can replace: the track is left out`,
      say`move it to /usr/local/sbin, owned by root, and add the track`,
      { effect: "traffic" },
    );
    return null;
  }
  return { ...watched, ...(user === "root" ? {} : { user }), ...timing };
}
