/** Every rule. */

import { addressRules } from "./addresses.ts";
import { directorRules } from "./directors.ts";
import { hostRules } from "./hosts.ts";
import { notSupportedRules } from "./not-supported.ts";
import { reachRules } from "./reach.ts";
import { realServerRules } from "./real-servers.ts";
import type { Rule } from "./rule.ts";
import { schedulerRules } from "./schedulers.ts";
import { serviceRules } from "./services.ts";
import { shareRules } from "./shares.ts";

export const rules: readonly Rule[] = [
  ...hostRules,
  ...addressRules,
  ...directorRules,
  ...serviceRules,
  ...schedulerRules,
  ...realServerRules,
  ...reachRules,
  ...shareRules,
  ...notSupportedRules,
];
