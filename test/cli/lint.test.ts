import { appendFileSync, chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { lvsgen, repository } from "../helpers/lvsgen.ts";
import { temporaryFolder } from "../helpers/temporary.ts";

let folder = "";
let out = "";

beforeEach(() => {
  folder = temporaryFolder();
  out = join(folder, "out");
  lvsgen(["render", join(repository, "examples/pi-lab/topology.json"), "--out", out, "--no-lint"]);
});

/** A program of this name and text in a folder of its own, to stand first, or alone, on PATH. */
function standIn(name: string, text: string): string {
  const bin = join(folder, `bin-${name}`);
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, name), text, { mode: 0o755 });
  return bin;
}

const clean = "#!/bin/sh\necho '{\"comments\":[]}'\n";

describe("lvsgen lint", () => {
  test("finds nothing in what was rendered", () => {
    const { status, stderr } = lvsgen(["lint", out]);
    expect(stderr).toMatch(/9 files linted, 0 findings/);
    expect(status).toBe(0);
  });

  test("is about out where nothing is named", () => {
    expect(lvsgen(["lint"], { cwd: folder }).status).toBe(0);
  });

  test("reports file, line, column, code and message; exit 1", () => {
    const script = join(folder, "mine.sh");
    writeFileSync(script, "#!/bin/sh\nset -eu\nrm -rf $1/*\n");
    const { status, stderr } = lvsgen(["lint", script]);
    expect(status).toBe(1);
    expect(stderr).toMatch(/mine\.sh:3:8: SC2086 /);
    const { stdout } = lvsgen(["lint", script, "--format", "json"]);
    expect(JSON.parse(stdout)).toMatchObject({
      files: 1,
      findings: expect.arrayContaining([expect.objectContaining({ code: "SC2086", line: 3 })]),
    });
  });

  test("sees a file that was edited, that is missing, or that lost its mode", () => {
    appendFileSync(join(out, "pi1/lvs_dr.sh"), "# edited\n");
    rmSync(join(out, "pi2/lvs_rs.service"));
    chmodSync(join(out, "pi3/lvs_rs.init"), 0o644);
    const { status, stderr } = lvsgen(["lint", out]);
    expect(status).toBe(1);
    expect(stderr).toMatch(/pi1\/lvs_dr\.sh:1:1: manifest-edited/);
    expect(stderr).toMatch(/pi2\/lvs_rs\.service:1:1: manifest-missing/);
    expect(stderr).toMatch(/pi3\/lvs_rs\.init:1:1: manifest-mode/);
  });

  test.each([
    ["a section that systemd does not have", "[Servce]\nExecStart=/bin/true\n", /1:1: unit-section/],
    ["a key before any section", "ExecStart=/bin/true\n", /unit-section/],
    ["a line that is none", "[Service]\nExecStart /bin/true\n", /2:1: unit-syntax/],
    ["a program without its path", "[Service]\nExecStart=true\n", /2:1: unit-command/],
    ["no program", "[Service]\nType=oneshot\n", /unit-command/],
  ])("sees %s in a unit", (_, text, expected) => {
    writeFileSync(join(folder, "x.service"), text);
    const { status, stderr } = lvsgen(["lint", join(folder, "x.service")]);
    expect(status).toBe(1);
    expect(stderr).toMatch(expected);
    expect(stderr).toMatch(/^1 file linted, (1 finding|[2-9] findings)$/m);
  });

  test("nothing there, or nothing to lint: exit 2", () => {
    expect(lvsgen(["lint", join(folder, "gone")])).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/does not exist/),
    });
    mkdirSync(join(folder, "empty"));
    expect(lvsgen(["lint", join(folder, "empty")])).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/nothing to lint/),
    });
    writeFileSync(join(folder, "notes.txt"), "x");
    expect(lvsgen(["lint", join(folder, "notes.txt")]).status).toBe(2);
  });
});

describe("which shellcheck", () => {
  const linted = (environment: Record<string, string>, ...args: string[]) =>
    lvsgen(["lint", out, ...args], { cwd: folder, environment });

  test("the option before the environment, before PATH", () => {
    const failing = `${standIn("failing", "#!/bin/sh\necho no luck >&2\nexit 3\n")}/failing`;
    const good = `${standIn("good", clean)}/good`;
    expect(linted({ LVSGEN_SHELLCHECK: failing }, "--shellcheck", good).status).toBe(0);
    expect(linted({ LVSGEN_SHELLCHECK: failing })).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/no luck/),
    });
    const bin = standIn("shellcheck", "#!/bin/sh\necho from PATH >&2\nexit 4\n");
    expect(linted({ LVSGEN_SHELLCHECK: good, PATH: bin }).status).toBe(0);
    expect(linted({ LVSGEN_SHELLCHECK: "", PATH: bin })).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/from PATH/),
    });
  });

  test("without any: exit 2 and what to install", () => {
    const { status, stderr } = linted({ PATH: standIn("nothing", clean), LVSGEN_SHELLCHECK: "" });
    expect(status).toBe(2);
    expect(stderr).toMatch(/apt install shellcheck.*npm install --save-dev shellcheck/s);
  });

  test("the npm wrapper where it is installed, through npx, which must not download", () => {
    // A stand-in for the wrapper: the real one downloads its program at first use.
    const npx = `#!/bin/sh\necho "$@" >>${folder}/npx-calls\n[ "$1" = --no-install ] || exit 9\n[ "$3" = --version ] || echo '{"comments":[]}'\n`;
    const bin = standIn("npx", npx);
    symlinkSync("/bin/sh", join(bin, "sh"));
    expect(linted({ PATH: bin, LVSGEN_SHELLCHECK: "" }).status).toBe(0);
    expect(
      lvsgen(["render", join(repository, "examples/pi-lab/topology.json"), "--out", join(folder, "new")], {
        environment: { PATH: bin, LVSGEN_SHELLCHECK: "" },
      }).stderr,
    ).toMatch(/not linted/);
  });

  test("something that is no shellcheck is named", () => {
    const program = `${standIn("odd", "#!/bin/sh\necho hello\n")}/odd`;
    expect(linted({}, "--shellcheck", program)).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/is not shellcheck 0\.7 or newer/),
    });
    expect(linted({}, "--shellcheck", join(folder, "gone"))).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/cannot run/),
    });
  });
});
