/**
 * What of a keepalived.conf the topology does not have is in a note, and so is what the topology has and the file does
 * not.
 */

import fc from "fast-check";
import { expect, test } from "vitest";
import { type Imported, importTopology } from "../../src/import/import-topology.ts";
import { checkTopology } from "../../src/rules/check-topology.ts";
import {
  around,
  files,
  isDefault,
  isOverridden,
  isWritten,
  type Line,
  leavesOf,
  textOf,
} from "./keepalived-files.ts";

const runs = { numRuns: 2000 };

function importText(text: string): Imported {
  return importTopology([{ name: "keepalived.conf", text }]);
}

test("each statement is in the topology, or in a note, or what keepalived does without it", () => {
  fc.assert(
    fc.property(files, fc.nat(), (lines, which) => {
      const leaves = leavesOf(lines);
      const chosen = leaves[which % leaves.length];
      if (chosen === undefined) return;
      const { text, numbers } = textOf(lines);
      const whole = importText(text);
      const rest = importText(textOf(lines, chosen).text);
      const isSaid =
        JSON.stringify(whole.topology) !== JSON.stringify(rest.topology) ||
        whole.notes.some(({ place }) => place.line === numbers.get(chosen)) ||
        messages(whole) !== messages(rest) ||
        isRepeated(leaves, chosen) ||
        isWritten(chosen) ||
        isOverridden(lines, chosen) ||
        isInLeftOut(lines, chosen, whole, numbers) ||
        isDefault(chosen);
      expect(isSaid, `line ${numbers.get(chosen)} of\n${text}`).toBe(true);
    }),
    runs,
  );
});

/** What is inside of a block that the import says it left out needs no notes of its own. */
function isInLeftOut(lines: Line[], leaf: Line, { notes }: Imported, numbers: Map<Line, number>): boolean {
  const outer = around(lines, leaf);
  const blocks = new Set(outer.map((each) => numbers.get(each)));
  const inside = new Set(leavesOf(outer.slice(0, 1)).map((each) => numbers.get(each)));
  return notes.some(
    ({ place, message }) =>
      (blocks.has(place.line) && /left out|not support/.test(message)) ||
      (inside.has(place.line) && /the track is left out/.test(message)),
  );
}

function messages({ notes }: Imported): string {
  return JSON.stringify(notes.map(({ message, place }) => [place.line, message]));
}

/** The same line again changes nothing. */
function isRepeated(leaves: readonly Line[], { keyword, value }: Line): boolean {
  return leaves.filter((other) => other.keyword === keyword && other.value === value).length > 1;
}

test("services and servers are counted, and what is imported validates", () => {
  fc.assert(
    fc.property(files, (lines) => {
      const { text } = textOf(lines);
      const { topology, services, servers } = importText(text);
      const written = (keyword: string) => [...text.matchAll(new RegExp(`^ *${keyword} `, "gm"))].length;
      expect([services.seen, servers.seen], text).toEqual([
        written("virtual_server"),
        written("real_server"),
      ]);
      const errors = checkTopology(JSON.stringify(topology), "topology.json").diagnostics.filter(
        ({ severity }) => severity === "error",
      );
      expect(errors, text).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test("each value of the topology is in the file, or in a note, or keepalived's own default", () => {
  fc.assert(
    fc.property(files, (lines) => {
      const { text } = textOf(lines);
      const { topology, notes } = importText(text);
      const noted = notes.map(({ pointer }) => pointer).filter((pointer) => pointer !== "");
      const values = valuesOf(topology);
      const isNoted = (pointer: string) =>
        noted.some((place) => pointer === place || pointer.startsWith(`${place}/`));
      // Several addresses have one instance or track: its note is at the first.
      const shared = new Set(values.filter(([pointer]) => isNoted(pointer)).map(sharedSetting));
      const unexplained = values.filter(
        ([pointer, value]) =>
          !isImplied(pointer, value) &&
          !(pointer.startsWith("/floatingAddresses/") && shared.has(sharedSetting([pointer, value]))) &&
          !text.toLowerCase().includes(String(value).replace(/\/32$/, "").toLowerCase()) &&
          !isNoted(pointer) &&
          !(pointer.startsWith("/hosts/") && noted.some((place) => place.startsWith("/hosts"))),
      );
      expect(unexplained, text).toEqual([]);
    }),
    runs,
  );
});

function sharedSetting([pointer, value]: readonly [string, unknown]): string {
  return `${pointer.replace(/^\/floatingAddresses\/\d+\/(track\/\d+\/)?/, "")} ${value}`;
}

function valuesOf(value: unknown, pointer = ""): [string, unknown][] {
  if (typeof value !== "object" || value === null) return [[pointer, value]];
  return Object.entries(value).flatMap(([key, inner]) => valuesOf(inner, `${pointer}/${key}`));
}

/** Names of things, and what keepalived.conf(5) says of a setting that is missing. */
function isImplied(pointer: string, value: unknown): boolean {
  return implied.some(
    ([place, ...values]) => place.test(pointer) && (values.length === 0 || values.includes(value)),
  );
}

const implied: readonly (readonly [RegExp, ...unknown[]])[] = [
  [/^\/version$/, 1],
  [/^\/directors\/engine$/, "keepalived"],
  [/^\/directors\/hosts\/|\/realServers\/\d+\/host$|\/sorryServer\/host$/],
  [/^\/directors\/vrrp\/unicast$/, false],
  [/^\/directors\/vrrp\/preempt$/],
  [/^\/directors\/vrrp\/advertInterval$/, 1],
  [/\/virtualServices\/\d+\/name$/],
  [/\/scheduler$/, "wlc"],
  [/\/protocol$/, "tcp"],
  [/\/forwarding$/, "nat"],
  [/\/weight$/, 1],
  [/\/onePacket$/, true],
  [/\/healthCheck\/type$/],
  [/\/healthCheck\/interval$/, 60],
  [/\/healthCheck\/timeout$/, 5, 60],
  [/\/healthCheck\/retries$/, 1, 0],
  [/\/healthCheck\/delayBeforeRetry$/, 1, 3],
  [/\/persistence\/timeout$/, 360],
  [/^\/floatingAddresses\/\d+\/name$/],
  [/^\/floatingAddresses\/\d+\/hosts\/\d+\/host$/],
  [/^\/floatingAddresses\/\d+\/hosts\/\d+\/priority$/, 100],
  [/^\/floatingAddresses\/\d+\/advertInterval$/, 1],
  [/^\/floatingAddresses\/\d+\/preempt$/],
  [/^\/floatingAddresses\/\d+\/unicast$/],
  [/\/track\/\d+\/type$/],
  [/\/track\/\d+\/(interval|timeout|rise|fall|weight)$/, 1],
];
