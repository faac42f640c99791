/** The larger examples, in the shells of their hosts. */

import { everything, examplesHold, larger } from "./hold.ts";

examplesHold(larger, null, everything);
