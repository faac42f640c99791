/** What the reader of scripts understands, by what is imported; how it agrees with the shell is in shell-agreement. */

import { describe, expect, test } from "vitest";
import { imported } from "../helpers/imported.ts";

const add = "ipvsadm -A -t 192.0.2.10:80 -s rr";
const two = "192.0.2.10:80 tcp rr dr -> 192.0.2.21*1, 192.0.2.22*1";

describe("constant scripts give all of their servers, and no note", () => {
  test.each<[string, string, string]>([
    [
      "an array",
      `RIPS=(192.0.2.21 192.0.2.22)\n${add}\nfor rip in "\${RIPS[@]}"; do ipvsadm -a -t 192.0.2.10:80 -r $rip:80 -g; done`,
      two,
    ],
    [
      "parallel arrays",
      `R=(192.0.2.21 192.0.2.22); W=(4 5)\n${add}\nfor i in "\${!R[@]}"; do ipvsadm -a -t 192.0.2.10:80 -r \${R[$i]} -w \${W[i]}; done`,
      "192.0.2.10:80 tcp rr dr -> 192.0.2.21*4, 192.0.2.22*5",
    ],
    [
      "an array with keys",
      `declare -A W=([192.0.2.21]=2 [192.0.2.22]=3)\n${add}\nfor r in "\${!W[@]}"; do ipvsadm -a -t 192.0.2.10:80 -r $r -w \${W[$r]}; done`,
      "192.0.2.10:80 tcp rr dr -> 192.0.2.21*2, 192.0.2.22*3",
    ],
    [
      "seq in backquotes",
      `${add}\nfor i in \`seq 21 22\`; do ipvsadm -a -t 192.0.2.10:80 -r 192.0.2.$i -g; done`,
      two,
    ],
    [
      "a range in braces",
      `${add}\nfor i in 192.0.2.{21..22}; do ipvsadm -a -t 192.0.2.10:80 -r $i -g; done`,
      two,
    ],
    [
      "a counted loop",
      `${add}\nfor ((i=21; i<=22; i++)); do ipvsadm -a -t 192.0.2.10:80 -r 192.0.2.$i -g; done`,
      two,
    ],
    [
      "functions in functions",
      `rs() { local vip=$1; shift; for r; do one $vip $r; done; }\none() { ipvsadm -a -t $1:80 -r $2:80 -g; }\n${add}\nrs 192.0.2.10 192.0.2.21 192.0.2.22`,
      two,
    ],
    [
      "a here-document",
      "cat <<E | ipvsadm -R\n-A -t 192.0.2.10:80 -s rr\n-a -t 192.0.2.10:80 -r 192.0.2.21:80 -g\n-a -t 192.0.2.10:80 -r 192.0.2.22:80\nE",
      two,
    ],
    [
      "lines that a loop prints",
      `{ echo "${add.slice(8)}"; for i in 21 22; do echo "-a -t 192.0.2.10:80 -r 192.0.2.$i:80 -g"; done; } | ipvsadm -R`,
      two,
    ],
    [
      "a table in the script",
      `${add}\nwhile read ip weight; do ipvsadm -a -t 192.0.2.10:80 -r $ip -w $weight; done <<E\n192.0.2.21 7\n192.0.2.22 8\nE`,
      "192.0.2.10:80 tcp rr dr -> 192.0.2.21*7, 192.0.2.22*8",
    ],
    [
      "parts of words",
      `${add}\nfor x in 192.0.2.21/4 192.0.2.22/5; do ipvsadm -a -t 192.0.2.10:80 -r \${x%/*} -w \${x#*/}; done`,
      "192.0.2.10:80 tcp rr dr -> 192.0.2.21*4, 192.0.2.22*5",
    ],
    [
      "an init script",
      `start() {\n${add}\nfor i in 21 22; do /sbin/ipvsadm -a -t 192.0.2.10:80 -r 192.0.2.$i -g\ndone; }\nstop() { ipvsadm -C; }\ncase "$1" in\nstart) start ;;\nstop) stop ;;\nrestart) stop; start ;;\n*) echo "usage: $0 start"; exit 1\nesac`,
      two,
    ],
    [
      "functions by their names",
      `start() { ${add}; ipvsadm -a -t 192.0.2.10:80 -r 192.0.2.21; ipvsadm -a -t 192.0.2.10:80 -r 192.0.2.22; }\ncase $1 in start|stop) "$1";; esac`,
      two,
    ],
    [
      "a program in a variable",
      `\n[ -x /sbin/ipvsadm ] && I=/sbin/ipvsadm || I=/usr/sbin/ipvsadm\nsudo $I ${add.slice(8)} || exit 1\nfor i in 21 22; do "$I" -a -t 192.0.2.10:80 -r 192.0.2.$i; done`,
      two,
    ],
    [
      "carriage returns and tabs",
      `V=192.0.2.10\r\nipvsadm -A -t $V:80 \\\r\n\t-s rr\r\nfor i in 21 22\r\ndo\r\n\tipvsadm -a -t $V:80 -r 192.0.2.$i\r\ndone\r\n`,
      two,
    ],
  ])("%s", (_what, script, service) => {
    const { services, told, errors } = imported([`#!/bin/bash\n${script}\n`]);
    expect(services).toEqual([service]);
    expect(told.filter((text) => !text.includes('"$1"') && !text.includes("$1: unknown command"))).toEqual(
      [],
    );
    expect(errors).toEqual([]);
  });
});

describe("in a straight script deleting takes effect", () => {
  const service = (last: number) =>
    `ipvsadm -A -t 192.0.2.${last}:80 -s rr\nipvsadm -a -t 192.0.2.${last}:80 -r 192.0.2.2${last}:80 -g\n`;
  const text = (last: number) => `192.0.2.${last}:80 tcp rr dr -> 192.0.2.2${last}*1`;

  test.each<[string, string, string[]]>([
    ["-C", `${service(8)}ipvsadm -C\n${service(9)}`, [text(9)]],
    ["-D", `${service(8)}${service(9)}ipvsadm -D -t 192.0.2.8:80\n`, [text(9)]],
    [
      "-d",
      `${service(9)}ipvsadm -a -t 192.0.2.9:80 -r 192.0.2.7:80\nipvsadm -d -t 192.0.2.9:80 -r 192.0.2.7:80\n`,
      [text(9)],
    ],
    [
      "-C in a branch",
      `${service(8)}if [ "$1" = stop ]; then ipvsadm -C; fi\n${service(9)}`,
      [text(8), text(9)],
    ],
    ["-C of a trap", `end() { ipvsadm -C; }\ntrap end EXIT\n${service(9)}`, [text(9)]],
  ])("%s", (_what, script, services) => {
    expect(imported([`#!/bin/sh\n${script}`])).toMatchObject({ services, told: [], errors: [] });
  });
});

describe("of a loop all is read, or nothing, with one note", () => {
  test.each<[string, string, string, number]>([
    [
      "a file's words",
      "for i in $(cat /etc/rips) 192.0.2.21; do ipvsadm -a -t 192.0.2.10:80 -r $i; done",
      "nothing of the loop is imported: the value of $(cat /etc/rips)",
      1,
    ],
    [
      "a script's arguments",
      'for i in "$@"; do ipvsadm -a -t 192.0.2.10:80 -r $i; done',
      "nothing of the loop is imported: the value of $@",
      1,
    ],
    [
      "a name among addresses",
      "for i in 192.0.2.21 web2; do ipvsadm -a -t 192.0.2.10:80 -r $i:80; done",
      'nothing of the loop is imported, as part of it cannot be read: "web2:80" is not',
      2,
    ],
    [
      "a loop within that is unknown",
      "for p in 80; do for i in $X; do ipvsadm -a -t 192.0.2.10:$p -r $i; done; ipvsadm -a -t 192.0.2.10:80 -r 192.0.2.23; done",
      "nothing of the loop is imported, as part of it cannot be read: the value of $X",
      1,
    ],
    [
      "an unknown number of turns",
      "while [ $n -lt 3 ]; do ipvsadm -a -t 192.0.2.10:80 -r 192.0.2.$n; n=$((n+1)); done",
      "nothing of the loop is imported: how often the loop turns",
      1,
    ],
  ])("%s", (_what, loop, note, servers) => {
    const {
      services,
      told,
      servers: counts,
    } = imported([`#!/bin/bash\n${add}\nipvsadm -a -t 192.0.2.10:80 -r 192.0.2.20\n${loop}\n`]);
    expect(services).toEqual(["192.0.2.10:80 tcp rr dr -> 192.0.2.20*1"]);
    expect(told).toEqual([expect.stringContaining(`IMP103 file0:4 ${note}`)]);
    expect(counts).toEqual({ imported: 1, seen: 1 + servers });
  });
});

describe("a refusal has the reason, and all notes", () => {
  test.each<[string, string, string[]]>([
    [
      "an argument",
      `VIP=$1\nipvsadm -A -t $VIP:80\nipvsadm -a -t $VIP:80 -r 192.0.2.21`,
      [
        "IMP001 file0:3 no virtual service could be read: the value of $VIP ($1) is known only when the script runs",
        "IMP103 file0:3 the value of $VIP ($1) is known only when the script runs",
        "IMP103 file0:4 the value of $VIP ($1) is known only when the script runs",
      ],
    ],
    [
      "a file that is missing",
      ". /etc/lvs.conf\nipvsadm -A -t 192.0.2.10:80\n",
      [
        "IMP001 file0:2 no virtual service could be read: the script reads /etc/lvs.conf, which is missing here",
        "IMP103 file0:2 the script reads /etc/lvs.conf, which is missing here",
        "IMP102 file0:3 service without a real server",
      ],
    ],
    [
      "an em dash and a no-break space",
      `${add}\nipvsadm —add-server -t 192.0.2.10:80 -r 192.0.2.21\nipvsadm -a -t\u00A0192.0.2.10:80 -r 192.0.2.21`,
      [
        "IMP001 file0:3 no virtual service could be read: — is an em dash",
        "IMP102 file0:2 service without a real server",
        "IMP103 file0:3 — is an em dash",
        "IMP103 file0:4 a no-break space",
      ],
    ],
    [
      "a table that is not given along",
      "ipvsadm -R < /etc/ipvsadm.rules\n",
      [
        "IMP001 file0:2 no virtual service could be read: what ipvsadm -R reads (</etc/ipvsadm.rules) is not in the script",
        "IMP103 file0:2 what ipvsadm -R reads (</etc/ipvsadm.rules) is not in the script",
      ],
    ],
  ])("%s", (_what, script, notes) => {
    const { topology, told } = imported([`#!/bin/sh\n${script}\n`]);
    expect(topology).toBeNull();
    expect(told.map((text) => text.replace(/ in ".*$/, "")).toSorted()).toEqual(notes.toSorted());
  });
});

describe("a template is named before all that follows from it", () => {
  test.each([
    ["a script of Ansible", "#!/bin/sh\nVIP={{ vip }}\nipvsadm -A -t $VIP:80 -s rr\n", 2],
    ["a table of Puppet", "-A -t <%= @vip %>:80 -s rr\n", 1],
    ["ldirectord.cf of Ansible", "checktimeout=3\nvirtual={{ vip }}:80\n\treal=192.0.2.21:80 gate\n", 2],
  ])("%s", (_what, text, line) => {
    const { topology, told } = imported([text]);
    expect(topology).toBeNull();
    expect(told[0]).toMatch(new RegExp(`^IMP001 file0:${line} .*the text is an? (Jinja2|ERB) template`));
  });

  test("formats of a program's output are none", () => {
    const { told } = imported([
      `#!/bin/bash\nA=(1)\necho \${#A[@]} {{.Name}}\n${add}\nipvsadm -a -t 192.0.2.10:80 -r 192.0.2.21\n`,
    ]);
    expect(told).toEqual([]);
  });
});

test("a text without #!, with a byte order mark", () => {
  const text = `\uFEFFVIP=192.0.2.10\n${add}\nipvsadm -a -t $VIP:80 -r 192.0.2.21\nipvsadm -a -t $VIP:80 -r 192.0.2.22\n`;
  expect(imported([text])).toMatchObject({ services: [two], told: [], errors: [] });
});

test("files that a script reads are given along, by their base names", () => {
  const script =
    "#!/bin/sh\n. /etc/default/lvs\nipvsadm-restore < $RULES\nipvsadm -a -t $VIP:80 -r 192.0.2.22:80\n";
  const rules = "-A -t 192.0.2.10:80 -s rr\n-a -t 192.0.2.10:80 -r 192.0.2.21:80 -g -w 1\n";
  const settings = "# of lb1\nVIP=192.0.2.10\nRULES=/etc/ipvsadm.rules\n";
  const given = imported([script, ["x/ipvsadm.rules", rules], ["lb1-lvs", settings]]);
  expect(given).toMatchObject({ services: [two], told: [], errors: [] });
  const { told } = imported([script, ["lvs", settings], ["other.rules", rules]]);
  expect(told).toContain("IMP103 other.rules:1 no script reads this file: nothing of it is imported");
});

test("ways of a condition that fill the table differently are all read, and named", () => {
  const way = (port: number) =>
    `ipvsadm -A -t 192.0.2.10:${port} -s rr; ipvsadm -a -t 192.0.2.10:${port} -r 192.0.2.21`;
  const { services, told } = imported([`#!/bin/sh\nif [ -f /x ]; then ${way(80)}; else ${way(81)}; fi\n`]);
  expect(services).toHaveLength(2);
  expect(told).toEqual([expect.stringContaining("IMP103 file0:2 the ways of this condition")]);
  // One that is known goes one way only.
  expect(
    imported([`#!/bin/sh\nM=a\nif [ $M = a ]; then ${way(80)}; else ${way(81)}; fi\n`]).services,
  ).toHaveLength(1);
});
