/**
 * A release that nobody has heard of is one row and `npm run generate`: in a copy of the sources, a row is added, and
 * the command line that is built of it knows the release everywhere.
 */

import { spawnSync } from "node:child_process";
import { cpSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { repository } from "../helpers/lvsgen.ts";
import { isRelease } from "../helpers/release.ts";
import { makeFolder } from "../helpers/temporary.ts";

const copy = makeFolder();

/** What `npm run generate` and a build read. */
const sources = [
  ...["src", "scripts", "schemas", "templates", "examples", "docs", "man", "dist"],
  ...["package.json", "CHANGELOG.md", "tsconfig.json"],
];

function run(program: string, ...args: string[]): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd: copy, encoding: "utf8" });
  return { status, output: stdout + stderr };
}

function must(program: string, ...args: string[]): string {
  const { status, output } = run(program, ...args);
  expect(status, `${program} ${args.join(" ")}\n${output}`).toBe(0);
  return output;
}

/** Whose packages, mirror, libraries and web server are like none of the others'. */
const row = `
  99: debianRow({
    proven: "documented",
    kernels: ["9.9"],
    python: "3.99",
    systemd: 299,
    ipvsadm: "1.99",
    iproute2: "9.9",
    keepalived: "9.9",
    iptables: "legacy",
    lacks: ["scheduler mh"],
    renamed: { iptables: "iptables-of-99" },
    libnl: ["libnl-of-99"],
    mirror: mirror("duke", "1.4"),
    sources: [],
  }),
} as const satisfies`;

const topology = {
  version: 1,
  name: "new",
  defaults: {
    os: "debian-99",
    packages: {
      mirror: { main: "https://mirror.example.net/debian" },
      ipvsadm: { source: "ipvsadm-1.99.tar.gz" },
    },
  },
  hosts: {
    dr: { interfaces: { eth0: "10.0.0.1/24" } },
    rs: { interfaces: { eth0: "10.0.0.2/24" }, gateway: "10.0.0.1", webServer: { kind: "nginx" } },
  },
  directors: { hosts: ["dr"] },
  virtualServices: [
    {
      ...{ name: "web", vip: "10.0.0.100", port: 80, scheduler: "sh", forwarding: "nat" },
      nat: { returnPath: "masquerade" },
      realServers: [{ host: "rs" }],
    },
  ],
};

const lvsgen = (...args: string[]) => run(process.execPath, "dist/cli.js", ...args);

// A checkout of its own is built for it: two minutes.
describe.runIf(isRelease)("a release that is not in the table", () => {
  beforeAll(() => {
    for (const name of sources) cpSync(join(repository, name), join(copy, name), { recursive: true });
    symlinkSync(join(repository, "node_modules"), join(copy, "node_modules"));
    writeFileSync(join(copy, "new.json"), JSON.stringify(topology));
  });

  test("is not known before", () => {
    expect(lvsgen("validate", "new.json").output).toMatch(/unknown operating system "debian-99"/);
  });

  test("is one row", { timeout: 300_000 }, () => {
    const file = join(copy, "src/platforms/rows/debian.ts");
    const text = readFileSync(file, "utf8");
    const end = /\n\} as const satisfies/;
    expect(text).toMatch(end);
    writeFileSync(
      file,
      text.replace(end, () => row),
    );

    expect(run("npm", "run", "--silent", "check:generated").output).toContain(
      "schemas/topology.schema.json is stale",
    );
    must("npm", "run", "--silent", "generate");
    must("npm", "run", "--silent", "check:generated");
    expect(readFileSync(join(copy, "schemas/topology.schema.json"), "utf8")).toMatch(
      /Not run in tests: [^"]*debian-99/,
    );
    must("npm", "run", "--silent", "build:fast");
    must("npx", "--no-install", "tsc", "--noEmit");
  });

  test("is validated, and measured by its row", () => {
    const { status, output } = lvsgen("validate", "new.json");
    expect(status, output).toBe(0);
    // Its apt is 1.4.
    expect(output).toMatch(/LVS235 .*apt of Debian 99 does not support https/);
    const text = JSON.stringify(topology).replace('"sh"', '"mh"');
    writeFileSync(join(copy, "lacking.json"), text);
    expect(lvsgen("validate", "lacking.json").output).toMatch(
      /scheduler mh is not in the kernel packages of Debian 99/,
    );
    expect(lvsgen("import", "--os", "debian-100", "-").output).toContain("debian-99 is the newest known");
  });

  test("is rendered and provided by its row", () => {
    must(process.execPath, "dist/cli.js", "render", "new.json", "--out", "out");
    const setup = (host: string) => readFileSync(join(copy, "out", host, "setup.sh"), "utf8");
    expect(setup("dr")).toContain("deb https://mirror.example.net/debian duke main contrib non-free");
    expect(setup("dr")).toMatch(/BUILD_PACKAGES=.*libnl-of-99/);
    expect(setup("dr")).toContain("iptables iptables-of-99");
    expect(setup("rs")).toMatch(/^nginx nginx$/m);
    must(process.execPath, "dist/cli.js", "lint", "out");
  });

  test("has a tree by its row", () => {
    writeFileSync(
      join(copy, "kind.ts"),
      `import { treeKind } from "./src/lab/reboot/tree-kinds.ts";
  import { platforms } from "./src/platforms/platforms.ts";
  const platform = platforms.get("debian-99");
  process.stdout.write(JSON.stringify(treeKind({ platform, init: "sysv" })));`,
    );
    const kind = JSON.parse(must("npx", "--no-install", "tsx", "kind.ts"));
    expect(kind).toMatchObject({ name: "debian-99-sysv", suite: "duke" });
  });
});
