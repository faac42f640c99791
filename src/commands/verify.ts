/** `lvsgen verify`: sends requests to the VIPs, and shows which servers answered. */

import { listed } from "../base/counted.ts";
import { ProgressLine } from "../base/progress-line.ts";
import { say } from "../languages/say.ts";
import { verifyCluster } from "../verify/verify.ts";
import { verifyText } from "../verify/verify-text.ts";
import { defineCommand, type Values } from "./arguments.ts";
import { writeReport } from "./reports.ts";
import { requireCluster } from "./require-cluster.ts";
import { ProblemError, reportFormat, type TopologyArguments, topologyFile, writeData } from "./shared.ts";
import { progressStream } from "./streams.ts";

const options = {
  format: reportFormat,
  requests: {
    kind: "number",
    least: 1,
    most: 100_000,
    whole: true,
    default: 20,
    describe: "Requests to each VIP",
  },
  timeout: {
    kind: "number",
    least: 0.001,
    most: 3600,
    whole: false,
    default: 5,
    describe: "Seconds to wait for an answer",
  },
} as const;

type VerifyArguments = TopologyArguments & Values<typeof options>;

export const verifyCommand = defineCommand({ positionals: { file: topologyFile }, options }, verify);

async function verify({ file, format, requests, timeout }: VerifyArguments): Promise<void> {
  const { cluster } = await requireCluster({ file, format });
  const progress = new ProgressLine(progressStream());
  const onProgress = (words: string): void => progress.show(words);
  const verdicts = await verifyCluster(cluster, { requests, timeout, onProgress });
  progress.clear();
  if (format === "json") writeReport("verify", { services: verdicts });
  else writeData(verifyText(verdicts));
  const bad = verdicts.filter(({ state }) => state === "silent" || state === "partly");
  if (bad.length > 0)
    throw new ProblemError(
      say`requests without an answer: ${listed(bad.map(({ service }) => service))}; 'lvsgen status ${file}' shows the hosts`,
    );
}
