/** What shellcheck found is remembered by what it read, by its version and by lvsgen's. */

import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type CliResult, lvsgen } from "../helpers/lvsgen.ts";
import { temporaryFolder } from "../helpers/temporary.ts";

/** A script, a cache of its own, and a shellcheck that notes its calls. */
class Place {
  readonly folder = temporaryFolder();
  readonly script = join(this.folder, "mine.sh");
  readonly cache = join(this.folder, "cache");
  readonly #program = join(this.folder, "shellcheck");
  readonly #calls = join(this.folder, "calls");

  constructor() {
    writeFileSync(this.script, "#!/bin/sh\nset -eu\nrm -rf $1/*\n");
    this.useVersion("0.9.0");
  }

  useVersion(version: string): void {
    const text = `#!/bin/sh
if [ "$*" = --version ]; then printf 'version: ${version}\\n'; exit; fi
echo "$@" >>'${this.#calls}'
exec shellcheck "$@"
`;
    writeFileSync(this.#program, text, { mode: 0o755 });
  }

  lint(...words: readonly string[]): CliResult {
    return lvsgen(["lint", this.script, "--shellcheck", this.#program, ...words], {
      environment: { XDG_CACHE_HOME: this.cache },
    });
  }

  /** Of shellcheck, but for its version. */
  calls(): number {
    return existsSync(this.#calls) ? readFileSync(this.#calls, "utf8").split("\n").length - 1 : 0;
  }
}

test("the second time shellcheck is not run, and the findings are the same", () => {
  const place = new Place();
  const first = place.lint();
  expect(first).toMatchObject({ status: 1, stderr: expect.stringMatching(/mine\.sh:3:8: SC2086/) });
  expect(place.lint()).toEqual(first);
  expect(place.calls()).toBe(1);
});

test("another text, another shellcheck and --no-cache run it again", () => {
  const place = new Place();
  place.lint();
  place.lint("--no-cache");
  expect(place.calls()).toBe(2);
  place.useVersion("0.10.0");
  place.lint();
  expect(place.calls()).toBe(3);
  appendFileSync(place.script, 'rm "$2"\n');
  place.lint();
  expect(place.calls()).toBe(4);
  place.lint();
  expect(place.calls()).toBe(4);
});

test("of a program that does not tell shellcheck's version nothing is remembered", () => {
  const place = new Place();
  const { stderr } = lvsgen(["lint", place.script, "--shellcheck", "/bin/true"], {
    environment: { XDG_CACHE_HOME: place.cache },
  });
  expect(stderr).toMatch(/is not shellcheck 0\.7 or newer/);
  expect(existsSync(place.cache)).toBe(false);
});

test("a cache that is broken, or cannot be written, is none", () => {
  const place = new Place();
  const first = place.lint();
  const [file = ""] = readdirSync(join(place.cache, "lvsgen"));
  writeFileSync(join(place.cache, "lvsgen", file), '[["x"], 7, {}');
  expect(place.lint()).toEqual(first);
  expect(place.calls()).toBe(2);
  const other = new Place();
  mkdirSync(other.cache);
  writeFileSync(join(other.cache, "lvsgen"), "a file where the folder should be");
  expect(other.lint().status).toBe(1);
  expect(other.lint().status).toBe(1);
  expect(other.calls()).toBe(2);
});
