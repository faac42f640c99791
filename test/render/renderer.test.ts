import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { shellWord } from "../../src/render/escape.ts";
import { createRenderer } from "../../src/render/renderer.ts";

const render = (text: string, view: object, language: "sh" | "systemd" = "sh") =>
  createRenderer({ main: text }).render("main", language, view);

describe("templates", () => {
  test("a bare value is quoted for the shell where it has to be", () => {
    expect(render("a={{v}}", { v: "plain-1.2:80/x" })).toBe("a=plain-1.2:80/x");
    expect(render("a={{v}}", { v: "$(reboot) 'q'" })).toBe("a='$(reboot) '\\''q'\\'''");
    expect(render("a={{v}}", { v: "-rf" })).toBe("a='-rf'");
    expect(render("a={{v}}", { v: "~root" })).toBe("a='~root'");
  });

  test("any text at all, quoted, is the same text to three shells", () => {
    const texts = fc.sample(
      fc
        .string({ unit: "binary", minLength: 1 })
        .filter((text) => !text.includes("\0") && Buffer.from(text).toString() === text),
      300,
    );
    const script = texts.map((text) => `printf '%s\\0' ${shellWord(text)}`).join("\n");
    for (const [shell, ...args] of [["dash"], ["bash"], ["busybox", "ash"]]) {
      const out = execFileSync(shell ?? "", args, { input: script, encoding: "utf8" });
      expect(out.split("\0").slice(0, -1)).toEqual(texts);
    }
  });

  test("weight 0 is a value", () => {
    expect(render("-w {{w}}", { w: 0 })).toBe("-w 0");
  });

  test.each([
    ["a value that is not there", "{{nope}}", {}],
    ["a helper's value that is not there", "{{comment nope}}", {}],
    ["null", "{{v}}", { v: null }],
    ["an empty text", "{{v}}", { v: "" }],
    ["an object", "{{v}}", { v: {} }],
    ["NaN", "{{v}}", { v: Number.NaN }],
    ["an unescaped value", "{{{v}}}", { v: "x" }],
    ["an unescaped value, spelt otherwise", "{{&v}}", { v: "x" }],
    ["a helper that does not exist", "{{shout v}}", { v: "x" }],
    ["a helper of another target", "{{directive v}}", { v: "Xyz" }],
    ["a partial that does not exist", "{{> gone}}", {}],
    ["a name that is none", "{{name v}}", { v: "a;b" }],
    ["a rule with a quote", "{{ipvs v}}", { v: "-A -t 1.2.3.4:80 '" }],
  ])("%s is an error that names the template", (_, text, view) => {
    expect(() => render(text, view)).toThrow(/^(Error|RenderError)?:? ?.*main/);
  });

  test("a comment stays one line", () => {
    expect(render("# {{comment v}}", { v: "a\nreboot\r\u2028b\u0085c" })).toBe("# a reboot b c");
  });

  test("a systemd value has no specifiers, variables or lines of its own", () => {
    expect(render("X={{v}}", { v: "50% $HOME \\n" }, "systemd")).toBe("X=50%% $$HOME \\\\n");
    expect(() => render("X={{v}}", { v: "a\nExecStart=/bin/sh" }, "systemd")).toThrow(/is not a line/);
  });

  test("a view's prototype is not looked into", () => {
    expect(() => render("{{constructor}}", {})).toThrow();
    expect(() => render("{{toString}}", {})).toThrow();
  });
});
