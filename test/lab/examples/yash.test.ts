/** The seeds' examples in yash, which splits as the dash of Debian 8 to 10 does. */

import { beforeRelease } from "../../helpers/release.ts";
import { examplesHold, inEachShell, small } from "./hold.ts";

examplesHold(beforeRelease(small, ["centos7-sysv"]), "yash", inEachShell);
