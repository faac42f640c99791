/** What floating addresses do not have, of all that a keepalived.conf may say. */

import { unique } from "../../base/unique.ts";
import { say } from "../../languages/say.ts";
import type { Notes } from "../notes.ts";
import type { ObservedElection } from "../observed.ts";
import type { Configuration } from "./configuration.ts";
import type { InstanceDraft } from "./instances.ts";
import { shown } from "./keywords.ts";
import type { Statement } from "./statements.ts";

export function leaveOutOfFloating(file: Configuration, notes: Notes): void {
  const { globals, instances, syncGroups, groups } = file;
  const mailing = [...globals.mailing, ...[...instances, ...syncGroups].flatMap((each) => each.mailing)];
  for (const statement of mailing) leaveMailOut(statement.place, shown(statement), notes);
  if (globals.mailPlace !== null) leaveMailOut(globals.mailPlace, "notification_email", notes);
  for (const statement of globals.ofServices)
    notes.leftOut(
      statement.place,
      say`${shown(statement)} is left out: it is for clusters with a virtual_server`,
      say`no change is needed`,
    );
  for (const [name, { place }] of groups)
    notes.leftOut(place, say`virtual_server_group ${name} has no virtual_server`, say`no change is needed`);
  for (const instance of instances) leaveOutOfInstance(instance, notes);
}

function leaveMailOut(place: Statement["place"], what: string, notes: Notes): void {
  notes.leftOut(
    place,
    say`${what} is left out: mail goes out about directors, not about floating addresses`,
    say`use notify to run a program at each change`,
  );
}

const userForm = /^[a-z_][a-z0-9_-]{0,31}$/;

/** It is in the topology at each program that it runs. */
export function tellScriptUser(
  { globals }: Configuration,
  elections: readonly ObservedElection[],
  notes: Notes,
): void {
  const { scriptUser } = globals;
  if (scriptUser === null || scriptUser.name === "root") return;
  const { name, statement } = scriptUser;
  const runs = elections.some(
    ({ track, notifies: { notify, notifyOn = {} } }) =>
      track.some((each) => each.track.user === name) ||
      [notify, ...Object.values(notifyOn)].some((program) => program?.user === name),
  );
  if (!userForm.test(name))
    notes.notUnderstood(
      statement.place,
      say`${JSON.stringify(name)} is not the name of a user`,
      say`correct it`,
    );
  else if (runs)
    notes.changed(
      statement.place,
      say`${shown(statement)}: in the topology each program has its user`,
      say`no change is needed`,
    );
  else
    notes.leftOut(
      statement.place,
      say`${shown(statement)} is left out: no program of the topology runs as that user`,
      say`no change is needed`,
    );
  if (statement.words[1] !== undefined)
    notes.leftOut(
      statement.place,
      say`the group ${statement.words[1].text} is left out: a topology has the user's own`,
      say`make it the user's primary group`,
    );
}

function leaveOutOfInstance(instance: InstanceDraft, notes: Notes): void {
  const { name, place, interface: own, addresses, passwordPlace, untracked, syncInterface } = instance;
  const carriers = unique(addresses.flatMap((address) => address.interface ?? []));
  if (own === null)
    notes.placeholder(
      place,
      "/hosts",
      say`${name} has no interface, and keepalived needs one: the placeholder is that of its addresses`,
      say`correct it`,
    );
  else if (carriers.length > 0 && (carriers.length > 1 || !carriers.includes(own)))
    notes.changed(
      place,
      say`${name}'s adverts go over ${own}; lvsgen's go over ${carriers.reduce((before, carrier) => say`${before} and ${carrier}`)}, with its addresses`,
      say`make sure that the hosts reach each other there`,
      { effect: "traffic" },
    );
  if (passwordPlace !== null)
    notes.leftOut(
      passwordPlace,
      say`the password of ${name} is left out: floating addresses have none, as VRRP sends it in clear text`,
      say`allow protocol 112 from the other hosts only`,
    );
  if (untracked !== null)
    notes.changed(
      untracked,
      own === null
        ? say`dont_track_primary: lvsgen has a host give up that loses its interface`
        : say`dont_track_primary: lvsgen has a host give up that loses ${own}`,
      say`no change is needed if that is right`,
    );
  if (syncInterface !== null)
    notes.leftOut(
      place,
      say`lvs_sync_daemon_interface ${syncInterface} of ${name} is left out: it is for clusters with a virtual_server`,
      say`no change is needed`,
    );
}
