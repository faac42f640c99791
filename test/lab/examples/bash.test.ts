/** The seeds' examples in bash. */

import { examplesHold, inEachShell, small } from "./hold.ts";

examplesHold(small, "bash", inEachShell);
