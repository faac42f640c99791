/** Takes lvsgen off hosts: looks at all first, then directors one after the other, real servers at the end. */

import { inParallel } from "../../base/in-parallel.ts";
import { say } from "../../languages/say.ts";
import type { LeavingHost } from "./leaving-host.ts";
import { leavingOrder } from "./leaving-order.ts";
import { type Look, type LookOptions, lookAtAll } from "./look.ts";
import type { RetiredHost } from "./report.ts";
import { retireHost } from "./retire-host.ts";

export interface RetireOptions extends LookOptions {
  readonly dryRun: boolean;
  /** Called once, before the first change; throws if there must be none. */
  readonly onFound: (reports: readonly RetiredHost[]) => Promise<void>;
}

/** Changes nothing unless every host was reached; stops at the first host that fails. */
export async function retire(
  hosts: readonly LeavingHost[],
  options: RetireOptions,
): Promise<readonly RetiredHost[]> {
  const looks = await lookAtAll(hosts, options);
  const ordered = leavingOrder(looks);
  const dry = ordered.map((look) => look.dry);
  if (options.dryRun) return dry;
  const untouched = dry.map((each) =>
    each.isCause || each.outcome === "nothing" ? each : { ...each, outcome: "untouched" as const },
  );
  if (options.signal.aborted || dry.some(({ isCause }) => isCause)) return untouched;
  if (!dry.some(({ outcome }) => outcome === "found")) return dry;
  await options.onFound(dry);
  const reports = await takeOff(ordered, options);
  return untouched.map((each) => reports.get(each.host) ?? each);
}

async function takeOff(looks: readonly Look[], options: RetireOptions): Promise<Map<string, RetiredHost>> {
  const reports = new Map<string, RetiredHost>();
  const due = looks.filter(({ dry }) => dry.outcome === "found");
  const goOn = (): boolean =>
    !options.signal.aborted && ![...reports.values()].some(({ isCause }) => isCause);
  const change = async ({ host, found, dry }: Look): Promise<void> => {
    if (found === null) return;
    options.onProgress(say`${host.name}: taking lvsgen off`);
    reports.set(host.name, { ...(await retireHost(host, found)), steps: dry.steps });
    options.onProgress(say`${reports.size} of ${due.length} hosts done`);
  };
  // A director is off before the servers that it sends to lose the VIP.
  await inParallel(due.filter(isDirector), 1, change, goOn);
  await inParallel(
    due.filter((each) => !isDirector(each)),
    options.parallel,
    change,
    goOn,
  );
  return reports;
}

/** By what is installed: the topology may say something else by now. */
function isDirector({ found }: Look): boolean {
  return found?.isDirector ?? false;
}
