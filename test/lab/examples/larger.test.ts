/** The larger examples, in the shells of their hosts. */

import { beforeRelease } from "../../helpers/release.ts";
import { everything, examplesHold, larger } from "./hold.ts";

examplesHold(
  beforeRelease(larger, ["everything"]),
  null,
  beforeRelease(everything, ["balance", "idempotence"]),
);
