/** vrrp_sync_group of keepalived.conf: instances that move together. */

import { say } from "../../languages/say.ts";
import type { Notes } from "../notes.ts";
import type { Place } from "../place.ts";
import type { InstanceDraft } from "./instances.ts";
import { defineBlock, readBlock } from "./keywords.ts";
import { notifyKeywords, notifyReaders } from "./notifies.ts";
import type { Statement } from "./statements.ts";
import { type TrackUse, trackLists, trackReaders } from "./track-lists.ts";

export interface SyncGroup {
  readonly name: string;
  readonly place: Place;
  /** What all of its instances watch. */
  readonly uses: readonly TrackUse[];
  readonly notifies: readonly Statement[];
  readonly mailing: readonly Statement[];
  readonly members: readonly { readonly name: string; readonly place: Place }[];
}

interface Draft {
  uses: TrackUse[];
  readonly notifies: Statement[];
  readonly mailing: Statement[];
}

const block = defineBlock<Draft>({
  name: "vrrp_sync_group",
  repeated: ["group", ...trackLists],
  first: notifyKeywords,
  readers: {
    ...trackReaders<Draft>(),
    ...notifyReaders<Draft>(),
    // Read beside.
    group: () => {},
    smtp_alert: ({ mailing }, statement) => {
      mailing.push(statement);
    },
  },
  weighty: ["track_bfd", "notify_deleted"],
  others: ["global_tracking"],
  prefixes: ["notify", "sync_group", "track_"],
});

export function readSyncGroup({ words, place: begin, block: inside }: Statement, notes: Notes): SyncGroup {
  const statements = inside ?? [];
  const settings = /^(notify|track_|global_tracking|sync_group|smtp_alert|group$)/;
  // Old ones name their instances without the block "group".
  const isMember = (each: Statement) => each.block === null && !settings.test(each.keyword);
  const draft: Draft = { uses: [], notifies: [], mailing: [] };
  readBlock(
    draft,
    statements.filter((each) => !isMember(each)),
    block,
    notes,
  );
  const listed = statements.filter(({ keyword }) => keyword === "group");
  const entries = [...statements.filter(isMember), ...listed.flatMap((each) => each.block ?? [])];
  return {
    ...draft,
    name: words[0]?.text ?? "",
    place: begin,
    members: entries.flatMap(({ keyword, words: more, place }) =>
      [keyword, ...more.map(({ text }) => text)].map((name) => ({ name, place })),
    ),
  };
}

export function tellMembers(
  groups: readonly SyncGroup[],
  instances: readonly InstanceDraft[],
  notes: Notes,
): void {
  const names = new Set(instances.map(({ name }) => name));
  for (const { name, members } of groups)
    for (const member of members)
      if (!names.has(member.name))
        notes.notUnderstood(
          member.place,
          say`${member.name} in vrrp_sync_group ${name} is no vrrp_instance: keepalived ignores it`,
          say`correct or remove it`,
          { effect: "other" },
        );
}

/** Whether some group has both. */
export function moveTogether(groups: readonly SyncGroup[], one: string, other: string): boolean {
  return groups.some(({ members }) => {
    const names = members.map(({ name }) => name);
    return names.includes(one) && names.includes(other);
  });
}
