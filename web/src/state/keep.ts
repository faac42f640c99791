/** Keeps the topology at hand, in the address and as a draft, so that neither reload nor a closed tab loses it. */

import { effect } from "@preact/signals";
import type { TopologyText } from "../topology-text.ts";
import { hasUnfinishedEdits } from "./actions.ts";
import { addressOf, showAddress } from "./address.ts";
import { type Draft, draftsIn, dropDraft, keepDraft } from "./drafts.ts";
import { reportFailure } from "./failures.ts";
import * as state from "./state.ts";

/** Milliseconds of rest before it is kept. */
const rest = 400;

/** The address of the topology at hand; empty for the page's own first one. */
let address = "";
let earlier = "";
let isWarned = false;

/** In the tab's own storage, which a copy of the tab gets, too. */
const tabKey = "lvsgen-tab";
let tab = tabName();

/** From now on, each time the topology changes. */
export function startKeeping(): void {
  earlier = address = location.hash;
  claimTab();
  askBeforeLoss();
  const first = state.topology.peek();
  let kept = first;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const keep = async () => {
    clearTimeout(timer);
    const topology = state.topology.peek();
    if (kept === topology) return;
    kept = topology;
    keepDraftOf(topology);
    const own = await addressOf(topology);
    if (state.topology.peek() !== topology) return;
    [earlier, address] = [address, own];
    showAddress(address);
    const isKept = keepDraftOf(topology);
    if (isKept || address !== "" || isWarned) return;
    isWarned = true;
    state.notice.value = { key: "keep.full", isError: true };
  };
  effect(() => {
    if (state.topology.value === kept) return;
    clearTimeout(timer);
    timer = setTimeout(() => void keep().catch(reportFailure), rest);
  });
  // A draft is written at once, the address perhaps not.
  addEventListener("pagehide", () => void keep().catch(() => {}));
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") void keep().catch(() => {});
  });
}

/** So that a page that is loaded again knows whether its address is older than the draft. */
function keepDraftOf(topology: TopologyText): boolean {
  return keepDraft(localDrafts(), { tab, topology, address, earlier, time: Date.now() });
}

/** Where the address was changed to something that is no topology. */
export function restoreAddress(): void {
  showAddress(address);
}

/** This tab's from before it was loaded again, and the latest of all. */
export function earlierDrafts(): { readonly own: Draft | null; readonly latest: Draft | null } {
  const drafts = draftsIn(localDrafts());
  return { own: drafts.find((draft) => draft.tab === tab) ?? null, latest: drafts[0] ?? null };
}

/** With others of the same text: a page that is loaded before its earlier load has ended is a tab of its own. */
export function discard({ topology }: Draft): void {
  for (const draft of draftsIn(localDrafts()))
    if (draft.topology.text === topology.text) dropDraft(localDrafts(), draft.tab);
}

/** One that keeps nothing if the browser forbids storage. */
function localDrafts(): Storage | { getItem(): null; setItem(): never; removeItem(): void } {
  try {
    return localStorage;
  } catch {
    return {
      getItem: () => null,
      setItem: () => {
        throw new Error("no storage");
      },
      removeItem: () => {},
    };
  }
}

/** Stays the same when the tab is loaded again. */
function tabName(): string {
  try {
    return sessionStorage.getItem(tabKey) ?? freshName();
  } catch {
    return freshName();
  }
}

function freshName(): string {
  return `${Date.now()}-${Math.random()}`;
}

/** A tab's copy has its name, too, but must not write over its draft: whoever comes second gets another name. */
function claimTab(): void {
  try {
    sessionStorage.setItem(tabKey, tab);
  } catch {
    // Then each load is a tab of its own.
  }
  const keepOrChange = (lock: Lock | null) => {
    if (lock !== null) return new Promise<void>(() => {});
    const { own } = earlierDrafts();
    tab = freshName();
    claimTab();
    // What was only offered stays the other's: a draft of the page's first topology would hide it.
    if (own?.topology.text === state.topology.peek().text) keepDraftOf(state.topology.peek());
    return undefined;
  };
  navigator.locks?.request(`lvsgen-tab-${tab}`, { ifAvailable: true }, keepOrChange).catch(() => {});
}

/** The browser asks before it leaves what is not part of the topology yet: a name half typed, an edit that is being made. */
function askBeforeLoss(): void {
  addEventListener("beforeunload", (event) => {
    if (hasUnfinishedEdits() || document.querySelector("[data-draft]") !== null) event.preventDefault();
  });
}
