/** What the mirror of a cluster of Red Hat's family shows: the distribution's packages and EPEL's, each with its key. */

import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { makeRpmRepository, makeSigningKey, type RpmStandIn } from "./rpm-repository.ts";

const GONE = "http://gone.invalid";

const nginxInit = `#!/bin/sh
# chkconfig: - 85 15
# description: stand-in
case $1 in
  start) : >/var/run/nginx.pid ;;
  stop) rm -f /var/run/nginx.pid ;;
  status) [ -e /var/run/nginx.pid ] ;;
esac
`;

function unit(program: string): string {
  return `[Service]\nExecStart=${program}\n[Install]\nWantedBy=multi-user.target\n`;
}

function repositoryFile(name: string, url: string, key: string): string {
  return `[${name}]\nname=${name}\nbaseurl=${url}\ngpgcheck=1\ngpgkey=file:///etc/pki/rpm-gpg/${key}\n`;
}

/** What makes the host one of that distribution: whose packages it takes, and where from. */
function release(provides: string, file: string, keys: readonly string[], key: string): RpmStandIn {
  return {
    // The shell of scriptlets, too.
    provides: `system-release = ${provides}, /bin/sh`,
    files: {
      [`/etc/yum.repos.d/${file}`]: repositoryFile("base", GONE, keys[0] ?? ""),
      ...Object.fromEntries(keys.map((name) => [`/etc/pki/rpm-gpg/${name}`, key])),
    },
  };
}

const distribution = (key: string, epelKey: string): Readonly<Record<string, RpmStandIn>> => ({
  "centos-release": release("7", "CentOS-Base.repo", ["RPM-GPG-KEY-CentOS-7", "RPM-GPG-KEY-CentOS-6"], key),
  "rocky-release": release("9", "rocky.repo", ["RPM-GPG-KEY-Rocky-9"], key),
  "epel-release": {
    files: {
      "/etc/yum.repos.d/epel.repo": repositoryFile("epel", `${GONE}/epel`, "RPM-GPG-KEY-EPEL-7"),
      ...Object.fromEntries(
        [6, 7, 9].map((number) => [`/etc/pki/rpm-gpg/RPM-GPG-KEY-EPEL-${number}`, epelKey]),
      ),
    },
  },
  ipvsadm: {
    files: {
      "/usr/sbin/ipvsadm": { copyOf: "/usr/sbin/ipvsadm" },
      "/usr/lib/systemd/system/ipvsadm.service": unit("/usr/sbin/ipvsadm-restore"),
    },
  },
  keepalived: {
    folders: ["/etc/keepalived"],
    files: {
      "/usr/sbin/keepalived": { copyOf: "/usr/sbin/keepalived" },
      "/etc/keepalived/keepalived.conf": "# stand-in\n",
      "/usr/lib/systemd/system/keepalived.service": unit("/usr/sbin/keepalived"),
    },
  },
  gawk: { files: { "/usr/bin/awk": { copyOf: "/usr/bin/mawk" } } },
  iptables: { files: { "/usr/sbin/iptables": { copyOf: "/usr/sbin/iptables" } } },
});

const nginx: RpmStandIn = {
  folders: ["/etc/nginx", "/etc/nginx/conf.d", "/usr/share/nginx", "/usr/share/nginx/html"],
  files: {
    "/usr/sbin/nginx": "#!/bin/sh\n! grep -qs bogus /etc/nginx/conf.d/lvsgen.conf\n",
    "/etc/nginx/conf.d/README": "stand-in\n",
    "/usr/share/nginx/html/index.html": "stand-in\n",
  },
};

/** By release: with an init script, which the package itself puts into the runlevels and takes out, or a unit. */
const epel: Readonly<Record<number, RpmStandIn>> = {
  6: {
    ...nginx,
    files: { ...nginx.files, "/etc/init.d/nginx": nginxInit },
    post: "chkconfig --add nginx",
    preun: "/etc/init.d/nginx stop; chkconfig --del nginx",
  },
  7: {
    ...nginx,
    files: { ...nginx.files, "/usr/lib/systemd/system/nginx.service": unit("/usr/sbin/nginx") },
  },
};

export interface RpmMirror {
  /** What an HTTP server shows. */
  readonly served: string;
  /** Files of packages by name: those of the distribution. */
  readonly packages: Readonly<Record<string, string>>;
}

export function makeRpmMirror(folder: string): RpmMirror {
  const machine = execFileSync("uname", ["-m"], { encoding: "utf8" }).trim();
  const ofEpel = makeSigningKey(folder, "epel");
  const ofDistribution = makeSigningKey(folder, "distribution");
  for (const [number, package_] of Object.entries(epel)) {
    const places = [`epel/${number}/${machine}`];
    makeRpmRepository({ name: `epel-${number}`, folder, key: ofEpel, places, packages: { nginx: package_ } });
  }
  const centos = ["6.10", "7.9.2009"].flatMap((number) =>
    ["os", "updates", "extras"].map((name) => `${number}/${name}/${machine}`),
  );
  const rocky = ["BaseOS", "AppStream", "extras"].map((name) => `9/${name}/${machine}/os`);
  const packages = makeRpmRepository({
    name: "distribution",
    folder,
    key: ofDistribution,
    places: [...centos, ...rocky],
    packages: distribution(ofDistribution.text, ofEpel.text),
  });
  return { served: join(folder, "mirror"), packages };
}
