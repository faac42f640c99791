/** What lvsgen runs on a host to take itself off: afterwards the host is as before setup.sh, whatever became of setup.sh. */

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { templates } from "#templates";
import { parseAnswer } from "../../src/deploy/answer.ts";
import { foundOf } from "../../src/deploy/retire/found.ts";
import { retireScript } from "../../src/deploy/retire/retire-script.ts";
import type { HostKind } from "../../src/deploy/retire/uninstaller.ts";
import { renderCluster } from "../../src/render/render-cluster.ts";
import { createRenderer } from "../../src/render/renderer.ts";
import { checkTopology } from "../../src/rules/check-topology.ts";
import { repository } from "../helpers/lvsgen.ts";
import { onOverlaidHost } from "../helpers/overlaid-host.ts";
import { beforeRelease } from "../helpers/release.ts";
import { uncalled } from "../helpers/shell-functions.ts";

const renderer = createRenderer(templates);

function piLab(): Readonly<Record<string, string>> {
  const text = readFileSync(join(repository, "examples/pi-lab/topology.json"), "utf8");
  const { cluster } = checkTopology(text, "topology.json");
  const files = cluster === null ? [] : renderCluster(cluster, templates);
  return Object.fromEntries(files.map(({ path, text }) => [path, text]));
}

const rendered = piLab();

const apt: HostKind = { init: "systemd", packages: "apt" };

/** Functions for a host's story. */
const STORY = `
# ask look or retire: the host's report
ask() {
  mkdir /run/asked
  cp "$1.sh" /run/asked/
  sh "/run/asked/$1.sh"
  rm -r /run/asked
}
# What lvsgen may have changed: files with their sizes, addresses, settings.
state() {
  find /etc/systemd/system /etc/init.d /etc/rc[0-6S].d /usr/local/sbin -printf '%p %m %l\\n' | sort
  ls -d /var/lib/lvsgen* /etc/lvsgen /run/lvsgen* 2>/dev/null || :
  ip -o addr show lo
  cat /proc/sys/net/ipv4/conf/*/arp_ignore
}
differences() {
  state >after
  diff before after || :
}
# As setup.sh does it where systemd runs.
set_up() {
  ip addr add "$2/24" dev eth0
  { sh "$1/setup.sh" && /usr/local/sbin/lvs_rs.sh start; } >/run/said-set-up 2>&1 || { cat /run/said-set-up >&2; exit 1; }
  grep -q 192.168.1.200 /proc/net/fib_trie || { ip addr >&2; exit 1; }
}
state >before
`;

/** A story ends with a report; what it prints before is its text. */
function story(commands: string, kind = apt) {
  const scripts = {
    "look.sh": retireScript(renderer, "pi9", "look", kind),
    "retire.sh": retireScript(renderer, "pi9", "retire", kind),
  };
  const { stdout, stderr } = onOverlaidHost({ ...rendered, ...scripts }, STORY + commands);
  const answer = parseAnswer(stdout);
  if (answer === null) throw new Error(`no report: ${stdout}\n${stderr}`);
  return { text: stdout.toString().split("@lvsgen-deploy\n")[0], answer, found: foundOf(answer) };
}

test("the scripts are clean, and complete", () => {
  for (const verb of ["look", "retire"] as const) {
    const script = retireScript(renderer, "pi9", verb, apt);
    for (const [program, ...words] of [
      ["shellcheck", "-s", "dash", "-"],
      ["shfmt", "-i", "2", "-ci", "-d"],
    ] as const)
      expect(spawnSync(program, words, { input: script, encoding: "utf8" }).stdout).toBe("");
    // put_text is for installing, which the setup.sh inside never does.
    expect(uncalled(script).filter((name) => name !== "put_text")).toEqual([`cmd_${verb}`]);
  }
});

test("a host without lvsgen has nothing, and stays so", () => {
  const { text, found } = story("ask retire >/dev/null; differences; ask look");
  expect({ text, steps: found.steps }).toEqual({ text: "", steps: [] });
});

test("a look names all that goes, in its order, and whose host it is; it changes nothing", () => {
  const { text, found } = story(`
set_up pi2 192.168.1.107
mkdir /var/lib/lvsgen-deploy
echo ipvsadm >/var/lib/lvsgen/packages
printf '#!/bin/sh\necho install ok installed\n' >/usr/local/sbin/dpkg-query
chmod +x /usr/local/sbin/dpkg-query
state >before
ask look >/dev/null
differences
ask look`);
  expect(text).toBe("");
  expect(found).toMatchObject({ host: "pi2", cluster: "pi-lab", isDirector: false, kind: apt });
  expect(found.addresses).toContain("192.168.1.107");
  expect(found.steps).toEqual([
    "stop lvs_rs (real server)",
    "remove /etc/systemd/system/lvs_rs.service",
    "remove /usr/local/sbin/lvs_rs.sh",
    "uninstall ipvsadm",
    "remove /var/lib/lvsgen-deploy",
    "remove /var/lib/lvsgen",
  ]);
});

const hosts = {
  pi2: { address: "192.168.1.107", kind: apt },
  pi3: { address: "192.168.1.108", kind: { init: "sysv", packages: "apt" } },
} as const;

/** What became of the host's setup.sh, and whether it is the one that uninstalls. */
const fates = [
  ["is kept", ":", true],
  [
    "is in the store of deploy only",
    "mkdir -p /var/lib/lvsgen-deploy/current; mv /var/lib/lvsgen/setup.sh /var/lib/lvsgen-deploy/current",
    true,
  ],
  ["is gone, as lvsgen 0.1.0 kept none", "rm /var/lib/lvsgen/setup.sh", false],
  ["was emptied by a power cut", ": >/var/lib/lvsgen/setup.sh", false],
  ["fails", "sed -i '2s/.*/exit 1/' /var/lib/lvsgen/setup.sh", false],
  ["is gone with all notes", "rm -r /var/lib/lvsgen", false],
] as const;

const cases = Object.entries(hosts).flatMap(([host, { address, kind }]) =>
  fates.map(([title, fate, isOwn]) => ({ host, address, kind, title, fate, isOwn })),
);

/** One for each setup.sh that may uninstall, and one for each init system. */
const few = cases.filter(({ host, title }) =>
  host === "pi2" ? ["is kept", "fails"].includes(title) : title.includes("0.1.0"),
);

test.each(beforeRelease(cases, few))(
  "$host, whose setup.sh $title, is as before",
  ({ host, address, kind, fate, isOwn }) => {
    const { text, found } = story(
      `
set_up ${host} ${address}
${fate}
for file in /var/lib/lvsgen/setup.sh /var/lib/lvsgen-deploy/current/setup.sh; do
  [ ! -e $file ] || sed -i 's/is as it was before setup.sh/did it itself/' $file
done
ask retire >report
differences
! grep -ao 'did it itself' report || :
ask look`,
      kind,
    );
    expect({ text, steps: found.steps }).toEqual({ text: isOwn ? "did it itself\n" : "", steps: [] });
  },
);

test("killed after any command, the next run does what is left", () => {
  const { text, found } = story(`
number=0
while [ $number -lt 20 ]; do
  set_up pi2 192.168.1.107
  # The group ends when that many commands have begun, and the next is about to.
  sed -i '/^tell() {/a [ ! -e /run/most ] || { echo >>/run/told; [ "$(wc -l </run/told)" -le "$(cat /run/most)" ] || kill -9 0; }' /var/lib/lvsgen/setup.sh /usr/local/sbin/lvs_rs.sh
  echo $number >/run/most
  mkdir /run/asked
  cp retire.sh /run/asked/
  code=0; setsid --wait sh /run/asked/retire.sh >/dev/null || code=$?
  rm -r /run/asked
  rm -f /run/most /run/told
  ask retire >report
  grep -a -A2 '^@failed' report || :
  ip addr del 192.168.1.107/24 dev eth0
  differences
  echo "$number $code"
  [ $code = 137 ] || break
  number=$((number + 1))
done
ask look`);
  expect(found.steps).toEqual([]);
  expect(text).toMatch(/^0 137\n1 137\n(\d 137\n)+\d+ 0\n$/);
});

test("what it replaced comes back, and other people's files and services stay", () => {
  const { text } = story(`
echo mine >/etc/systemd/system/lvs_rs.service
echo mine >/usr/local/sbin/lvs_other.sh
state >before
set_up pi2 192.168.1.107
ask retire >/dev/null
differences
cat /etc/systemd/system/lvs_rs.service
ask look`);
  expect(text).toBe("mine\n");
});

test("started without setup.sh, from any folder: it is stopped by the script beside its record", () => {
  const { text, found } = story(`
ip addr add 192.168.1.107/24 dev eth0
sh pi2/lvs_rs.sh start >/dev/null 2>&1
grep -q 192.168.1.200 /proc/net/fib_trie
ask retire >/dev/null
differences
ask look`);
  expect({ text, steps: found.steps }).toEqual({ text: "", steps: [] });
});

test("a deployment on trial would come back: nothing is changed before it is over", () => {
  const { answer } = story(`
set_up pi2 192.168.1.107
mkdir /run/lvsgen-deploy.trials
: >/run/lvsgen-deploy.trials/armed.1
ask retire`);
  expect(answer.failed).toMatchObject({ state: "untouched", words: expect.stringContaining("--try") });
});

/** Programs of a system that are not here: each says how it was called. */
const said = (name: string, answer = ":"): string => `
printf '#!/bin/sh\\n[ "$1" != -q ] || shift\\necho "${name} $*" >>/run/said\\n${answer}\\n' >/usr/local/sbin/${name}
chmod +x /usr/local/sbin/${name}`;

test("without its setup.sh, the notes alone say what else goes: rpm and init scripts", () => {
  const { text } = story(
    `
set_up pi3 192.168.1.108
rm /var/lib/lvsgen/setup.sh
printf 'nginx\\nkeepalived\\n' >/var/lib/lvsgen/packages
echo nginx >/var/lib/lvsgen/web-server
echo keepalived_connect_any >/var/lib/lvsgen/selinux-was-off
: >/var/lib/lvsgen/ipvsadm-was-enabled
echo haproxy >/var/lib/lvsgen/units-were-enabled
mkdir -p /var/lib/lvsgen/replaced/etc/yum.repos.d
echo theirs >/var/lib/lvsgen/replaced/etc/yum.repos.d/base.repo
echo /etc/yum.repos.d/base.repo >/var/lib/lvsgen/set-aside
mkdir /etc/yum.repos.d
echo exit >/etc/init.d/nginx; chmod +x /etc/init.d/nginx
${said("rpm")}${said("chkconfig")}${said("setsebool")}${said("selinuxenabled")}${said("getsebool", "echo x on")}
ask retire >report
sort /run/said | grep -v '^rpm [^-]\\|rpm -qa\\|selinuxenabled\\|getsebool'
cat /etc/yum.repos.d/base.repo
ask look`,
    { init: "sysv", packages: "rpm" },
  );
  expect(text).toBe(`chkconfig --del lvs_rs
chkconfig haproxy on
chkconfig ipvsadm on
chkconfig nginx off
rpm -e nginx keepalived
setsebool -P keepalived_connect_any 0
theirs
`);
});
