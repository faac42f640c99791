/** A process of the fuzzer: runs one range and tells its parent each case before it begins. */

import { runCases } from "./run-cases.ts";

const range = JSON.parse(process.argv[2] ?? "null");
const tally = runCases(range, (number) => process.send?.({ begun: number }));
// Disconnected only when it is sent, as it is long.
process.send?.({ tally }, () => process.disconnect());
