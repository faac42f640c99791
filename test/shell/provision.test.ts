/**
 * setup.sh on a Debian 12 tree with the tree's own apt, dpkg and systemctl, from a mirror of fake packages: what it
 * brings, that a second run changes nothing, that a run cut short is finished, and that --uninstall restores the host.
 */

import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { templates } from "#templates";
import { renderCluster } from "../../src/render/render-cluster.ts";
import { checkTopology } from "../../src/rules/check-topology.ts";
import { type AptRepository, makeAptRepository } from "../helpers/apt-repository.ts";
import { killAt } from "../helpers/kill-at.ts";
import { repository as repositoryRoot } from "../helpers/lvsgen.ts";
import { beforeRelease, releaseTest } from "../helpers/release.ts";
import { makeFolder, temporaryFolder } from "../helpers/temporary.ts";
import { type TreeHost, treeHost, treeOf } from "../helpers/tree-host.ts";

const MIRROR = "http://127.0.0.1:8099";

function topology(web: object, ipvsadm: unknown = { source: "ipvsadm-1.31.tar.gz" }) {
  return {
    version: 1,
    name: "provided",
    defaults: { os: "debian-12", packages: { mirror: { main: MIRROR, security: MIRROR } } },
    hosts: {
      lvs: { interfaces: { eth0: "10.1.0.2/24" }, packages: { ipvsadm } },
      web: { interfaces: { eth0: "10.1.0.11/24" }, ...web },
    },
    directors: { hosts: ["lvs"] },
    virtualServices: [
      {
        name: "web",
        vip: "10.1.0.200",
        port: 80,
        forwarding: "nat",
        realServers: [{ host: "web", port: 8080 }],
      },
    ],
  };
}

const nginx = { webServer: { kind: "nginx" } };

/** Fake packages with only what setup.sh asks for. This make does in one step what ipvsadm's Makefile says. */
const packages = {
  nginx: {
    depends: "nginx-common",
    files: { "usr/sbin/nginx": "#!/bin/sh\n! grep -qs bogus /etc/nginx/conf.d/lvsgen.conf\n" },
  },
  "nginx-common": {
    files: {
      "etc/nginx/conf.d/README": "stand-in\n",
      "usr/lib/systemd/system/nginx.service":
        "[Service]\nExecStart=/usr/sbin/nginx\n[Install]\nWantedBy=multi-user.target\n",
    },
  },
  apache2: {
    files: {
      "usr/sbin/apache2": "#!/bin/sh\n",
      "usr/sbin/apache2ctl": "#!/bin/sh\n",
      "etc/apache2/conf-enabled/README": "stand-in\n",
      "usr/lib/systemd/system/apache2.service":
        "[Service]\nExecStart=/usr/sbin/apache2\n[Install]\nWantedBy=multi-user.target\n",
    },
  },
  make: { files: { "usr/bin/make": '#!/bin/sh\ncd "$2" && sh ./Makefile\n' } },
  ...Object.fromEntries(
    ["gcc", "libc6-dev", "pkg-config", "libnl-3-dev", "libnl-genl-3-dev", "libpopt-dev"].map((name) => [
      name,
      {},
    ]),
  ),
};

const deb822 = `Types: deb
URIs: http://gone.invalid/debian
Suites: bookworm
Components: main
`;

/** All that there is with its size, and with its contents where setup.sh writes; but for dpkg's and apt's own notes. */
const LOOK = `find / -xdev '(' -path /proc -o -path /sys -o -path /dev -o -path /run -o -path /tmp -o -path /mnt \
-o -path /var/lib/dpkg -o -path /var/lib/apt -o -path /var/cache -o -path /var/log ')' -prune \
-o -type d -print -o -printf '%p %y %m %s %l\\n' | sort
find /etc /usr/sbin /usr/local /var/www -type f -exec md5sum '{}' + | sort`;

const folder = makeFolder();
let tree = "";
let repository: AptRepository;
let host: TreeHost;
let shown = "";

beforeAll(async () => {
  const { cluster } = checkTopology(JSON.stringify(topology(nginx)), "provided.json");
  const [first] = cluster?.hosts.values() ?? [];
  if (first === undefined) throw new Error("the topology is invalid");
  tree = await treeOf(first);
  repository = makeAptRepository(folder, packages, ["bookworm", "bookworm-updates", "bookworm-security"]);
}, 900_000);

beforeEach(() => {
  const own = temporaryFolder();
  shown = join(own, "shown");
  mkdirSync(shown);
  copyFileSync(repository.key, join(shown, "stand-in.asc"));
  host = treeHost({
    tree,
    folder: join(own, "host"),
    served: repository.folder,
    shown,
    addresses: ["10.1.0.2/24", "10.1.0.11/24"],
  });
  writeFileSync(join(shown, "debian.sources"), deb822);
  expect(
    host.run(`cp /mnt/stand-in.asc /etc/apt/trusted.gpg.d/ && cp /mnt/debian.sources /etc/apt/sources.list.d/
      mkdir -p /var/www/html && echo mine >/var/www/html/index.html`),
  ).toMatchObject({ status: 0 });
});

/** Puts the rendered folders where the host sees them. */
function render(value: object): void {
  const { cluster, diagnostics } = checkTopology(JSON.stringify(value), "provided.json");
  if (cluster === null) throw new Error(JSON.stringify(diagnostics));
  for (const { path, text, mode } of renderCluster(cluster, templates)) {
    const file = join(shown, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text, { mode });
  }
}

/** Neither package sources, nor a web server, nor a tarball. */
function renderPlain(): void {
  const { defaults: _, hosts, ...rest } = topology({}, "ipvsadm");
  const plain = { lvs: { interfaces: hosts.lvs.interfaces }, web: { interfaces: hosts.web.interfaces } };
  render({ ...rest, defaults: { os: "debian-12" }, hosts: plain });
}

/** A tarball as ipvsadm's, with a program that says its version. */
function writeTarball(version: string): void {
  const source = join(shown, "source", `ipvsadm-${version}`);
  mkdirSync(source, { recursive: true });
  writeFileSync(join(source, "Makefile"), "cp ipvsadm.in ipvsadm && chmod 0755 ipvsadm\n");
  writeFileSync(join(source, "ipvsadm.in"), `#!/bin/sh\necho 'ipvsadm built ${version}'\n`);
  writeFileSync(join(source, "ipvsadm-save"), "#!/bin/sh\n", { mode: 0o755 });
  const tarball = join(shown, "lvs/ipvsadm-1.31.tar.gz");
  mkdirSync(dirname(tarball), { recursive: true });
  execFileSync("tar", ["-C", join(shown, "source"), "-czf", tarball, `ipvsadm-${version}`]);
}

const setUp = (name: string) => host.run(`sh /mnt/${name}/setup.sh`);
const uninstall = (name: string) => host.run(`sh /mnt/${name}/setup.sh --uninstall`);
const look = () => host.run(LOOK).stdout;
const read = (path: string) => host.run(`cat ${path}`).stdout;

describe("package sources", () => {
  test("take the place of the host's own, and apt-get update works with them alone", () => {
    render(topology({}));
    expect(host.run("apt-get update").stderr).toMatch(/gone\.invalid/);
    expect(setUp("web")).toMatchObject({ status: 0 });
    expect(host.run("apt-get update")).toMatchObject({ status: 0, stderr: "" });
    expect(read("/etc/apt/sources.list.d/lvsgen.list")).toContain(`\ndeb ${MIRROR} bookworm main contrib`);
    expect(host.run("ls /etc/apt/sources.list /etc/apt/sources.list.d").stdout).toBe(
      "/etc/apt/sources.list.d:\nlvsgen.list\n",
    );
  });

  releaseTest("come back when the topology has them no more", () => {
    render(topology({}));
    const before = read("/etc/apt/sources.list /etc/apt/sources.list.d/*");
    setUp("web");
    const { defaults: _, ...rest } = topology({});
    render({
      ...rest,
      defaults: { os: "debian-12" },
      hosts: { ...rest.hosts, lvs: { interfaces: rest.hosts.lvs.interfaces } },
    });
    expect(setUp("web")).toMatchObject({ status: 0 });
    expect(read("/etc/apt/sources.list /etc/apt/sources.list.d/*")).toBe(before);
  });

  releaseTest("that somebody wrote meanwhile are left, beside the old ones", () => {
    render(topology({}));
    setUp("web");
    host.run("echo '# mine' >/etc/apt/sources.list");
    expect(uninstall("web").stderr).toContain("there is a new /etc/apt/sources.list");
    expect(read("/etc/apt/sources.list /etc/apt/sources.list.before-lvsgen")).toMatch(/^# mine\ndeb /);
  });
});

describe("a web server", () => {
  test("comes with a page and its port, the second run changes nothing, and all of it goes again", () => {
    render(topology(nginx));
    const before = look();
    const first = setUp("web");
    expect(first).toMatchObject({ status: 0, stderr: expect.stringContaining("web is set up") });
    expect(read("/var/www/html/index.html")).toContain("<h1>web</h1>");
    expect(read("/etc/nginx/conf.d/lvsgen.conf")).toContain("listen 8080;\n    root /var/www/html;");
    expect(host.run("systemctl is-enabled nginx.service").stdout).toBe("enabled\n");
    expect(setUp("web").stderr).toContain("was set up already, nothing changed");
    expect(uninstall("web")).toMatchObject({ status: 0 });
    expect(look()).toBe(before);
    expect(read("/var/www/html/index.html")).toBe("mine\n");
    expect(host.run("dpkg -l | grep nginx").stdout).toBe("");
  });

  releaseTest("that was there before stays, enabled or not as it was", () => {
    render(topology(nginx));
    const installed = host.run(`rm /etc/apt/sources.list.d/debian.sources
      echo 'deb ${MIRROR} bookworm main' >/etc/apt/sources.list
      apt-get -q update && apt-get -qy install nginx && systemctl disable nginx.service`);
    expect(installed).toMatchObject({ status: 0 });
    const before = look();
    expect(setUp("web")).toMatchObject({ status: 0 });
    expect(host.run("systemctl is-enabled nginx.service").stdout).toBe("enabled\n");
    expect(uninstall("web")).toMatchObject({ status: 0 });
    expect(look()).toBe(before);
  });

  releaseTest("makes way for another kind, and for none", () => {
    render(topology(nginx));
    const before = look();
    setUp("web");
    render(topology({ webServer: { kind: "apache", testPage: false } }));
    expect(setUp("web")).toMatchObject({ status: 0 });
    expect(host.run("systemctl is-enabled nginx.service apache2.service").stdout).toBe("disabled\nenabled\n");
    expect(read("/etc/apache2/conf-enabled/lvsgen.conf")).toContain("Listen 8080\n");
    expect(host.run("ls /etc/nginx/conf.d").stdout).toBe("README\n");
    expect(read("/var/www/html/index.html")).toBe("mine\n");
    render(topology({}));
    expect(setUp("web")).toMatchObject({ status: 0 });
    expect(host.run("systemctl is-enabled apache2.service").stdout).toBe("disabled\n");
    uninstall("web");
    expect(look()).toBe(before);
  });
});

describe("ipvsadm from its source", () => {
  test("is built once, again for another tarball, and makes way for what was there", () => {
    render(topology({}));
    const before = look();
    expect(setUp("lvs")).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("ipvsadm-1.31.tar.gz is missing: put the source of ipvsadm there"),
    });
    expect(look()).toBe(before);
    writeTarball("1.31");
    expect(setUp("lvs")).toMatchObject({ status: 0 });
    expect(host.run("ipvsadm").stdout).toBe("ipvsadm built 1.31\n");
    expect(setUp("lvs").stderr).toContain("nothing changed");
    rmSync(join(shown, "lvs/ipvsadm-1.31.tar.gz"));
    expect(setUp("lvs").stderr).toContain("nothing changed");
    writeTarball("1.31.1");
    host.run("rm -rf /mnt/source/ipvsadm-1.31");
    expect(setUp("lvs")).toMatchObject({ status: 0 });
    expect(host.run("ipvsadm").stdout).toBe("ipvsadm built 1.31.1\n");
    expect(uninstall("lvs")).toMatchObject({ status: 0 });
    expect(look()).toBe(before);
    expect(host.run("dpkg -l | grep libnl-3-dev").stdout).toBe("");
  });

  releaseTest("gives way to the package", () => {
    render(topology({}));
    writeTarball("1.31");
    const before = host.run("md5sum /usr/sbin/ipvsadm").stdout;
    expect(setUp("lvs")).toMatchObject({ status: 0 });
    expect(host.run("md5sum /usr/sbin/ipvsadm").stdout).not.toBe(before);
    render(topology({}, "ipvsadm"));
    expect(setUp("lvs")).toMatchObject({ status: 0 });
    expect(host.run("md5sum /usr/sbin/ipvsadm").stdout).toBe(before);
  });
});

describe("the distribution's ipvsadm service", () => {
  const acts = `sed -i 's/^AUTO=.*/AUTO="true"/' /etc/default/ipvsadm`;

  releaseTest("is not touched where it does nothing", () => {
    render(topology({}, "ipvsadm"));
    expect(setUp("lvs").stderr).not.toContain("the service ipvsadm");
    expect(host.run("systemctl -q is-enabled ipvsadm").status).toBe(0);
  });

  test("is disabled where it has nothing to load, and enabled again by uninstall", () => {
    render(topology({}, "ipvsadm"));
    host.run(acts);
    const before = look();
    expect(setUp("lvs").stderr).toContain("has nothing to load (/etc/ipvsadm.rules)");
    expect(host.run("systemctl -q is-enabled ipvsadm").status).not.toBe(0);
    expect(setUp("lvs").stderr).toContain("nothing changed");
    uninstall("lvs");
    expect(host.run("systemctl -q is-enabled ipvsadm").status).toBe(0);
    expect(look()).toBe(before);
  });

  releaseTest("is left alone, and said, where it has services of its own", () => {
    render(topology({}, "ipvsadm"));
    host.run(`${acts}; echo '-A -t 10.9.9.9:25 -s rr' >/etc/ipvsadm.rules`);
    expect(setUp("lvs")).toMatchObject({
      status: 0,
      stderr: expect.stringContaining("has services of its own (/etc/ipvsadm.rules)"),
    });
    expect(host.run("systemctl -q is-enabled ipvsadm").status).toBe(0);
  });
});

describe("what only an earlier topology had", () => {
  test.each(beforeRelease([1, 2, 3, 4, 5, 6, 7, 8, 9], [5]))(
    "goes by the setup.sh that was kept, though killed at command %i",
    (at) => {
      render(topology(nginx));
      const before = look();
      expect(setUp("web")).toMatchObject({ status: 0 });
      expect(host.run("ls /var/lib/lvsgen/undo").stdout).toBe("set-aside\nweb-server\n");
      renderPlain();
      expect(host.run("grep -c 'nginx\\|Package sources' /mnt/web/setup.sh").stdout).toBe("0\n");
      expect(host.run(killAt("sh /mnt/web/setup.sh", at)).stderr).toMatch(/^ended 137$/m);
      expect(setUp("web")).toMatchObject({ status: 0 });
      expect(setUp("web").stderr).toContain("nothing changed");
      expect(host.run("ls /var/lib/lvsgen/undo; systemctl is-enabled nginx.service").stdout).toBe(
        "disabled\n",
      );
      expect(read("/etc/apt/sources.list.d/debian.sources")).toBe(deb822);
      expect(read("/var/www/html/index.html")).toBe("mine\n");
      expect(uninstall("web")).toMatchObject({ status: 0 });
      expect(look()).toBe(before);
    },
  );

  test("goes where the host becomes another, and at uninstall", () => {
    render(topology(nginx));
    writeTarball("1.31");
    const before = look();
    expect(setUp("web")).toMatchObject({ status: 0 });
    expect(setUp("lvs")).toMatchObject({ status: 0 });
    expect(host.run("ls /var/lib/lvsgen/undo; systemctl is-enabled nginx.service").stdout).toBe(
      "ipvsadm-source\nset-aside\ndisabled\n",
    );
    renderPlain();
    expect(host.run(killAt("sh /mnt/lvs/setup.sh --uninstall", 3)).stderr).toMatch(/^ended 137$/m);
    expect(uninstall("web")).toMatchObject({ status: 0 });
    expect(look()).toBe(before);
  });

  releaseTest("is not touched where lvsgen 0.1.0 brought it: its own setup.sh has to take it off", () => {
    render(topology(nginx));
    const before = look();
    setUp("web");
    host.run("rm -r /var/lib/lvsgen/undo && cp /mnt/web/setup.sh /mnt/old.sh");
    const old = look();
    renderPlain();
    for (const refused of [setUp("web"), uninstall("web")]) {
      expect(refused).toMatchObject({
        status: 1,
        stderr: expect.stringContaining("run that topology's setup.sh --uninstall first"),
      });
    }
    expect(look()).toBe(old);
    expect(host.run("sh /mnt/old.sh --uninstall")).toMatchObject({ status: 0 });
    expect(look()).toBe(before);
    expect(setUp("web")).toMatchObject({ status: 0 });
  });
});

test("a script of lvsgen 0.1.0 that started the host is kept beside its record, and no other", () => {
  renderPlain();
  copyFileSync(join(repositoryRoot, "test/fixtures/0.1.0/pi2/lvs_rs.sh"), join(shown, "old.sh"));
  const { status, stdout } = host.run(`mkdir /run/lvsgen && : >/run/lvsgen/lvs_rs.record
    cp /mnt/old.sh /usr/local/sbin/lvs_rs.sh && sh /mnt/web/setup.sh && cmp /mnt/old.sh /run/lvsgen/lvs_rs.sh
    cmp /mnt/web/lvs_rs.sh /usr/local/sbin/lvs_rs.sh && stat -c %a /run/lvsgen/lvs_rs.sh
    echo mine >/run/lvsgen/lvs_rs.sh && echo old >/usr/local/sbin/lvs_rs.sh && sh /mnt/web/setup.sh
    cat /run/lvsgen/lvs_rs.sh && rm /run/lvsgen/* && sh /mnt/web/setup.sh && ls /run/lvsgen`);
  expect({ status, stdout }).toEqual({ status: 0, stdout: "700\nmine\n" });
});

/** Host, and the command of setup.sh before which it is killed. */
const kills = beforeRelease<[string, number]>(
  [
    ["web", 1],
    ["web", 2],
    ["web", 3],
    ["web", 4],
    ["web", 5],
    ["web", 6],
    ["web", 7],
    ["web", 9],
    ["lvs", 3],
    ["lvs", 5],
    ["lvs", 6],
    ["lvs", 7],
    ["lvs", 8],
  ],
  [["web", 4]],
);

describe("killed", () => {
  test.each(kills)("on %s at command %i, the next run finishes it", (name, at) => {
    render(topology(nginx));
    writeTarball("1.31");
    const before = look();
    expect(host.run(killAt(`sh /mnt/${name}/setup.sh`, at)).stderr).toMatch(/^ended 137$/m);
    expect(setUp(name)).toMatchObject({ status: 0 });
    expect(setUp(name).stderr).toContain("nothing changed");
    expect(uninstall(name)).toMatchObject({ status: 0 });
    expect(look()).toBe(before);
  });
});
