/** real_server of keepalived.conf. */

import { phrase, say } from "../../languages/say.ts";
import { canonicalIp } from "../../topology/addresses.ts";
import type { HealthCheck } from "../../topology/input.generated.ts";
import type { Notes } from "../notes.ts";
import type { ObservedServer } from "../observed.ts";
import {
  checkKeywords,
  isCheck,
  readCheck,
  type Timing,
  timingReaders,
  virtualHostReader,
} from "./checks.ts";
import { defineBlock, firstWord, numberOf, on, ownWay, type Reader, readBlock } from "./keywords.ts";
import { knownIn } from "./levels.ts";
import { type Method, readMethod, serverPort, weightOf } from "./methods.ts";
import type { ServiceDraft } from "./service-block.ts";
import type { Statement } from "./statements.ts";
import { tellTiming } from "./unused-timing.ts";

interface ServerDraft extends Timing {
  weight: number;
  upperThreshold: number;
  lowerThreshold: number;
  method: Method;
}

function threshold(key: "upperThreshold" | "lowerThreshold"): Reader<ServerDraft> {
  return (draft, statement, notes) => {
    draft[key] = numberOf(statement, notes, [0, 65535]) ?? 0;
  };
}

const serverBlock = defineBlock<ServerDraft>({
  name: "real_server",
  readers: {
    ...timingReaders<ServerDraft>(),
    virtualhost: virtualHostReader(),
    weight: (draft, statement, notes) => {
      draft.weight = weightOf(statement, notes) ?? draft.weight;
    },
    uthreshold: threshold("upperThreshold"),
    lthreshold: threshold("lowerThreshold"),
    lvs_method: (draft, statement, notes) => {
      draft.method = readMethod(statement, notes) ?? draft.method;
    },
    smtp_alert: ownWay(on, phrase`lvsgen has all changes mailed where there is a notification`),
  },
  others: ["snmp_name"],
  weighty: ["inhibit_on_failure", "notify_up", "notify_down"],
});

knownIn("real_server", checkKeywords);

/** @param services how many have it */
export function readServer(
  statement: Statement,
  service: ServiceDraft,
  services: number,
  notes: Notes,
): ObservedServer | null {
  const name = firstWord(statement, notes);
  const address = canonicalIp(name);
  if (address === null) {
    if (name !== "")
      notes.notUnderstood(
        statement.place,
        say`${JSON.stringify(name)} is not an IP address`,
        say`use a numeric address`,
        {
          lost: { servers: services },
        },
      );
    return null;
  }
  const draft: ServerDraft = {
    ...timingOf(service),
    weight: service.weight,
    upperThreshold: 0,
    lowerThreshold: 0,
    method: service.method,
  };
  const block = statement.block ?? [];
  const isOwn = ({ keyword }: Statement) => isCheck(keyword);
  readBlock(
    draft,
    block.filter((each) => !isOwn(each)),
    serverBlock,
    notes,
  );
  const port = serverPort(statement, notes);
  const checks = block
    .filter(isOwn)
    .flatMap((each) => readCheck(each, timingOf(draft), { address, port }, notes) ?? []);
  if (checks.length > 1)
    notes.leftOut(
      statement.place,
      say`a topology has one check for a service: the first of ${checks.length} is used`,
      say`choose the check that detects most faults`,
      { effect: "traffic" },
    );
  const { weight, upperThreshold, lowerThreshold, method } = draft;
  const check: HealthCheck | null = checks[0] ?? null;
  const server = { address, port, weight, upperThreshold, lowerThreshold, ...method, check };
  tellTiming(block, block.filter(isOwn), checks, notes);
  return { ...server, place: statement.place };
}

function timingOf({ interval, timeout, retries, delayBeforeRetry, virtualHost }: Timing): Timing {
  const values = { interval, timeout, retries, delayBeforeRetry, virtualHost };
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Timing;
}
