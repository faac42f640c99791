/** Reports in Chinese have no English sentence left; what is generated is the same in every language. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { compareClusters } from "../../src/diff/compare-clusters.ts";
import { comparisonText } from "../../src/diff/diff-text.ts";
import { dotOf } from "../../src/graph/dot.ts";
import { pictureOf } from "../../src/graph/picture.ts";
import { descriptionOf, svgOf } from "../../src/graph/svg/svg.ts";
import { importTopology, type Source } from "../../src/import/import-topology.ts";
import { notesText } from "../../src/import/notes-text.ts";
import { topologyYaml } from "../../src/import/topology-yaml.ts";
import { speak } from "../../src/languages/say.ts";
import { zh } from "../../src/languages/zh/index.ts";
import { planCluster } from "../../src/plan/host-plan.ts";
import { ownRenderer } from "../../src/render/own-renderer.ts";
import { planTexts } from "../../src/render/plan-groups.ts";
import { renderEach } from "../../src/render/render-each.ts";
import { checkTopology } from "../../src/rules/check-topology.ts";
import type { WholeTopology } from "../../src/topology/whole.ts";
import { repository } from "../helpers/lvsgen.ts";

const read = (path: string) => readFileSync(join(repository, path), "utf8");
const example = (name: string) => JSON.parse(read(`examples/${name}/topology.json`)) as WholeTopology;

function clusterOf(topology: unknown) {
  const { cluster, diagnostics } = checkTopology(JSON.stringify(topology), "topology.json");
  if (cluster === null) throw new Error(JSON.stringify(diagnostics));
  return cluster;
}

const clusters = readdirSync(join(repository, "examples")).map((name) => clusterOf(example(name)));

/** Runs of four words or more, outside of quotes. */
function english(text: string): string[] {
  const unquoted = text.replaceAll(/"[^"\n]*"|'[^'\n]*'/g, "…");
  return unquoted.match(/[A-Za-z']{2,}(?: [A-Za-z']+){3,}/g) ?? [];
}

beforeEach(() => speak(zh));
afterEach(() => speak(null));

test("changes", () => {
  const edited = example("everything");
  for (const service of edited.virtualServices) {
    if (service.schedulerFlags === undefined) service.scheduler = service.scheduler === "wlc" ? "rr" : "wlc";
    if (service.persistence === undefined) service.persistence = { timeout: 60 };
    else delete service.persistence;
    for (const [at, server] of service.realServers.entries())
      if (typeof server === "object") server.weight = at === 0 ? 0 : 7;
    service.realServers.pop();
  }
  const pairs = [
    [clusterOf(example("everything")), clusterOf(edited)],
    ...clusters.map((cluster, at) => [cluster, clusters[(at + 1) % clusters.length]]),
  ] as const;
  const texts = pairs.map(([before, after]) =>
    before && after
      ? comparisonText(compareClusters({ cluster: before, artifacts: [] }, { cluster: after, artifacts: [] }))
      : "",
  );
  expect(texts.join("\n")).toContain("摘除流量");
  expect(texts.flatMap(english)).toEqual([]);
});

test("plans and pictures", () => {
  const texts = clusters.flatMap((cluster) => {
    const picture = pictureOf(cluster);
    // Captions are what is between tags.
    const captions = svgOf(picture)
      .replace(/<style>.*?<\/style>/s, "")
      .replaceAll(/<[^>]*>/g, "\n");
    return [
      planTexts(planCluster(cluster)),
      captions,
      descriptionOf(picture),
      dotOf(picture).replaceAll(/\[.*?=/g, ""),
    ];
  });
  expect(texts.join("\n")).toContain("分发器");
  expect(texts.flatMap(english)).toEqual([]);
});

test("generated files are in English", () => {
  const rendered = () =>
    clusters.flatMap((cluster) =>
      [...renderEach(cluster, ownRenderer())].map(({ path, text }) => ({ path, text })),
    );
  const chinese = rendered();
  speak(null);
  expect(chinese).toEqual(rendered());
});

describe("imports", () => {
  const folder = "test/fixtures/import/samples";
  const seed = "test/fixtures/seeds/000";
  const scripts = readdirSync(join(repository, seed), { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".sh"),
  );
  const moving = `global_defs { script_user nobody users; vrrp_garp_master_repeat 2.5 }
vrrp_script up { script "pgrep nginx"; weight 300; interval 0.5 }
vrrp_script odd { script "test -f /x && y | z" }
vrrp_track_process many { process sshd -D }
vrrp_instance a {
state MASTER
priority 255
virtual_router_id 51
track_script { up weight 5; nosuch; odd }
track_interface { eth0 weight 4 }
authentication { auth_type PASS; auth_pass s3cr3t }
notify /bin/x bad-USER group
virtual_ipaddress { 10.0.0.9; 127.0.0.1; 10.0.0.9 }
}
`
    .replaceAll("; ", "\n")
    .replaceAll(/(?<=\{) | (?=\})/g, "\n");
  const source = (name: string): Source => ({ name, text: read(name) });

  test.each([
    ["scripts", [scripts.map((name) => source(`${seed}/${name}`))]],
    ["keepalived.conf", readdirSync(join(repository, folder)).map((name) => [source(`${folder}/${name}`)])],
    ["keepalived.conf without services", [[{ name: "keepalived.conf", text: moving }]]],
    [
      "tables",
      [
        "-A -t 192.0.2.10:80 -s nosuch -p 0 -M 1.2.3\n-a -t 192.0.2.10:80 -r 192.0.2.21:8080 -g -w 99999 -x 5 -y 9\n" +
          "-a -t 192.0.2.99:80 -r 192.0.2.21 -z\n-A -f 3 -b sh-port\n-a -f 3 -r 192.0.2.22:0 -m\n",
        "IP Virtual Server version 1.2.1 (size=4096)\nProt LocalAddress:Port Scheduler Flags\n" +
          "  -> RemoteAddress:Port Forward Weight ActiveConn InActConn\nTCP  192.0.2.10:80\n  -> 192.0.2.21:80\n",
        "",
        "hello",
        "{{ vip }}",
      ].map((text) => [{ name: "-", text }]),
    ],
    [
      "ldirectord.cf",
      [
        [
          {
            name: "ldirectord.cf",
            text: 'checktimeout=3\nquiescent=yes\nautoreload=yes\nnosuch=1\nvirtual=192.0.2.10:80\n\treal=192.0.2.21:80 gat 99999\n\treal=web:80 gate\n\tservice=http\n\treceive="ok"\n\tchecktype=7\n',
          },
        ],
      ],
    ],
  ] as [string, Source[][]][])("of %s", (_, cases) => {
    for (const sources of cases) {
      const { topology, notes } = importTopology(sources as [Source, ...Source[]]);
      const texts = notes.map(({ message, hint }) => `${message}\n${hint}`);
      expect(texts.length).toBeGreaterThan(0);
      expect(texts.flatMap(english)).toEqual([]);
      const headings = notesText(notes, sources, { color: false, limit: 100 }).filter(
        (part) => !part.includes("\n"),
      );
      expect(headings.flatMap(english)).toEqual([]);
      if (topology === null) continue;
      const comments = topologyYaml(topology, notes).match(/# .*/g) ?? [];
      expect(comments.flatMap(english)).toEqual([]);
    }
  });
});
