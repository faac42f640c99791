/** `lvsgen deploy` says where its files come from, and takes a reviewed folder only if it is fresh. Nothing is reached. */

import { appendFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { report } from "../../src/deploy/report.ts";
import { howToGoOn } from "../../src/deploy/report-text.ts";
import { type CliResult, lvsgen, repository } from "../helpers/lvsgen.ts";
import { temporaryFolder } from "../helpers/temporary.ts";

const example = "examples/pi-lab/topology.json";
let folder = "";
let out = "";

beforeEach(() => {
  folder = temporaryFolder();
  out = join(folder, "out");
  // An ssh that reaches nobody, and says that it was called.
  mkdirSync(join(folder, "bin"));
  writeFileSync(join(folder, "bin/ssh"), `#!/bin/sh\necho called >>'${folder}/calls'\nexit 255\n`, {
    mode: 0o755,
  });
});

function deploy(...words: string[]): CliResult & { readonly called: boolean } {
  rmSync(join(folder, "calls"), { force: true });
  const environment = { PATH: `${join(folder, "bin")}:${process.env.PATH}` };
  const result = lvsgen(["deploy", ...words], { environment });
  let called = true;
  try {
    readFileSync(join(folder, "calls"));
  } catch {
    called = false;
  }
  return { ...result, called };
}

function render(...words: string[]): void {
  expect(lvsgen(["render", example, "--out", out, "--no-lint", ...words]).status).toBe(0);
}

/** With another scheduler. */
function changed(): string {
  const topology = JSON.parse(readFileSync(join(repository, example), "utf8"));
  topology.virtualServices[0].scheduler = "wrr";
  const file = join(folder, "changed.json");
  writeFileSync(file, JSON.stringify(topology));
  return file;
}

test("without --from it says that it renders afresh", () => {
  const { stderr, called } = deploy(example, "--dry-run");
  expect(stderr).toContain(
    `rendering ${example} again to deploy it (--from FOLDER deploys a reviewed folder)`,
  );
  expect(called).toBe(true);
  expect(deploy(example, "--rollback").stderr).not.toContain("rendering");
});

test("a fresh folder is deployed, and named", () => {
  render();
  const { stderr, called } = deploy(example, "--dry-run", "--from", out);
  expect(stderr).toContain(`deploying the files in ${out}`);
  expect(stderr).not.toContain("rendering");
  expect(called).toBe(true);
});

test.each(["--dry-run", ""])("a stale folder reaches no host %s", (option) => {
  render();
  const result = deploy(changed(), "--from", out, ...(option === "" ? [] : [option]));
  expect(result).toMatchObject({ status: 1, stdout: "", called: false });
  expect(result.stderr).toContain(`nothing deployed: ${out} is stale; run 'lvsgen render`);
  expect(result.stderr).toContain("  update pi1/lvs_dr.sh\n");
});

test("a folder that was edited by hand reaches no host", () => {
  render();
  appendFileSync(join(out, "pi2/lvs_rs.sh"), "# by hand\n");
  const result = deploy(example, "--from", out);
  expect(result).toMatchObject({ status: 1, called: false });
  expect(result.stderr).toContain(`nothing deployed: ${out} was changed by hand`);
  expect(result.stderr).toContain("  edited pi2/lvs_rs.sh\n");
  // Only the chosen hosts' files count.
  expect(deploy(example, "--from", out, "--host", "pi1").called).toBe(true);
  expect(deploy(example, "--from", out, "--host", "pi2").called).toBe(false);
});

test("another cluster's folder reaches no host", () => {
  render();
  const result = deploy("examples/ha-pair/topology.json", "--from", out);
  expect(result).toMatchObject({ status: 1, called: false });
  expect(result.stderr).toContain('the output of the cluster "pi-lab"');
});

test("files of one's own templates are fresh only with these templates", () => {
  const templates = join(folder, "templates");
  mkdirSync(join(templates, "service"), { recursive: true });
  writeFileSync(join(templates, "service/init.sh.hbs"), "#!/bin/sh\n# own\n");
  render("--templates", templates);
  expect(deploy(example, "--from", out).called).toBe(false);
  expect(deploy(example, "--from", out, "--templates", templates).called).toBe(true);
});

test("what to run after a failure repeats the options; a rollback has no folder", () => {
  const text = (outcome: "untouched" | "done"): string =>
    howToGoOn(
      [report("pi1", "untouched", { isCause: true, words: "no", remedy: "" }), report("pi2", outcome)],
      "lvsgen deploy a.yaml",
      " --from out",
    );
  expect(text("untouched")).toContain("lvsgen deploy a.yaml --from out --host pi2");
  expect(text("done")).toContain("lvsgen deploy a.yaml --rollback --host pi2");
});

test.each([
  [["--from", "nowhere"], "--from nowhere has no manifest.json of lvsgen: run 'lvsgen render"],
  [["--from", "out", "--rollback"], "--from has no effect with --rollback"],
])("%j is wrong usage", (words, message) => {
  expect(deploy(example, ...words)).toMatchObject({
    status: 2,
    called: false,
    stderr: expect.stringContaining(message),
  });
});
