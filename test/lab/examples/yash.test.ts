/** The seeds' examples in yash, which splits as the dash of Debian 8 to 10 does. */

import { examplesHold, inEachShell, small } from "./hold.ts";

examplesHold(small, "yash", inEachShell);
