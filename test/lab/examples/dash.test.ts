/** The seeds' examples in dash, every scenario. */

import { everything, examplesHold, small } from "./hold.ts";

examplesHold(small, "dash", everything);
