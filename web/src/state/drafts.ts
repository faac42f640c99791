/** The topology at hand, kept in this browser: one draft for each tab, the latest few. */

import type { TopologyText } from "../topology-text.ts";

export interface Draft {
  readonly tab: string;
  readonly topology: TopologyText;
  /** The part of the page's address from # on, when it was kept; it may have an earlier topology. */
  readonly address: string;
  /** The one before that: a reload that began in between goes there. */
  readonly earlier: string;
  /** Milliseconds since 1970. */
  readonly time: number;
}

/** What browsers have: localStorage. */
export type DraftStore = Pick<Storage, "getItem" | "setItem" | "removeItem">;

const key = "lvsgen-drafts";
/** Drafts that are kept: more than most people have tabs of the page. */
const most = 20;

/** The latest first; none if there is nothing that can be read. */
export function draftsIn(store: DraftStore): readonly Draft[] {
  try {
    const read: unknown = JSON.parse(store.getItem(key) ?? "[]");
    return Array.isArray(read) ? read.filter(isDraft) : [];
  } catch {
    return [];
  }
}

/**
 * In the place of the tab's earlier draft. Where space is short, drafts of other tabs go, the oldest first.
 *
 * @returns false if the browser has no space for it, or allows no storage
 */
export function keepDraft(store: DraftStore, draft: Draft): boolean {
  let all = [draft, ...draftsIn(store).filter(({ tab }) => tab !== draft.tab)].slice(0, most);
  for (; all.length > 0; all = all.slice(0, -1)) {
    try {
      store.setItem(key, JSON.stringify(all));
      return true;
    } catch {
      // It is full.
    }
  }
  return false;
}

export function dropDraft(store: DraftStore, tab: string): void {
  try {
    store.setItem(key, JSON.stringify(draftsIn(store).filter((draft) => draft.tab !== tab)));
  } catch {
    // Then there is none.
  }
}

function isDraft(value: unknown): value is Draft {
  const { tab, time, topology, address, earlier } = (value ?? {}) as Partial<Draft>;
  return (
    typeof tab === "string" &&
    typeof time === "number" &&
    typeof address === "string" &&
    typeof earlier === "string" &&
    typeof topology?.text === "string" &&
    typeof topology.name === "string"
  );
}
