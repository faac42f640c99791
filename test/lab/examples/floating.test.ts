/** The examples without virtual services, with real keepalived and nginx: before a release; test/lab/floating.test.ts represents them. */

import { WITHOUT_SERVICES } from "../../../src/lab/scenarios/names.ts";
import { examplesHold, withoutServices } from "./hold.ts";

examplesHold(withoutServices, null, WITHOUT_SERVICES);
