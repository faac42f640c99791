/** What setup.sh provides on a host beside the scripts and their services. */

import { isBirdOfEpel } from "../../platforms/bird.ts";
import { hasEpel } from "../../platforms/mirror-layout.ts";
import { packagingOf } from "../../platforms/platforms.ts";
import type { Cluster, Host, IpvsadmOrigin } from "../../topology/model.ts";
import { aptRepositories } from "./apt-repositories.ts";
import { buildPackages } from "./build-packages.ts";
import type { Repositories } from "./repositories.ts";
import { rpmRepositories } from "./rpm-repositories.ts";
import { type WebServerPlan, webServerPlan } from "./web-server.ts";

export interface Provision {
  /** Null: the host's own sources of packages. */
  readonly repositories: Repositories | null;
  readonly ipvsadm: IpvsadmOrigin;
  /** What building ipvsadm needs; none where it comes from a package. */
  readonly buildPackages: readonly string[];
  /** Null on a host whose services no web server could answer. */
  readonly webServer: WebServerPlan | null;
  /** Whether the package epel-release comes first: it has the key of EPEL's packages. */
  readonly epelRelease: boolean;
}

/** Whether its BIRD is lvsgen's to install. */
function speaksBgp({ directors }: Cluster, { name }: Host): boolean {
  return directors.announce?.daemon === "bird" && directors.hosts.includes(name);
}

export function provisionOf(cluster: Cluster, host: Host): Provision {
  const { mirror } = packagingOf(host.platform);
  const webServer = webServerPlan(cluster, host);
  return {
    repositories: mirror.kind === "apt" ? aptRepositories(host, mirror) : rpmRepositories(host, mirror),
    ipvsadm: host.ipvsadm,
    buildPackages: host.ipvsadm.kind === "source" ? buildPackages(host.platform, host.ipvsadm.tarball) : [],
    webServer,
    epelRelease:
      hasEpel(mirror) &&
      (host.mirrors.epel !== null ||
        webServer?.inEpel === true ||
        (speaksBgp(cluster, host) && isBirdOfEpel(host.platform))),
  };
}
