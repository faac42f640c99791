/** The example whose directors announce VIPs, with real keepalived and BIRD, and sessions with the lab's routers. */

import { ANNOUNCING, besideAnnouncing } from "../../../src/lab/scenarios/names.ts";
import { announcing, examplesHold } from "./hold.ts";

// Each has a kernel of its own: all of them would take longer than one may run.
for (const scenario of [...besideAnnouncing("keepalived"), ...ANNOUNCING])
  examplesHold(announcing, null, [scenario]);
