/** Rules about what setup.sh provides: web servers, package mirrors, ipvsadm. */

import { listed } from "../base/counted.ts";
import { pointerOf } from "../base/json-pointer.ts";
import { isOlder } from "../base/versions.ts";
import { inLanguage, phrase, say } from "../languages/say.ts";
import { countPorts, TLS_PORT, webWork } from "../plan/provision/web-server.ts";
import { hasEpel, hasMain } from "../platforms/mirror-layout.ts";
import { type Platform, packagingOf, platforms } from "../platforms/platforms.ts";
import type { Problem } from "../topology/diagnostics.ts";
import type { Host, Mirrors } from "../topology/input.generated.ts";
import { tarballVersion } from "../topology/normalize-provision.ts";
import type { PlacedHost } from "./places.ts";
import { rolesOf } from "./role-names.ts";
import type { Rule, RuleContext } from "./rule.ts";

export const provisionRules: readonly Rule[] = [
  {
    code: "LVS230",
    name: "web server that no service uses",
    severity: "warning",
    explain: {
      what: `
        A host has "webServer", and no service sends it anything that a web server could answer: it is not a real
        server, or its services are UDP, TLS, or checked as mail or DNS.`,
      why: `
        The web server lets you try the cluster before the application is on the hosts: it listens on the ports of the
        real server's TCP services. If there are none, setup.sh installs no web server, and the setting has no effect.`,
      fix: `
        Make the host a real server of a TCP service, or remove "webServer". In "defaults" it is fine: it applies only
        to hosts that have a use for it.`,
      wrong: `
        hosts:
          pi1: { interfaces: { eth0: 192.168.1.114/24 }, webServer: { kind: nginx } }`,
      right: `
        hosts:
          pi2: { interfaces: { eth0: 192.168.1.107/24 }, webServer: { kind: nginx } }`,
    },
    check: ({ hosts, cluster, intact }) =>
      hosts.flatMap(({ name, value, pointer }) =>
        // A host whose own settings are wrong is not in the cluster.
        value.webServer !== undefined &&
        intact("/virtualServices") &&
        cluster.hosts.has(name) &&
        webWork(cluster, name).length === 0
          ? {
              pointer: `${pointer}/webServer`,
              message: say`no service sends ${name} anything that a web server could answer`,
              hint: say`make it a real server of a TCP service, or remove "webServer"`,
            }
          : [],
      ),
  },
  {
    code: "LVS231",
    name: "TLS service on a web server without a certificate",
    severity: "warning",
    explain: {
      what: `
        A service sends port 443, or is checked by https, to a host whose web server setup.sh provides.`,
      why: `
        The web server of setup.sh speaks plain HTTP and has no certificate. It does not listen on these ports, as an
        answer without TLS would look broken: until something else listens there, clients get connection refused, and an
        https check removes the host.`,
      fix: `
        Configure TLS on the host by hand (setup.sh does not change it), or remove "webServer" if the application has
        its own. As a warning this does not stop rendering.`,
      wrong: `
        hosts:
          pi2: { interfaces: { eth0: 192.168.1.107/24 }, webServer: { kind: nginx } }
        virtualServices:
          - name: web
            vip: 192.168.1.200
            port: 80
            realServers: [{ host: pi2 }]
          - name: tls
            vip: 192.168.1.200
            port: 443
            realServers: [{ host: pi2 }]`,
      right: `
        hosts:
          pi2: { interfaces: { eth0: 192.168.1.107/24 }, webServer: { kind: nginx } }
        virtualServices:
          - name: web
            vip: 192.168.1.200
            port: 80
            realServers: [{ host: pi2 }]`,
    },
    check: ({ services, cluster }) => {
      const provided = new Set(
        [...cluster.hosts.values()].filter(({ webServer }) => webServer !== null).map(({ name }) => name),
      );
      return services.flatMap(({ value, servers }) =>
        servers
          .filter(({ value: { host = "", port = value.port } }) => {
            const isTls = port === TLS_PORT || value.healthCheck?.type === "https";
            return provided.has(host) && isTls && (value.protocol ?? "tcp") === "tcp";
          })
          .map(({ pointer, value: { host = "" } }) => ({
            pointer,
            message: say`the web server that setup.sh provides on ${host} has no certificate: it does not answer ${value.name}`,
            hint: say`configure TLS on ${host} by hand, or remove "webServer" if the application has its own`,
          })),
      );
    },
  },
  {
    code: "LVS232",
    name: "web server with too many ports",
    severity: "error",
    explain: {
      what: `
        The services of a host with "webServer" have more than 100 ports together, by ranges of a firewall mark.`,
      why: `
        A web server has a socket and a part of its configuration for each port. With thousands of them it starts
        slowly or not at all.`,
      fix: `
        Narrow the mark's ports to those that the service has, or remove "webServer".`,
      wrong: `
        hosts:
          pi2: { interfaces: { eth0: 192.168.1.107/24 }, webServer: { kind: nginx } }
        virtualServices:
          - name: many
            vip: 192.168.1.201
            fwmark: 1
            ports: [8000-8999]
            realServers: [{ host: pi2 }]`,
      right: `
        hosts:
          pi2: { interfaces: { eth0: 192.168.1.107/24 }, webServer: { kind: nginx } }
        virtualServices:
          - name: many
            vip: 192.168.1.201
            fwmark: 1
            ports: [8000-8010]
            realServers: [{ host: pi2 }]`,
    },
    check: (context) =>
      onHosts(context, "webServer", ({ name }) => {
        if (context.cluster.hosts.get(name)?.webServer == null) return null;
        const ports = countPorts(webWork(context.cluster, name));
        if (ports <= MOST_PORTS) return null;
        return {
          message: say`the web server of ${name} would listen on ${ports} ports`,
          hint: say`narrow the ports of the firewall mark to at most ${MOST_PORTS}, or remove "webServer"`,
        };
      }),
  },
  {
    code: "LVS233",
    name: "mirror that the host has no use for",
    severity: "error",
    explain: {
      what: `
        A host has a mirror that its operating system has no use for, or "defaults" has one that no host has a use for.`,
      why: `
        EPEL is for Red Hat Enterprise Linux, its rebuilds and CentOS, "raspberrypi" for Raspberry Pi OS, "security" for
        Debian and its derivatives, whose security updates are separate. Red Hat Enterprise Linux itself gets its
        packages by subscription. setup.sh would not use the mirror, and the packages would come from elsewhere.`,
      fix: `
        Remove the mirror, or correct the host's "os".`,
      wrong: `
        hosts:
          pi2:
            interfaces: { eth0: 192.168.1.107/24 }
            packages: { mirror: { epel: "http://mirror.example.net/epel" } }`,
      right: `
        hosts:
          pi2:
            interfaces: { eth0: 192.168.1.107/24 }
            packages: { mirror: { main: "http://mirror.example.net/debian" } }`,
    },
    check: (context) => uselessMirrors(context),
  },
  {
    code: "LVS234",
    name: "security mirror without main",
    severity: "error",
    explain: {
      what: `
        "mirror" has "security" and no "main".`,
      why: `
        A host has both in one file, /etc/apt/sources.list or debian.sources. setup.sh sets the whole file aside and
        writes its own: with "security" alone the host would lose the release itself.`,
      fix: `
        Add "main".`,
      wrong: `
        hosts:
          pi2:
            interfaces: { eth0: 192.168.1.107/24 }
            packages:
              mirror:
                security: http://mirror.example.net/debian-security`,
      right: `
        hosts:
          pi2:
            interfaces: { eth0: 192.168.1.107/24 }
            packages:
              mirror:
                main: http://mirror.example.net/debian
                security: http://mirror.example.net/debian-security`,
    },
    check: (context) =>
      onHosts(context, "packages", ({ merged }) => {
        const { main, security } = mirrorsOf(merged);
        if (security === undefined || main !== undefined) return null;
        return {
          below: ["mirror", "security"],
          message: say`the mirror "security" needs "main" too`,
          hint: say`add "main": setup.sh replaces the host's own sources with both`,
        };
      }),
  },
  {
    code: "LVS235",
    name: "https mirror for an apt without https",
    severity: "warning",
    explain: {
      what: `
        A mirror's address begins with https, and the host has apt 1.4 or older (Debian and Raspberry Pi OS 8 and 9).`,
      why: `
        apt supports https since version 1.5. Older ones need the package apt-transport-https, which would have to come
        from that same mirror: apt-get update fails with "The method driver /usr/lib/apt/methods/https could not be
        found".`,
      fix: `
        Use http, which is safe, as apt checks signatures; or install apt-transport-https beforehand.`,
      wrong: `
        hosts:
          pi2:
            os: raspbian-9
            interfaces: { eth0: 192.168.1.107/24 }
            packages: { mirror: { main: "https://mirror.example.net/raspbian" } }`,
      right: `
        hosts:
          pi2:
            os: debian-12
            interfaces: { eth0: 192.168.1.107/24 }
            packages: { mirror: { main: "https://mirror.example.net/debian" } }`,
    },
    check: (context) =>
      onHosts(context, "packages", ({ merged }) => {
        const asked = Object.entries(mirrorsOf(merged)).find(([, url]) => url.startsWith("https:"));
        const platform = platforms.get(merged.os ?? "");
        if (asked === undefined || platform === undefined || !lacksHttps(platform)) return null;
        return {
          below: ["mirror", asked[0]],
          message: say`apt of ${platform.title} does not support https`,
          hint: say`use http, as apt checks signatures, or install apt-transport-https beforehand`,
        };
      }),
  },
  {
    code: "LVS236",
    name: "one main mirror for several distributions",
    severity: "error",
    explain: {
      what: `
        "defaults" has a main mirror, and hosts of more than one distribution get it.`,
      why: `
        A mirror of Debian has nothing for CentOS. setup.sh would set the host's own sources aside and write some that
        make every call of the package manager fail.`,
      fix: `
        Give each host its own "main", or keep one distribution's in "defaults" and give the other hosts theirs.`,
      wrong: `
        defaults:
          os: debian-12
          packages: { mirror: { main: "http://mirror.example.net/debian" } }
        hosts:
          pi2: { os: rocky-9, interfaces: { eth0: 192.168.1.107/24 } }`,
      right: `
        defaults:
          os: debian-12
          packages: { mirror: { main: "http://mirror.example.net/debian" } }
        hosts:
          pi2:
            os: rocky-9
            interfaces: { eth0: 192.168.1.107/24 }
            packages: { mirror: { main: "http://mirror.example.net/rocky" } }`,
    },
    check: ({ topology, hosts }) => {
      if (mirrorsOf(topology.defaults ?? {}).main === undefined) return [];
      const sharing = hosts.filter(({ value }) => mirrorsOf(value).main === undefined);
      const names = new Set(sharing.flatMap(({ merged: { os = "" } }) => distributionsOf(os)));
      if (names.size < 2) return [];
      return [
        {
          pointer: pointerOf("defaults", "packages", "mirror", "main"),
          message: say`hosts of ${listed([...names], "and")} would share this mirror`,
          hint: say`set packages.mirror.main on each host of another distribution`,
        },
      ];
    },
  },
  {
    code: "LVS237",
    name: "unknown version of a built ipvsadm",
    severity: "warning",
    explain: {
      what: `
        A director's ipvsadm is built from a tarball whose name has no version, and "versions" has none either.`,
      why: `
        The options of ipvsadm depend on its version: scheduler flags, SCTP, tunnels. Without it lvsgen assumes the
        version of the release's package, and cannot warn of options that the built one refuses at start.`,
      fix: `
        Name the tarball as its project does, ipvsadm-1.31.tar.gz, or set versions.ipvsadm.`,
      wrong: `
        hosts:
          pi1:
            interfaces: { eth0: 192.168.1.114/24 }
            packages: { ipvsadm: { source: ipvsadm.tar.gz } }`,
      right: `
        hosts:
          pi1:
            interfaces: { eth0: 192.168.1.114/24 }
            packages: { ipvsadm: { source: ipvsadm-1.31.tar.gz } }`,
    },
    check: (context) => {
      const { directors } = rolesOf(context.topology, context.services);
      return onHosts(context, "packages", ({ name, merged }) => {
        const origin = merged.packages?.ipvsadm;
        if (!directors.has(name) || typeof origin !== "object") return null;
        if (tarballVersion(merged) !== null || merged.versions?.ipvsadm !== undefined) return null;
        return {
          below: ["ipvsadm", "source"],
          message: say`unknown version of ipvsadm: the name ${origin.source} has none`,
          hint: say`use a name such as ipvsadm-1.31.tar.gz, or set versions.ipvsadm`,
        };
      });
    },
  },
];

const MOST_PORTS = 100;

/** Its name; none for a system that is not in the table. */
function distributionsOf(os: string): string[] {
  const platform = platforms.get(os);
  return platform === undefined ? [] : [packagingOf(platform).distribution.name];
}

/** apt learned it in 1.5 (its changelog). */
function lacksHttps(platform: Platform): boolean {
  const { mirror } = packagingOf(platform);
  return mirror.kind === "apt" && isOlder(mirror.apt, "1.5");
}

function mirrorsOf({ packages }: Pick<Host, "packages">): Mirrors {
  return packages?.mirror ?? {};
}

/** What may come from each mirror. */
const uses: Readonly<Record<keyof Mirrors, (platform: Platform) => boolean>> = {
  main: (platform) => hasMain(packagingOf(platform).mirror),
  security: (platform) => packagingOf(platform).mirror.kind === "apt",
  raspberrypi: ({ family }) => family === "raspbian",
  epel: (platform) => hasEpel(packagingOf(platform).mirror),
};

const hints: Readonly<Record<keyof Mirrors, string>> = {
  main: phrase`remove it: packages of Red Hat Enterprise Linux come by subscription`,
  security: phrase`remove it: only Debian and its derivatives have separate security updates`,
  raspberrypi: phrase`remove it: only Raspberry Pi OS has packages there`,
  epel: phrase`remove it: EPEL is for Red Hat Enterprise Linux, its rebuilds and CentOS`,
};

/** Of the defaults only what no host has a use for. */
function uselessMirrors({ topology, hosts }: RuleContext): Problem[] {
  const keys = Object.keys(uses) as (keyof Mirrors)[];
  const useful = (key: keyof Mirrors, { merged }: PlacedHost): boolean => {
    const platform = platforms.get(merged.os ?? "");
    return platform === undefined || uses[key](platform);
  };
  const problem = (key: keyof Mirrors, pointer: string, message: string): Problem => ({
    pointer: pointer + pointerOf("packages", "mirror", key),
    message,
    hint: inLanguage(hints[key]),
  });
  const inherited = keys.filter(
    (key) =>
      mirrorsOf(topology.defaults ?? {})[key] !== undefined && !hosts.some((host) => useful(key, host)),
  );
  return [
    ...inherited.map((key) => problem(key, pointerOf("defaults"), say`no host uses a mirror of ${key}`)),
    ...hosts.flatMap((host) =>
      keys
        .filter((key) => mirrorsOf(host.value)[key] !== undefined && !useful(key, host))
        .map((key) =>
          problem(
            key,
            host.pointer,
            say`${platforms.get(host.merged.os ?? "")?.title ?? host.name} does not use a mirror of ${key}`,
          ),
        ),
    ),
  ];
}

type Finding = Omit<Problem, "pointer"> & {
  /** Keys below the setting. */
  readonly below?: readonly string[];
};

/** Checks a setting of every host, and reports it where it is written: an inherited one once. */
function onHosts(
  { topology, hosts }: RuleContext,
  key: "packages" | "webServer",
  check: (host: PlacedHost) => Finding | null,
): Problem[] {
  const problems = new Map<string, Problem>();
  for (const host of hosts) {
    const finding = check(host);
    if (finding === null) continue;
    const { below = [], ...words } = finding;
    const own = valueAt(host.value[key], below) !== undefined;
    const place = own || topology.defaults === undefined ? host.pointer : pointerOf("defaults");
    const pointer = place + pointerOf(key, ...below);
    problems.set(pointer, { ...words, pointer });
  }
  return [...problems.values()];
}

function valueAt(value: unknown, keys: readonly string[]): unknown {
  return keys.reduce<unknown>(
    (inner, key) =>
      typeof inner === "object" && inner !== null ? (inner as Record<string, unknown>)[key] : undefined,
    value,
  );
}
