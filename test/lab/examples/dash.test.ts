/** The seeds' examples in dash, every scenario. */

import { beforeRelease } from "../../helpers/release.ts";
import { everything, examplesHold, inEachShell, small } from "./hold.ts";

examplesHold(beforeRelease(small, ["pi-lab"]), "dash", beforeRelease(everything, inEachShell));
