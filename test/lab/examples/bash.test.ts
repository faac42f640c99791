/** The seeds' examples in bash. */

import { beforeRelease } from "../../helpers/release.ts";
import { examplesHold, inEachShell, small } from "./hold.ts";

examplesHold(beforeRelease(small, ["pi-lab"]), "bash", inEachShell);
