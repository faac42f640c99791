/** What the page begins with: the address' topology, this tab's draft, or a preset. */

import { isOlder } from "../../../src/base/versions.ts";
import { presets } from "../../../src/presets/presets.ts";
import { language, languages } from "../i18n/words.ts";
import type { TopologyText } from "../topology-text.ts";
import { version } from "../version.ts";
import { begin, noteStep, open } from "./actions.ts";
import { withoutPasswords } from "./address.ts";
import type { Draft } from "./drafts.ts";
import { reasonOf } from "./failures.ts";
import { discard, earlierDrafts, restoreAddress, startKeeping } from "./keep.ts";
import { NewerLink, sharedTopology } from "./link.ts";
import { type Notice, notice, topology } from "./state.ts";

const preset: TopologyText = { text: presets.dr, name: "topology.yaml" };

interface Found {
  readonly topology: TopologyText | null;
  /** What has to be said about it. */
  readonly notice: Notice | null;
}

export async function beginPage(): Promise<void> {
  const found = await topologyOfAddress();
  const { own, latest } = earlierDrafts();
  const first = continued(own) ?? found.topology ?? preset;
  const done = begin(first);
  // Before the first results are there: a person may edit already.
  startKeeping();
  const offered = own ?? latest;
  const offer = offered === null || isSame(offered.topology, first) ? null : offerOf(offered);
  const told = found.notice ?? offer;
  if (told !== null) notice.value = { ...told, actions: offer?.actions ?? [] };
  await done;
}

/** Another address was entered, a link was followed, or "back" was pressed. */
export async function addressChanged(): Promise<void> {
  const found = await topologyOfAddress();
  if (found.topology === null) restoreAddress();
  else if (!isSame(found.topology, await withoutPasswords(topology.value))) {
    open(found.topology);
    noteStep({ key: "share.opened" });
  }
  if (found.notice !== null) notice.value = found.notice;
}

async function topologyOfAddress(): Promise<Found> {
  try {
    const shared = await sharedTopology(location.hash, version);
    const made = shared?.version ?? null;
    const isNewer = made !== null && isOlder(version, made);
    return {
      topology: shared?.topology ?? null,
      notice: isNewer ? { key: "share.newer", values: { made, own: version } } : null,
    };
  } catch (error) {
    const reason = reasonOf(error);
    const told: Notice =
      error instanceof NewerLink
        ? { key: "share.unknown", values: { own: version } }
        : { key: "share.bad", values: { reason } };
    return { topology: null, notice: { ...told, isError: true } };
  }
}

function isSame(one: TopologyText, other: TopologyText): boolean {
  return one.text === other.text && one.name === other.name;
}

/** This tab's draft if it goes on from the address: later, or with what addresses leave out. */
function continued(draft: Draft | null): TopologyText | null {
  if (draft === null) return null;
  const { hash } = location;
  const isOwn = draft.address === hash && hash !== "";
  const isReloaded = isReload() && (draft.address === hash || draft.earlier === hash);
  return isOwn || isReloaded ? draft.topology : null;
}

function isReload(): boolean {
  const [navigation] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  return navigation?.type === "reload";
}

function offerOf(draft: Draft): Notice {
  const time = new Date(draft.time).toLocaleString(languages[language.value].tag);
  return {
    key: "draft.offer",
    values: { time },
    actions: [
      {
        key: "draft.open",
        run: () => {
          open(draft.topology);
          noteStep({ key: "draft.opened" });
        },
      },
      { key: "draft.discard", run: () => discard(draft) },
    ],
  };
}
