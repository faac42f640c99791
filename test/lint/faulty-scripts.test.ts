/**
 * Random faults, sown into the data of generated scripts: linting one script of each shape finds what linting every
 * script finds. `LVSGEN_LINT_FAULTS=5000 npx vitest run test/lint/faulty-scripts.test.ts` sows more.
 */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { templates } from "#templates";
import { findShellcheck } from "../../src/lint/find-shellcheck.ts";
import { lintFiles } from "../../src/lint/lint-files.ts";
import { runShellcheck } from "../../src/lint/run-shellcheck.ts";
import { shapeOf } from "../../src/lint/shape.ts";
import { renderCluster } from "../../src/render/render-cluster.ts";
import { checkTopology } from "../../src/rules/check-topology.ts";
import { randomNumbers } from "../helpers/random-numbers.ts";
import { temporaryFolder } from "../helpers/temporary.ts";

const count = Number(process.env.LVSGEN_LINT_FAULTS ?? 400);

const servers = [1, 2, 3, 4, 5, 6, 7, 8];

const topology = {
  version: 1,
  name: "faults",
  defaults: { os: "debian-12", firewall: "apply" },
  hosts: Object.fromEntries([
    ["dr", { interfaces: { eth0: "10.0.0.254/24" } }],
    ...servers.map((n) => [`rs${n}`, { interfaces: { eth0: `10.0.0.${n}/24` } }]),
  ]),
  directors: { hosts: ["dr"] },
  virtualServices: [
    { name: "web", vip: "10.0.0.200", port: 80, realServers: servers.map((n) => ({ host: `rs${n}` })) },
    {
      name: "dns",
      vip: "10.0.0.201",
      port: 53,
      protocol: "udp",
      forwarding: "tun",
      realServers: servers.map((n) => ({ host: `rs${n}` })),
    },
  ],
};

/** What stands for something in a shell, and what does not. */
const pieces = [
  ..."$`\"'\\*?[]{}()<>|&;#~!=%:,./-_ \tx7é",
  ..."\n",
  "$x",
  "$(id)",
  "`id`",
  "\\\n",
  "$1",
  "# shellcheck disable=SC2086\n",
  " && ",
  "#!",
  "'a b'",
  "a b",
];

/** The data and what ends it: without the machinery, as shellcheck takes a second for that. */
function dataOf(text: string): string {
  return `${text.slice(0, text.indexOf("\n# ==== The machinery"))}\nmain "$@"\n`;
}

test(`${count} scripts with random faults`, { timeout: 600_000 }, async () => {
  const { cluster } = checkTopology(JSON.stringify(topology), "faults.json");
  if (cluster === null) throw new Error("the topology is invalid");
  const scripts = renderCluster(cluster, templates).filter(({ path }) => /\/lvs_(dr|rs)\.sh$/.test(path));
  const data = scripts.map(({ text }) => dataOf(text));
  const random = randomNumbers(20);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
  const folder = temporaryFolder();
  const files = Array.from({ length: count }, (_, index) => {
    const text = pick(data);
    const at = Math.floor(random() * text.length);
    const gone = pick([0, 0, 1, 3]);
    // Every fourth is as it was rendered.
    const faulty = index % 4 === 0 ? text : text.slice(0, at) + pick(pieces) + text.slice(at + gone);
    const file = join(folder, `${index}.sh`);
    writeFileSync(file, faulty);
    return { file, faulty };
  });
  const command = findShellcheck({ environment: process.env, allowNpx: false });
  if (command === null) throw new Error("shellcheck is not installed");
  const names = files.map(({ file }) => file);
  const keys = (found: Awaited<ReturnType<typeof lintFiles>>) =>
    found.map(({ file, line, column, code }) => `${file}:${line}:${column} ${code}`).sort();
  expect(keys(await lintFiles(names, command))).toEqual(keys(await runShellcheck(command, names)));
  // The test tests something: many share a shape, and many do not.
  const shapes = new Set(files.map(({ faulty }) => shapeOf(faulty))).size;
  expect(shapes).toBeGreaterThan(count / 4);
  expect(shapes).toBeLessThan((count * 3) / 4);
});
