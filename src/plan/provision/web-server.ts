/** The web server of a real server: what it is on this system, and where it listens. */

import { unique } from "../../base/unique.ts";
import { packagingOf } from "../../platforms/platforms.ts";
import type {
  Cluster,
  Family,
  Host,
  PortRange,
  RealServer,
  VirtualService,
  WebServer,
} from "../../topology/model.ts";
import { entriesOf } from "../memberships.ts";

export interface WebServerPlan extends WebServerProgram {
  readonly kind: WebServer["kind"];
  /** Where the test page goes; null without one. */
  readonly page: string | null;
  /** Ports beside 80, which it listens at by itself. */
  readonly ports: readonly number[];
  /** Address families that packets for it may have. */
  readonly families: readonly Family[];
  /** Whether its package is one of EPEL. */
  readonly inEpel: boolean;
}

interface WebServerProgram {
  readonly package: string;
  /** Also the program that shows whether it is installed. */
  readonly program: string;
  readonly service: string;
  /** Checks its configuration. */
  readonly test: string;
  /** A file of its own that its configuration includes. */
  readonly configuration: string;
  /** What it serves at port 80 as it is packaged. */
  readonly documents: string;
}

const programs: Readonly<Record<WebServer["kind"], Readonly<Record<"apt" | "rpm", WebServerProgram>>>> = {
  nginx: {
    apt: {
      package: "nginx",
      program: "nginx",
      service: "nginx",
      test: "nginx -t -q",
      configuration: "/etc/nginx/conf.d/lvsgen.conf",
      documents: "/var/www/html",
    },
    rpm: {
      package: "nginx",
      program: "nginx",
      service: "nginx",
      test: "nginx -t -q",
      configuration: "/etc/nginx/conf.d/lvsgen.conf",
      documents: "/usr/share/nginx/html",
    },
  },
  apache: {
    apt: {
      package: "apache2",
      program: "apache2",
      service: "apache2",
      test: "apache2ctl -t",
      configuration: "/etc/apache2/conf-enabled/lvsgen.conf",
      documents: "/var/www/html",
    },
    rpm: {
      package: "httpd",
      program: "httpd",
      service: "httpd",
      test: "httpd -t",
      configuration: "/etc/httpd/conf.d/lvsgen.conf",
      documents: "/var/www/html",
    },
  },
};

export function webServerPlan(cluster: Cluster, host: Host): WebServerPlan | null {
  const { webServer, platform } = host;
  if (webServer === null) return null;
  const work = webWork(cluster, host.name);
  if (work.length === 0) return null;
  const { mirror, nginx } = packagingOf(platform);
  const program = programs[webServer.kind][mirror.kind];
  return {
    ...program,
    kind: webServer.kind,
    page: webServer.testPage ? `${program.documents}/index.html` : null,
    ports: unique(work.flatMap(({ ports }) => portsOf(ports))).filter((port) => port !== 80),
    families: unique(work.map(({ service }) => service.family)).sort(),
    inEpel: webServer.kind === "nginx" && nginx === "epel",
  };
}

export interface WebWork {
  readonly service: VirtualService;
  readonly ports: readonly PortRange[];
}

/** Types of check that a web server without a certificate cannot answer. */
const otherChecks: readonly string[] = ["https", "smtp", "dns", "udp"];

/** Services that send TCP to the host which a plain web server may answer, with the ports they come to. */
export function webWork(cluster: Cluster, host: string): WebWork[] {
  return entriesOf(cluster, host)
    .filter(({ service }) => service.protocol === "tcp")
    .filter(({ service }) => !otherChecks.includes(service.healthCheck?.type ?? ""))
    .map(({ service, server }) => ({ service, ports: plainPorts(service, server) }))
    .filter(({ ports }) => ports.length > 0);
}

/** Without TLS's, for which there is no certificate. Any port: the one that browsers use. */
function plainPorts({ mark }: VirtualService, { port }: RealServer): PortRange[] {
  const all = port === 0 ? (mark?.ports ?? [{ first: 80, last: 80 }]) : [{ first: port, last: port }];
  return all.filter(({ first, last }) => first !== TLS_PORT || last !== TLS_PORT);
}

/** Of TLS, by IANA. */
export const TLS_PORT = 443;

/** How many ports the ranges have together. */
export function countPorts(work: readonly WebWork[]): number {
  return work.flatMap(({ ports }) => ports).reduce((sum, { first, last }) => sum + last - first + 1, 0);
}

function portsOf(ranges: readonly PortRange[]): number[] {
  return ranges.flatMap(({ first, last }) =>
    Array.from({ length: last - first + 1 }, (_, offset) => first + offset),
  );
}
