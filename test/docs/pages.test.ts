/**
 * What the documentation says to do is done, page after page as a reader would: commands, files, changes, and what is
 * printed. Pages that reach hosts do it over real sshd, on the hosts of the tutorial and the one that is added later.
 */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Fleet } from "../fleet/fleet.ts";
import { repository } from "../helpers/lvsgen.ts";
import { isRelease } from "../helpers/release.ts";
import { temporaryFolder } from "../helpers/temporary.ts";
import { stepsOf } from "./page.ts";
import { Reader } from "./reader.ts";

const TIMEOUT = 1_200_000;

/** In the order of reading: each goes on where the one before ends. */
const withFleet = [
  "docs/tutorial.md",
  "docs/how-to/drain-a-server.md",
  "docs/how-to/move-a-vip.md",
  "docs/how-to/roll-back.md",
  "docs/how-to/import-what-runs.md",
  "docs/how-to/add-a-director.md",
  "docs/how-to/roll-through-hosts.md",
  "docs/how-to/upgrade-lvsgen.md",
  "docs/how-to/remove-a-host.md",
  "docs/how-to/share-an-address.md",
  "docs/how-to/three-directors.md",
  "docs/how-to/take-it-off.md",
];

/** Playbooks take minutes each: see test/fleet/ansible.test.ts. */
const withAnsible = ["docs/how-to/use-ansible.md"];

/** All that they need; the hosts' own contents come from the pages. */
const hosts = {
  version: 1,
  name: "fleet",
  defaults: { os: "debian-12", ssh: { user: "pi" } },
  hosts: {
    pi1: { interfaces: { eth0: "192.168.1.114/24" } },
    pi2: { interfaces: { eth0: "192.168.1.107/24" } },
    pi3: { interfaces: { eth0: "192.168.1.108/24" } },
    pi4: { interfaces: { eth0: "192.168.1.115/24" } },
  },
  directors: { hosts: ["pi1"] },
  virtualServices: [{ name: "web", vip: "192.168.1.200", port: 80, realServers: [{ host: "pi2" }] }],
};

test("every page with commands is followed by a test", () => {
  const pages = readdirSync(join(repository, "docs"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`)
    .filter((page) =>
      stepsOf(readFileSync(join(repository, page), "utf8")).some(({ kind }) => kind === "commands"),
    );
  expect(pages.sort()).toEqual([...withFleet, ...withAnsible].sort());
});

/** Half an hour in one slow kernel. */
const withHosts = isRelease && process.getuid?.() === 0;

describe.runIf(withHosts)("with hosts", { timeout: TIMEOUT }, () => {
  let fleet: Fleet;
  let reader: Reader;
  beforeAll(async () => {
    fleet = await Fleet.boot(hosts);
    reader = new Reader(fleet.folder, fleet);
  }, TIMEOUT);
  afterAll(() => fleet.end());

  test.each(withFleet)("%s", async (page) => {
    expect(await reader.follow(page)).toBeGreaterThan(0);
  });
});

describe.runIf(withHosts)("without hosts", { timeout: TIMEOUT }, () => {
  test.each(["README.md", "README.zh.md"])("%s", async (page) => {
    // The first two commands are what CI itself begins with.
    expect(await new Reader(temporaryFolder()).follow(page, 1)).toBeGreaterThan(0);
  });
});
