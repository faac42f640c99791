/** The package as npm would publish it: what is in it, and that it runs where it is installed. */

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { repository } from "../helpers/lvsgen.ts";
import { makeFolder, temporaryFolder } from "../helpers/temporary.ts";

/** Minutes: npm asks the registry. */
const TIMEOUT = 600_000;

/** The releases of Node that are to run it: this one, and those of npm's own packages of Node. */
const releases = ["this", "22", "24"] as const;

/** One that is too old, and says nothing of its own. */
const tooOld = "18";

function run(folder: string, program: string, ...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd: folder, encoding: "utf8" });
  expect(status, `${program} ${args.join(" ")}\n${stdout}${stderr}`).toBe(0);
  return stdout;
}

/** A release's own program, kept between runs. */
function nodeProgram(release: (typeof releases)[number] | typeof tooOld): string {
  if (release === "this") return process.execPath;
  const home = process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache");
  const folder = join(home, "lvsgen-test", `node-${release}`);
  const name = `node-${process.platform}-${process.arch}`;
  const program = join(folder, "node_modules", name, "bin/node");
  if (!existsSync(program)) {
    const fresh = temporaryFolder();
    writeFileSync(join(fresh, "package.json"), "{}");
    run(fresh, "npm", "install", "--no-audit", "--no-fund", `${name}@${release}`);
    mkdirSync(dirname(folder), { recursive: true });
    // Whole or not at all: another run may do the same.
    run("/", "cp", "-r", fresh, `${folder}.${process.pid}`);
    if (!existsSync(folder)) renameSync(`${folder}.${process.pid}`, folder);
  }
  return program;
}

describe("the package", { timeout: TIMEOUT }, () => {
  let tarball: string;
  const folder = makeFolder();
  const installed = makeFolder();
  beforeAll(() => {
    run(repository, "npm", "pack", "--ignore-scripts", "--pack-destination", folder);
    const [name = ""] = readdirSync(folder);
    tarball = join(folder, name);
    writeFileSync(join(installed, "package.json"), '{ "type": "module" }');
    run(installed, "npm", "install", "--no-audit", "--no-fund", "--omit=dev", "--prefer-offline", tarball);
  }, TIMEOUT);

  test("runs nothing when it is installed", () => {
    const { scripts } = JSON.parse(
      readFileSync(join(installed, "node_modules/lvsgen/package.json"), "utf8"),
    ) as { scripts: Record<string, string> };
    expect(Object.keys(scripts)).not.toEqual(expect.arrayContaining([expect.stringMatching(/install$/)]));
  });

  test.each(releases)("renders with Node %s", (release) => {
    const node = nodeProgram(release);
    const out = join(temporaryFolder(), "out");
    const program = join(installed, "node_modules/lvsgen/dist/cli.js");
    const example = join(installed, "node_modules/lvsgen/examples/pi-lab/topology.json");
    expect(run(installed, node, program, "--version")).toMatch(/^\d+\.\d+\.\d+\n$/);
    run(installed, node, program, "render", example, "--out", out);
    for (const file of ["manifest.json", "pi1/lvs_dr.sh", "ansible/site.yml"]) {
      expect(readFileSync(join(out, file), "utf8")).toBe(readFileSync(join(repository, "out", file), "utf8"));
    }
  });

  test.each([[["--version"]], [["validate", "x"]], [["render", "--help"]], [[]]])(
    `Node ${tooOld} is told of, for %j`,
    (words) => {
      const program = join(installed, "node_modules/lvsgen/dist/cli.js");
      const { status, stdout, stderr } = spawnSync(nodeProgram(tooOld), [program, ...words], {
        encoding: "utf8",
      });
      expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
      expect(stderr).toMatch(/^lvsgen: Node 18\.\d+\.\d+ is too old: lvsgen needs 20\.19 or newer .*\n$/);
    },
  );

  test("man finds its page after a global installation", () => {
    const prefix = temporaryFolder();
    const flags = ["--no-audit", "--no-fund", "--omit=dev", "--prefer-offline"];
    run(prefix, "npm", "install", "--global", "--prefix", prefix, ...flags, tarball);
    expect(readFileSync(join(prefix, "share/man/man1/lvsgen.1"), "utf8")).toContain(".TH LVSGEN 1");
  });

  test.each(releases)("is a library for Node %s, as its page says", (release) => {
    const page = readFileSync(join(repository, "docs/how-to/use-as-a-library.md"), "utf8");
    writeFileSync(join(installed, "library.js"), /```js\n([\s\S]*?)```/.exec(page)?.[1] ?? "");
    const example = join(repository, "examples/pi-lab/topology.json");
    const said = run(installed, nodeProgram(release), "library.js", example);
    expect(said).toMatch(/^pi1 director: \d+ resources\npi2 real-server: \d+ resources\n/);
    expect(said).toMatch(/^755 pi1\/lvs_dr\.sh \d{5}$/m);
    expect(said).toMatch(/^644 ansible\/README\.md 37$/m);
  });

  test.each(releases)("has its schemas for Node %s", (release) => {
    writeFileSync(
      join(installed, "schemas.js"),
      `import topology from "lvsgen/schema" with { type: "json" };
       import plan from "lvsgen/schemas/reports/plan.schema.json" with { type: "json" };
       console.log(topology.title, plan.properties.version.const);`,
    );
    expect(run(installed, nodeProgram(release), "schemas.js")).toBe("Topology 1\n");
  });

  test("publint and arethetypeswrong find nothing", () => {
    run(repository, "npx", "publint", "--strict", tarball);
    // The library is made of ES modules, which Node from 20.19 on also takes by require().
    run(repository, "npx", "attw", "--profile", "esm-only", tarball);
  });

  test("the examples in the library's documentation compile against its types", () => {
    const examples = readdirSync(join(repository, "src"), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts"))
      .map((file) => readFileSync(join(repository, "src", file), "utf8"))
      .flatMap((source) => [...source.matchAll(/@example\n((?: \* .*\n)+)/g)])
      .map(([, text = ""]) => text.replaceAll(/^ \* ?/gm, ""));
    expect(examples.length).toBeGreaterThan(3);
    examples.forEach((text, place) => {
      writeFileSync(
        join(installed, `example-${place}.ts`),
        `declare const text: string;\n${text}\nexport {};\n`,
      );
    });
    const files = examples.map((_, place) => `example-${place}.ts`);
    const flags = ["--noEmit", "--strict", "--target", "es2023", "--module", "nodenext", "--skipLibCheck"];
    run(installed, join(repository, "node_modules/.bin/tsc"), ...flags, "--types", "", ...files);
  });
});

test("the manual page is one that man can show", () => {
  expect(run(repository, "mandoc", "-T", "lint", "-W", "warning", "man/lvsgen.1")).toBe("");
  // Bold is each letter, a backspace and the letter again.
  const bold = [..."EXIT STATUS"].map((letter) => (letter === " " ? letter : `${letter}\b${letter}`));
  expect(run(repository, "mandoc", "-T", "ascii", "man/lvsgen.1")).toContain(bold.join(""));
});
