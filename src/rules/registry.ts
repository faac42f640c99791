/** Every rule, in the order in which they run. */

import { addressRules } from "./addresses.ts";
import { advertLinkRules } from "./advert-link.ts";
import { announceRules } from "./announce.ts";
import { announceCommunityRules } from "./announce-communities.ts";
import { announceGateRules } from "./announce-gate.ts";
import { announceNeighborRules } from "./announce-neighbors.ts";
import { announceSchedulingRules } from "./announce-scheduling.ts";
import { applicationRules } from "./applications.ts";
import { asRealServerRules } from "./as-real-server.ts";
import { checkArgumentRules } from "./check-arguments.ts";
import { directorRules } from "./directors.ts";
import { drainedDirectorRules } from "./drained-directors.ts";
import { featureRules } from "./features.ts";
import { floatingAddressRules } from "./floating-addresses.ts";
import { floatingHostRules } from "./floating-hosts.ts";
import { halfRules } from "./halves.ts";
import { healthCheckRules } from "./health-checks.ts";
import { hostRules } from "./hosts.ts";
import { ignoreRules } from "./ignored.ts";
import { keepalivedRules } from "./keepalived.ts";
import { markRules } from "./marks.ts";
import { natRules } from "./nat.ts";
import { networkManagerRules } from "./network-managers.ts";
import { persistenceRules } from "./persistence.ts";
import { provisionRules } from "./provision.ts";
import { reachRules } from "./reach.ts";
import { realServerRules } from "./real-servers.ts";
import { roleRules } from "./roles.ts";
import { routeRules } from "./routes.ts";
import type { Rule } from "./rule.ts";
import { schedulerRules } from "./schedulers.ts";
import { schedulingRules } from "./scheduling.ts";
import { serviceRules } from "./services.ts";
import { shareRules } from "./shares.ts";
import { syncRules } from "./sync.ts";
import { sysctlRules } from "./sysctls.ts";
import { trackWeightRules } from "./track-weights.ts";
import { trackRules } from "./tracks.ts";
import { tunnelRules } from "./tunnels.ts";
import { uncountedRules } from "./uncounted.ts";
import { unitRules } from "./units.ts";
import { virtualRouterRules } from "./virtual-routers.ts";
import { vrrpPasswordRules } from "./vrrp-password.ts";

export const rules: readonly Rule[] = [
  ...hostRules,
  ...routeRules,
  ...roleRules,
  ...addressRules,
  ...directorRules,
  ...networkManagerRules,
  ...serviceRules,
  ...schedulerRules,
  ...realServerRules,
  ...reachRules,
  ...shareRules,
  ...natRules,
  ...tunnelRules,
  ...markRules,
  ...persistenceRules,
  ...schedulingRules,
  ...uncountedRules,
  ...applicationRules,
  ...featureRules,
  ...sysctlRules,
  ...syncRules,
  ...keepalivedRules,
  ...vrrpPasswordRules,
  ...virtualRouterRules,
  ...advertLinkRules,
  ...healthCheckRules,
  ...checkArgumentRules,
  ...asRealServerRules,
  ...provisionRules,
  ...halfRules,
  ...floatingHostRules,
  ...floatingAddressRules,
  ...trackRules,
  ...trackWeightRules,
  ...unitRules,
  ...announceRules,
  ...announceSchedulingRules,
  ...announceGateRules,
  ...announceNeighborRules,
  ...announceCommunityRules,
  ...drainedDirectorRules,
  ...ignoreRules,
];
