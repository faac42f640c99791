/** The seeds' examples in busybox ash. */

import { examplesHold, inEachShell, small } from "./hold.ts";

examplesHold(small, "busybox", inEachShell);
