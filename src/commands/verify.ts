/** `lvsgen verify`: requests to the VIPs from here, and who answered. */

import type { CommandModule } from "yargs";
import { HostProgress } from "../deploy/progress.ts";
import { verifyCluster } from "../verify/verify.ts";
import { verifyText } from "../verify/verify-text.ts";
import { requireCluster } from "./require-cluster.ts";
import { ProblemError, type TopologyArguments, topologyOptions, UsageError, writeData } from "./shared.ts";

interface VerifyArguments extends TopologyArguments {
  readonly requests: number;
  readonly timeout: number;
}

export const verifyCommand: CommandModule<object, VerifyArguments> = {
  command: "verify <file>",
  describe: "Request each VIP from here and show who answers",
  builder: (yargs) =>
    topologyOptions(yargs)
      .option("requests", {
        type: "number",
        default: 20,
        requiresArg: true,
        describe: "Requests to each VIP",
      })
      .option("timeout", {
        type: "number",
        default: 5,
        requiresArg: true,
        describe: "Seconds to wait for an answer",
      }) as never,
  handler: verify,
};

async function verify({ file, format, requests, timeout }: VerifyArguments): Promise<void> {
  if (!Number.isInteger(requests) || requests < 1 || requests > 100_000)
    throw new UsageError("--requests takes a whole number from 1 to 100000");
  if (!(timeout > 0 && timeout <= 3600)) throw new UsageError("--timeout takes seconds, up to 3600");
  const { cluster } = await requireCluster({ file, format });
  const progress = new HostProgress(process.stderr);
  const onProgress = (words: string): void => progress.show(words);
  const verdicts = await verifyCluster(cluster, { requests, timeout, onProgress });
  progress.clear();
  if (format === "json") writeData(`${JSON.stringify({ services: verdicts }, null, 2)}\n`);
  else writeData(verifyText(verdicts));
  const bad = verdicts.filter(({ state }) => state === "silent" || state === "partly");
  if (bad.length > 0)
    throw new ProblemError(
      `not every request was answered: ${bad.map(({ service }) => service).join(", ")}; 'lvsgen status ${file}' shows the hosts`,
    );
}
