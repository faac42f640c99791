/** What goes to ssh and through it: whatever a value holds, it arrives as that value and as nothing else. */

import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { templates } from "#templates";
import { hostScript } from "../../src/deploy/host-script.ts";
import {
  destinationArguments,
  passwordCommand,
  rootCommand,
  type Sudo,
  scriptInput,
} from "../../src/deploy/remote-command.ts";
import { planCluster } from "../../src/plan/host-plan.ts";
import { createRenderer } from "../../src/render/renderer.ts";
import { checkTopology } from "../../src/rules/check-topology.ts";
import { repository } from "../helpers/lvsgen.ts";
import { functionsOf, uncalled, undefinedIn } from "../helpers/shell-functions.ts";
import { makeFolder } from "../helpers/temporary.ts";

/** Texts with what shells, ssh and sudo make something of. */
const nasty = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "'",
        '"',
        "\\",
        "$",
        "`",
        "$(id)",
        "\n",
        " ",
        ";",
        "&",
        "|",
        "-o",
        "--",
        "~",
        "!",
        "%",
        "*",
        "é",
        "#lvsgen",
      ),
      fc.string({ unit: "grapheme" }),
    ),
    { minLength: 1, maxLength: 12 },
  )
  .map((parts) => parts.join("").replaceAll("\0", "0"))
  .filter((text) => text !== "");

const line = nasty.map((text) => text.replace(/[\n\r]/g, " ")).filter((text) => text !== "");

const folder = makeFolder();

/** A sudo that acts as the real one: asks or not, and reads one line without taking more. */
function standInSudo(asks: boolean): string {
  const place = join(folder, asks ? "asks" : "trusts");
  mkdirSync(place, { recursive: true });
  const read = `IFS= read -r line; printf '%s' "$line" >'${place}/password'`;
  writeFileSync(
    join(place, "sudo"),
    `#!/bin/sh\n${asks ? read : ":"}\nwhile [ "$1" != -- ]; do shift; done\nshift\nexec "$@"\n`,
  );
  chmodSync(join(place, "sudo"), 0o755);
  return place;
}

/** What the other side's shell does with a command line. */
function remotely(shell: string, command: string, input: string, path: string) {
  const environment = { ...process.env, PATH: `${path}:${process.env.PATH}`, HERE: folder };
  return spawnSync(shell, ["-c", command], { input, encoding: "utf8", env: environment });
}

describe("the command line for the other side", () => {
  test("names a host without ever being an option", () => {
    fc.assert(
      fc.property(nasty, nasty, fc.integer({ min: 1, max: 65_535 }), (user, address, port) => {
        const words = destinationArguments({ user, address, port });
        const end = words.indexOf("--", words.indexOf("-l") + 2);
        expect(words.slice(end)).toEqual(["--", address]);
        // -l takes the next word, whatever it looks like.
        expect(words.slice(0, end)).toEqual([...(port === 22 ? [] : ["-p", `${port}`]), "-l", user]);
      }),
    );
  });

  test("is one line, as not every login shell takes several", () => {
    for (const kind of ["passwordless", "password"] as const) {
      const sudo: Sudo = kind === "password" ? { kind, password: "a\tb" } : { kind };
      expect(rootCommand({ user: "pi", address: "a", port: 22 }, sudo)).not.toContain("\n");
    }
  });

  test("is the same whatever the password is", () => {
    const ssh = { user: "pi", address: "a", port: 22 };
    fc.assert(
      fc.property(line, line, (password, another) => {
        for (const command of [rootCommand, passwordCommand])
          expect(command(ssh, { kind: "password", password })).toBe(
            command(ssh, { kind: "password", password: another }),
          );
      }),
    );
  });

  for (const shell of ["dash", "bash"]) {
    for (const asks of [true, false]) {
      test(`${shell}: the script arrives whole, the password only at a sudo that ${asks ? "asks" : "trusts"}`, () => {
        const place = standInSudo(asks);
        fc.assert(
          fc.property(line, nasty, (password, text) => {
            const quoted = `'${text.replaceAll("'", "'\\''")}'`;
            const sudo: Sudo = { kind: "password", password };
            const input = scriptInput(sudo, `printf '%s' ${quoted}\nexit 7\n`);
            // A password that is the marker itself is read by sudo, or skipped as well.
            const { status, stdout } = remotely(
              shell,
              rootCommand({ user: "pi", address: "a", port: 22 }, sudo),
              input,
              place,
            );
            expect({ status, stdout }).toEqual({ status: 7, stdout: text });
            if (asks) expect(readFileSync(join(place, "password"), "utf8")).toBe(password);
          }),
          { numRuns: 25 },
        );
      });
    }
  }
});

describe("the host's script", () => {
  const { cluster } = checkTopology(
    readFileSync(join(repository, "examples/pi-lab/topology.json"), "utf8"),
    "topology.json",
  );
  const plans = cluster === null ? [] : planCluster(cluster);
  const [plan] = plans;
  const renderer = createRenderer(templates);
  const known = Object.entries(templates)
    .filter(([name]) => name.startsWith("deploy/"))
    .flatMap(([, text]) => functionsOf(text));

  function scriptWith(text: string): string {
    if (plan === undefined) throw new Error("pi-lab has no host");
    const files = [{ path: "pi1/setup.sh", text, mode: 0o755 }];
    return hostScript(renderer, plan, files, { verb: "look", token: "t", trySeconds: 0 });
  }

  test("carries files as they are", () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const script = scriptWith(text).replace('\nmain "$@"\n', `\nput_files "$HERE/put"\n`);
        const file = join(folder, "host.sh");
        writeFileSync(file, script);
        const { status, stderr } = spawnSync("dash", [file], { encoding: "utf8" });
        expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
        expect(readFileSync(join(folder, "put/setup.sh"), "utf8")).toBe(text);
      }),
      { numRuns: 25 },
    );
  });

  test("does nothing when it is cut short", () => {
    const script = scriptWith("echo it's done\n");
    const before = spawnSync("ls", ["-A", folder], { encoding: "utf8" }).stdout;
    const cuts = Array.from({ length: 25 }, (_, at) => Math.floor((script.length * at) / 25));
    for (const cut of [...cuts, script.length - 'ain "$@"\n'.length]) {
      const run = spawnSync("dash", ["-s"], { input: script.slice(0, cut), encoding: "utf8", cwd: folder });
      expect({ cut, stdout: run.stdout }).toEqual({ cut, stdout: "" });
    }
    expect(spawnSync("ls", ["-A", folder], { encoding: "utf8" }).stdout).toBe(before);
  });

  const pair = checkTopology(
    readFileSync(join(repository, "examples/ha-pair/topology.json"), "utf8"),
    "topology.json",
  ).cluster;
  // It gives up its own addresses when it is drained.
  const [director] = pair === null ? [] : planCluster(pair);

  test.each([
    "look",
    "apply",
    "confirm",
    "rollback",
    "status",
    "watch",
    "drain",
    "undrain",
    "probe",
  ] as const)("for %s is clean, calls all that it defines, and defines all that it calls", (verb) => {
    for (const each of [...plans, ...(director === undefined ? [] : [director])]) {
      const files = [{ path: "x/setup.sh", text: "true\n", mode: 0o755 }];
      const script = hostScript(renderer, each, files, {
        verb,
        token: "t",
        trySeconds: 60,
        drain: { server: each.host.name, keep: each === director },
        endpoints: [{ address: "192.0.2.1", port: 80 }],
      });
      const file = join(folder, "clean.sh");
      writeFileSync(file, script);
      expect(spawnSync("shellcheck", ["-s", "dash", file], { encoding: "utf8" }).stdout).toBe("");
      expect(spawnSync("shfmt", ["-i", "2", "-ci", "-d", file], { encoding: "utf8" }).stdout).toBe("");
      const verbs = verb === "apply" ? [verb, "undo"] : [verb];
      expect(uncalled(script)).toEqual(verbs.map((name) => `cmd_${name}`));
      expect(undefinedIn(script, known)).toEqual([]);
    }
  });
});
