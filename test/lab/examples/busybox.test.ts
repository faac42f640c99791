/** The seeds' examples in busybox ash. */

import { beforeRelease } from "../../helpers/release.ts";
import { examplesHold, inEachShell, small } from "./hold.ts";

examplesHold(beforeRelease(small, ["pi-lab"]), "busybox", inEachShell);
