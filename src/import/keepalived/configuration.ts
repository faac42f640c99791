/** keepalived.conf as a whole: its blocks, before anything is made of them. */

import { say } from "../../languages/say.ts";
import type { Notes } from "../notes.ts";
import type { Source } from "../place.ts";
import { topLevel } from "./braces.ts";
import { type GlobalsDraft, noGlobals, readGlobals } from "./globals.ts";
import { type InstanceDraft, readInstance } from "./instances.ts";
import { defineBlock, readBlock } from "./keywords.ts";
import { type ReadInclude, readStatements, type Statement } from "./statements.ts";
import { readSyncGroup, type SyncGroup, tellMembers } from "./sync-groups.ts";
import {
  type DefinedKind,
  definedBy,
  readTrackDefinition,
  type TrackDefinition,
} from "./track-definitions.ts";

export interface KeepalivedOptions {
  readonly configId: string | null;
  readonly readInclude: ReadInclude;
}

export interface Configuration {
  readonly source: Source;
  readonly globals: GlobalsDraft;
  readonly groups: Map<string, Statement>;
  readonly services: Statement[];
  readonly instances: InstanceDraft[];
  readonly syncGroups: SyncGroup[];
  readonly definitions: TrackDefinition[];
}

/** keepalived uses the first of a name. */
function tellNamed(name: string, { keyword, place }: Statement, notes: Notes): void {
  notes.leftOut(
    place,
    say`${keyword} ${name} is given again: keepalived uses the first one, and so does the topology`,
    say`rename or remove it`,
    { effect: "traffic" },
  );
}

interface Draft extends Configuration {
  /** Read when the globals are known. */
  readonly tracks: { readonly kind: DefinedKind; readonly statement: Statement }[];
}

const top = defineBlock<Draft>({
  name: topLevel,
  repeated: [
    ...["global_defs", "vrrp_instance", "vrrp_sync_group", "virtual_server_group", "virtual_server"],
    ...Object.keys(definedBy),
  ],
  readers: {
    ...Object.fromEntries(
      Object.entries(definedBy).map(([keyword, kind]) => [
        keyword,
        ({ tracks }: Draft, statement: Statement, notes: Notes) => {
          const name = statement.words[0]?.text ?? "";
          const isKnown = tracks.some((each) => each.kind === kind && each.statement.words[0]?.text === name);
          if (isKnown) tellNamed(name, statement, notes);
          else tracks.push({ kind, statement });
        },
      ]),
    ),
    global_defs: ({ globals }, statement, notes) => readGlobals(globals, statement, notes),
    vrrp_instance: ({ instances }, statement, notes) => {
      const name = statement.words[0]?.text ?? "";
      if (instances.some((each) => each.name === name)) tellNamed(name, statement, notes);
      else instances.push(notes.within(statement.place, () => readInstance(statement, notes)));
    },
    vrrp_sync_group: ({ syncGroups }, statement, notes) => {
      const name = statement.words[0]?.text ?? "";
      if (syncGroups.some((each) => each.name === name)) tellNamed(name, statement, notes);
      else syncGroups.push(readSyncGroup(statement, notes));
    },
    virtual_server_group: ({ groups }, statement, notes) => {
      const name = statement.words[0]?.text ?? "";
      if (groups.has(name)) tellNamed(name, statement, notes);
      else groups.set(name, statement);
    },
    virtual_server: ({ services }, statement) => {
      services.push(statement);
    },
  },
  weighty: [
    ...["static_ipaddress", "static_routes", "static_rules", "net_namespace", "net_namespace_ipvs", "SSL"],
  ],
  others: [
    ...["static_track_group", "garp_group", "bfd_instance", "namespace_with_ipsets", "instance"],
    ...["use_pid_dir", "linkbeat_interfaces", "linkbeat_use_polling", "interface_up_down_delays"],
    ...["child_wait_time", "include_check"],
  ],
});

/** @throws ImportError for braces that do not match and invalid includes */
export function readConfiguration(source: Source, options: KeepalivedOptions, notes: Notes): Configuration {
  const dialect = { notes, configId: options.configId, parameters: new Map<string, string>() };
  const statements = readStatements(source, dialect, options.readInclude);
  const found: Draft = {
    source,
    globals: noGlobals(),
    groups: new Map(),
    services: [],
    instances: [],
    syncGroups: [],
    tracks: [],
    definitions: [],
  };
  readBlock(found, statements, top, notes);
  const user = found.globals.scriptUser?.name ?? null;
  for (const { kind, statement } of found.tracks)
    found.definitions.push(
      notes.within(statement.place, () => readTrackDefinition(statement, kind, user, notes)),
    );
  tellMembers(found.syncGroups, found.instances, notes);
  return found;
}
