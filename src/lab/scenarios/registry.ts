/** Every scenario by name. */

import { activeDirectors } from "./announce/active-directors.ts";
import { activeServers } from "./announce/active-servers.ts";
import { icmpErrors } from "./announce/icmp-errors.ts";
import { sameServer } from "./announce/same-server.ts";
import { spread } from "./announce/spread.ts";
import { withdrawal } from "./announce/withdrawal.ts";
import { arp } from "./arp.ts";
import { balance } from "./balance/balance.ts";
import { concurrent } from "./concurrent.ts";
import { crash } from "./crash.ts";
import { drain } from "./drain.ts";
import { foreignState } from "./foreign-state.ts";
import { failover } from "./high-availability/failover.ts";
import { flushed } from "./high-availability/flushed.ts";
import { healthCheck } from "./high-availability/health-check.ts";
import { reload } from "./high-availability/reload.ts";
import { idempotence } from "./idempotence.ts";
import { missing } from "./missing.ts";
import { trackFaults } from "./moving/track-faults.ts";
import type { ScenarioName } from "./names.ts";
import { longConnection, reapplyUnderLoad } from "./reapply.ts";
import { restore } from "./restore.ts";
import type { Scenario } from "./scenario.ts";
import { thresholds } from "./thresholds.ts";

export const SCENARIOS: Record<string, Scenario> & Record<ScenarioName, Scenario> = {
  balance,
  arp,
  idempotence,
  "reapply-under-load": reapplyUnderLoad,
  "long-connection": longConnection,
  restore,
  "foreign-state": foreignState,
  drain,
  thresholds,
  concurrent,
  missing,
  crash,
  "health-check": healthCheck,
  "track-faults": trackFaults,
  failover,
  reload,
  flushed,
  spread,
  "same-server": sameServer,
  "active-directors": activeDirectors,
  withdrawal,
  "active-servers": activeServers,
  "icmp-errors": icmpErrors,
};
