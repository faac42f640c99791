/** Every rule, in the order of its code. */

import type { Rule } from "./rule.ts";

export const rules: readonly Rule[] = [];
