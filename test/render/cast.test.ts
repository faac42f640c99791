/** A text that is filled in again is the text that the template makes. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { planCluster } from "../../src/plan/host-plan.ts";
import { renderHostVariables } from "../../src/render/ansible/render-ansible.ts";
import { type Cast, castOf } from "../../src/render/cast.ts";
import { CastShelf } from "../../src/render/cast-shelf.ts";
import { ownRenderer } from "../../src/render/own-renderer.ts";
import { renderHost } from "../../src/render/render-host.ts";
import { createRenderer } from "../../src/render/renderer.ts";
import { clusterArbitrary } from "../helpers/topology-arbitrary.ts";

test("hosts that a generator thought of, by one renderer for all and by one for each", () => {
  const shared = ownRenderer();
  fc.assert(
    fc.property(clusterArbitrary, (cluster) => {
      for (const plan of planCluster(cluster)) {
        const own = ownRenderer();
        expect(renderHost(plan, shared)).toEqual(renderHost(plan, own));
        expect(renderHostVariables(cluster, plan, shared)).toEqual(renderHostVariables(cluster, plan, own));
      }
    }),
    { numRuns: 100 },
  );
});

/** Often enough for casts; each text as a renderer makes it that has rendered nothing before. */
function expectSame(text: string, views: readonly object[]): void {
  const render = (one: ReturnType<typeof createRenderer>, view: object) => one.render("main", "sh", view);
  const shared = createRenderer({ main: text });
  for (let round = 0; round < 3; round++)
    for (const view of views) expect(render(shared, view)).toBe(render(createRenderer({ main: text }), view));
}

const words = (...list: readonly string[]) => ({ list });

describe("templates that ask about values", () => {
  test.each<[string, string, object[]]>([
    ["whether there is one", "{{#if v}}{{v}}{{else}}none{{/if}}", [{ v: "a" }, { v: "" }, { v: 0 }, { v: 1 }]],
    ["whether there is none", "{{#unless v}}none{{/unless}}", [{ v: "a" }, { v: null }, { v: false }]],
    ["how many there are", "{{#each list}}{{this}},{{/each}}", [words("a"), words("b"), words("a", "b"), words()]],
    ["which it is", "{{#each list}}{{@index}}{{#if @first}}!{{/if}}{{this}}{{/each}}", [words("a", "b"), words("c", "d")]],
    ["all of them as one word", "{{join list}}", [words("a b", "c"), words("d", "e"), words("f")]],
    ["how long it is", "{{#if v.length}}long{{/if}}{{v}}", [{ v: "ab" }, { v: "c" }]],
    ["whether it has a second letter", "{{#if v.[1]}}long {{/if}}{{v}}", [{ v: "a" }, { v: "bc" }]],
    ["what it is made of", "{{#each v}}{{this}}{{/each}}", [{ v: "ab" }, { v: ["c"] }, { v: { a: "d" } }]],
    ["a part of it by a name", "{{lookup o k}}", [{ o: { a: "1", b: "2" }, k: "a" }, { o: { a: "1", b: "2" }, k: "b" }]],
    ["the same twice", "{{v}} {{comment v}}{{v}}", [{ v: "a" }, { v: "b c" }]],
    ["none at all", "text", [{ v: "a" }, { v: "b" }]],
    ["what a helper printed", "{{comment (comment v)}}", [{ v: "a" }, { v: "b" }]],
    ["a number or a text", "{{v}}", [{ v: 1 }, { v: "a" }, { v: 0 }, { v: 2 }]],
    ["a view with another key", "{{v}}", [{ v: "a" }, { w: 1, v: "b" }, { v: "c", w: 1 }]],
  ])("%s", (_, text, views) => {
    expectSame(text, views);
  }); // biome-ignore format: a table

  test("a value that a helper refuses is an error with its place each time", () => {
    const renderer = createRenderer({ main: "{{name v}}" });
    for (const v of ["a", "b", "c", "d"]) renderer.render("main", "sh", { v });
    for (const v of ["e;f", "e;f"])
      expect(() => renderer.render("main", "sh", { v })).toThrow(/^main\.hbs:1: "e;f" is not an identifier$/);
    expect(renderer.render("main", "sh", { v: "g" })).toBe("g");
  });
});

const upper = (value: unknown) => String(value).toUpperCase();

/** A template of one list: its own words beside what the helper prints. */
const listed = (view: object, print: (value: unknown) => string) =>
  (view as { list: readonly unknown[] }).list.map((item) => `<${print(item)}>`).join("");

const castOfList = (view: object): Cast | null =>
  castOf(view, listed(view, upper), (marked, holeFor) =>
    listed(marked, (value) => holeFor(value, upper) ?? upper(value)),
  );

describe("a cast", () => {
  test("fills in views of its shape, and no other", () => {
    const cast = castOfList(words("a", "b"));
    expect(cast?.(words("c", "b"))).toBe("<C><B>");
    expect(cast?.(words("c"))).toBeNull();
    expect(cast?.(words("c", ""))).toBeNull();
    expect(cast?.({ list: ["c", "d"], more: true })).toBeNull();
    expect(cast?.(words("c", "d"))).toBe("<C><D>");
  });

  test("there is none of what is no plain value, nor of a text that says otherwise", () => {
    expect(castOfList({ list: [new Map()] })).toBeNull();
    expect(castOf(words("a"), "<B>", (marked, holeFor) => listed(marked, (v) => holeFor(v, upper) ?? ""))).toBeNull();
  }); // biome-ignore format: short

  test("there is none where a value decides what is printed", () => {
    const print = (view: object, hole: (value: unknown) => string) => {
      const { v } = view as { v: string };
      return v > "b" ? "late" : hole(v);
    };
    expect(castOf({ v: "a" }, "A", (marked, holeFor) => print(marked, (v) => holeFor(v, upper) ?? ""))).toBeNull();
  }); // biome-ignore format: short
});

test("where no two views are alike, casts are given up", () => {
  const shelf = new CastShelf();
  let made = 0;
  for (let count = 0; count < 1000; count++) {
    const view = words(...Array.from({ length: count }, () => "a"));
    expect(shelf.fill(view)).toBeNull();
    shelf.take(() => {
      made += 1;
      return castOfList(view);
    });
  }
  expect(made).toBeLessThan(10);
  // The others serve all the same.
  expect(shelf.fill(words(...Array.from({ length: 8 }, () => "b")))).toBe("<B>".repeat(8));
});
