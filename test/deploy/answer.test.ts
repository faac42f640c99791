/** What comes back from hosts, and what is said about it. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseAnswer } from "../../src/deploy/answer.ts";
import { failureOf } from "../../src/deploy/failures.ts";
import { type HostReport, report } from "../../src/deploy/report.ts";
import { howToGoOn, reportText } from "../../src/deploy/report-text.ts";

function answer(parts: readonly (readonly [string, string])[], noise = ""): Buffer {
  const written = parts.map(([name, text]) => `@${name} ${Buffer.byteLength(text)}\n${text}`);
  return Buffer.from(`${noise}@lvsgen-deploy\n${written.join("")}@end 0\n`);
}

describe("a host's answer", () => {
  const text = fc.string({ unit: "grapheme" }).map((each) => `${each}\n@end 0\n@lvsgen-deploy\n`);
  const parts = fc.uniqueArray(fc.tuple(fc.stringMatching(/^[a-z]{1,8}$/), text), {
    selector: ([name]) => name,
  });

  test("is read whatever its parts hold, and whatever a login shell said before", () => {
    fc.assert(
      fc.property(parts, (list) => {
        const wanted = list.filter(([name]) => !["end", "failed"].includes(name));
        const read = parseAnswer(answer(wanted, "Welcome to pi2!\n@ 12\n"));
        expect([...(read?.parts ?? [])]).toEqual(wanted);
      }),
    );
  });

  test("is none when it is cut anywhere", () => {
    const whole = answer([
      ["versions", "current 1 2\n"],
      ["file.1", "755 /x\n@end 0\n"],
    ]);
    for (let cut = 0; cut < whole.length; cut++)
      expect(parseAnswer(whole.subarray(0, cut)), `${cut}`).toBeNull();
    expect(parseAnswer(whole)).not.toBeNull();
  });

  test("tells what a failed host is now", () => {
    expect(parseAnswer(answer([["failed", "untouched\ndisk full\n"]]))?.failed).toEqual({
      state: "untouched",
      words: "disk full",
    });
  });
});

describe("a failure of ssh or sudo has a remedy", () => {
  const ssh = { user: "pi", address: "10.0.0.7", port: 2222 };
  test.each([
    [
      255,
      "ssh: connect to host 10.0.0.7 port 2222: No route to host",
      "unreachable",
      "check that the host is up",
    ],
    [
      255,
      "ssh: Could not resolve hostname pi.lan: Name or service not known",
      "unreachable",
      "check that the host is up",
    ],
    [
      255,
      "@ WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED! @\nHost key verification failed.",
      "host-key",
      "ssh-keygen -R '[10.0.0.7]:2222'",
    ],
    [255, "Host key verification failed.", "unknown-host", "run 'ssh -p 2222 pi@10.0.0.7' once"],
    [255, "pi@10.0.0.7: Permission denied (publickey).", "login", "ssh-copy-id"],
    [255, "Timeout, server 10.0.0.7 not responding.", "unreachable", "check that the host is up"],
    [1, "sudo: 1 incorrect password attempt", "sudo", "if hosts have different passwords"],
    [1, "sudo: a password is required", "sudo", "--ask-sudo-password"],
    [1, "sudo: sorry, you must have a tty to run sudo", "sudo", "requiretty"],
    [1, "pi is not in the sudoers file.", "sudo", "hosts.*.ssh.user"],
    [127, "env: 'sudo': No such file or directory", "sudo", "install sudo"],
    [1, "something new", "other", "try 'ssh"],
    [255, "", "unreachable", "try 'ssh"],
  ])("%i %s", (code, said, kind, remedy) => {
    const failure = failureOf(ssh, code, said);
    expect(failure.kind).toBe(kind);
    expect(failure.remedy).toContain(remedy);
    expect(failure.words).not.toBe("");
  });
});

describe("after a roll-out that stopped", () => {
  const stopped = (...reports: HostReport[]): string => howToGoOn(reports, "lvsgen deploy t.json", "");

  test("it is said who is where, and how to go on", () => {
    const words = stopped(
      report("pi2", "done"),
      report("pi3", "failed", { isCause: true, words: "no" }),
      report("pi1", "untouched"),
    );
    expect(words).toContain("stopped because of pi3: changed: pi2; not begun: pi1");
    expect(words).toContain("lvsgen deploy t.json --rollback --host pi2");
  });

  test("nothing is said where nothing failed", () => {
    expect(stopped(report("pi2", "done"), report("pi1", "unchanged"))).toBe("");
  });

  test("a host's words stand below its line", () => {
    const text = reportText([
      report("pi2", "failed", { words: "one\ntwo", remedy: "three" }),
      report("director", "done"),
    ]);
    expect(text).toBe("pi2       FAILED half-way\n    one\n    two\n    remedy: three\ndirector  done\n");
  });
});
