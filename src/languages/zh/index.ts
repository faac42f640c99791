/** Simplified Chinese. test/languages/catalogue.test.ts says which rows are missing. */

import type { Catalogue } from "../say.ts";
import { announce } from "./announce.ts";
import { commands } from "./commands.ts";
import { diff } from "./diff.ts";
import { drain } from "./drain.ts";
import { hostRules } from "./host-rules.ts";
import { importing } from "./import.ts";
import { importFloating } from "./import-floating.ts";
import { importKeepalived } from "./import-keepalived.ts";
import { importReaders } from "./import-readers.ts";
import { output } from "./output.ts";
import { plan } from "./plan.ts";
import { retire } from "./retire.ts";
import { roll } from "./roll.ts";
import { rules } from "./rules.ts";
import { schema } from "./schema.ts";
import { topology } from "./topology.ts";

export const zh: Catalogue = {
  ...schema,
  ...topology,
  ...rules,
  ...hostRules,
  ...importing,
  ...importReaders,
  ...importKeepalived,
  ...importFloating,
  ...plan,
  ...diff,
  ...output,
  ...commands,
  ...drain,
  ...retire,
  ...roll,
  ...announce,
};
