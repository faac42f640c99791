/** The page for everyone: by keyboard, for screen readers, on a phone, dark and light, in every language. */

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { en } from "../../web/src/i18n/en.ts";
import { zh } from "../../web/src/i18n/zh.ts";
import { beforeRelease } from "../helpers/release.ts";
import { done, startFrom, usePlayground } from "./page.ts";

const playground = usePlayground();

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe finds, as `rule: element`; none for a page that everyone can use. */
async function violations(page: Page): Promise<string[]> {
  return page.evaluate(`${axe}; axe.run(document).then(({ violations }) => violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => id + ": " + target.join(" ") + " " + failureSummary)))`);
}

const sizes = { desktop: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } } as const;

type Look = readonly ["light" | "dark", "en" | "zh", keyof typeof sizes];

test.each(
  beforeRelease<Look>(
    [
      ["light", "en", "desktop"],
      ["dark", "en", "desktop"],
      ["light", "zh", "desktop"],
      ["dark", "zh", "desktop"],
      ["dark", "en", "phone"],
      ["light", "zh", "phone"],
    ],
    [
      ["light", "en", "desktop"],
      ["dark", "zh", "phone"],
    ],
  ),
)("axe finds nothing: %s, %s, %s", async (colorScheme, locale, size) => {
  const words = { en, zh }[locale];
  const page = await playground.open({ colorScheme, locale, viewport: sizes[size] });
  const show = async (part: "edit" | "result") => {
    if (size === "phone") await page.getByRole("tab", { name: words[`phone.${part}`], exact: true }).click();
  };
  expect(await page.evaluate(() => document.documentElement.lang.slice(0, 2))).toBe(locale);
  expect(await violations(page)).toEqual([]);
  await page.getByRole("textbox", { name: words["form.service.vip"], exact: true }).fill("192.168.1.300");
  await page.locator(".problem").first().waitFor();
  await page.getByRole("tab", { name: words["edit.text"], exact: true }).click();
  await page.locator(".text-editor[data-ready=true]").waitFor();
  expect(await violations(page)).toEqual([]);
  await page.getByRole("tab", { name: words["edit.form"], exact: true }).click();
  await page.getByRole("textbox", { name: words["form.service.vip"], exact: true }).fill("192.168.1.30");
  await show("result");
  await page.locator(".line-changed").first().waitFor();
  // Of a thousand lines each is looked at: a short file has the same kinds of lines.
  await page.getByRole("tab", { name: /^lvs_dr\.service/ }).click();
  await page.locator(".code-view[data-path$='lvs_dr.service']").waitFor();
  for (const view of ["files", "picture", "plan", "steps", "changes"] as const) {
    await page.getByRole("tab", { name: words[`result.${view}`], exact: true }).click();
    await page.locator(`.view[data-view=${view}] > *`).first().waitFor();
    expect(await violations(page), view).toEqual([]);
  }
  for (const dialog of ["start", "import", "share"] as const) {
    await page.getByRole("button", { name: words[`bar.${dialog}`], exact: true }).click();
    await page.getByRole("dialog").waitFor();
    expect(await violations(page), dialog).toEqual([]);
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
  }
  await done(page);
});

test("nothing is wider than a phone", async () => {
  const page = await playground.open({ viewport: { width: 360, height: 740 } });
  await startFrom(page, "everything");
  for (const name of ["Topology", "Result"]) {
    await page.getByRole("tab", { name, exact: true }).click();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
    const wide = await page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>("button, input, select, [role=tab]")]
        .filter(
          (each) => each.checkVisibility() && each.closest(".host-choice, .file-tabs, .unseen") === null,
        )
        .filter((each) => each.getBoundingClientRect().right > 361)
        .map((each) => each.outerHTML),
    );
    expect(wide).toEqual([]);
  }
  await done(page);
});

test("parts of the page scroll, the page itself never does", async () => {
  const page = await playground.open({ viewport: { width: 1280, height: 600 } });
  await startFrom(page, "everything");
  const scrolls = () =>
    page.evaluate(() => {
      const { scrollHeight, scrollWidth, clientHeight, clientWidth } = document.documentElement;
      return scrollHeight > clientHeight || scrollWidth > clientWidth;
    });
  for (const viewport of [
    { width: 1280, height: 600 },
    { width: 360, height: 640 },
  ]) {
    await page.setViewportSize(viewport);
    for (const [side, view, part] of [
      ["edit", "form", ".form"],
      ["edit", "text", ".text-editor[data-ready=true]"],
      ["result", "picture", ".picture-box img"],
      ["result", "plan", ".plan"],
      ["result", "files", ".line"],
      ["result", "steps", ".steps-host"],
      ["result", "changes", ".view[data-view=changes] > *"],
    ] as const) {
      for (const tab of [side, view])
        await page.locator(`[data-tab=${tab}]`).evaluate((own: HTMLElement) => own.click());
      await page.locator(part).first().waitFor();
      expect(await scrolls(), `${view}, ${viewport.width} pixels wide`).toBe(false);
    }
  }
  await done(page);
});

test("the whole way by keyboard: a preset, a value, a file", async () => {
  const page = await playground.open();
  const focused = () =>
    page.evaluate(() => {
      const own = document.activeElement;
      const label = own?.id ? document.querySelector(`label[for="${own.id}"]`)?.textContent : null;
      return own?.getAttribute("aria-label") ?? label ?? own?.textContent ?? "";
    });
  const tabTo = async (wanted: string) => {
    for (let presses = 0; presses < 80; presses++) {
      await page.keyboard.press("Tab");
      if ((await focused()).startsWith(wanted)) return;
    }
    expect.unreachable(`${wanted} cannot be reached by Tab`);
  };
  await page.keyboard.press("Tab");
  expect(await focused()).toBe("Skip to the generated files");
  await tabTo("Start from");
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").waitFor();
  await tabTo("NAT");
  await page.keyboard.press("Enter");
  await page.locator(".line", { hasText: "203.0.113.100" }).first().waitFor();
  expect(await focused()).toBe("Start from…");
  await tabTo("VIP");
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("203.0.113.99");
  await page.locator(".line-changed", { hasText: "203.0.113.99" }).first().waitFor();
  await tabTo("Files");
  await tabTo("director");
  await page.keyboard.press("ArrowRight");
  await page.locator(".code-view[data-path^='web1/']").waitFor();
  await tabTo("lvs_rs.sh");
  await page.keyboard.press("End");
  await page.locator(".code-view[data-path='web1/setup.sh']").waitFor();
  await done(page);
});

/** Everything that Tab should stop at; of tabs and of radio buttons it is the chosen one. */
const stops =
  "a[href], button:not(:disabled, [role=tab]), input:not([type=radio]), [type=radio]:checked, select, textarea, summary, [tabindex='0'], .cm-content";

/** What Tab does not reach on its way through the page or dialog, and what has no visible focus there. */
async function missedByTab(page: Page): Promise<string[]> {
  await page.evaluate(() => {
    const own = window as unknown as { reached: Set<Element>; bare: Set<string>; stop: AbortController };
    [own.reached, own.bare] = [new Set(), new Set()];
    const inner = (element: Element | null | undefined): Element | null =>
      element?.shadowRoot?.activeElement ? inner(element.shadowRoot.activeElement) : (element ?? null);
    own.stop = new AbortController();
    const note = () => {
      const element = inner(document.activeElement);
      if (element === null) return;
      own.reached.add(element);
      const shown = element.matches("[type=radio], [type=file]") ? element.parentElement : element;
      const parts = [shown, ...(shown?.children ?? [])];
      // The editor draws it a moment later.
      if (element.matches(".cm-content")) return;
      if (!parts.some((part) => part && getComputedStyle(part).outlineStyle !== "none"))
        own.bare.add(element.outerHTML.slice(0, 120));
    };
    document.addEventListener("focusin", note, { signal: own.stop.signal });
  });
  const look = () =>
    page.evaluate((selector) => {
      const dialog = document.querySelector("dialog");
      const editor = document.querySelector(".editor-host")?.shadowRoot;
      const roots = dialog === null ? [document, editor] : [dialog];
      const isShown = (own: HTMLElement) => own.checkVisibility({ visibilityProperty: true });
      const found = roots
        .flatMap((root) => [...(root?.querySelectorAll<HTMLElement>(selector) ?? [])])
        .filter(isShown);
      (window as unknown as { wanted: Element[] }).wanted = found;
      return found.length;
    }, stops);
  // A dialog's parts are loaded when it is opened.
  await expect.poll(look).toBeGreaterThan(2);
  const wanted = await look();
  for (let presses = 0; presses < wanted + 8; presses++) await page.keyboard.press("Tab");
  return page.evaluate(() => {
    const own = window as unknown as {
      reached: Set<Element>;
      bare: Set<string>;
      wanted: Element[];
      stop: AbortController;
    };
    own.stop.abort();
    const missed = own.wanted.filter((element) => !own.reached.has(element));
    return [...missed.map((element) => `missed: ${element.outerHTML.slice(0, 120)}`), ...own.bare];
  });
}

test("Tab reaches every control, in every view and dialog, and each shows its focus; arrows reach all tabs", async () => {
  const page = await playground.open();
  // With a finding, an open row, and something to undo.
  await page.getByRole("button", { name: "More of host web1" }).click();
  await page.getByRole("textbox", { name: "VIP", exact: true }).fill("192.168.1.11");
  await page.locator(".problem").first().waitFor();
  const walk = async (what: string) => expect(await missedByTab(page), what).toEqual([]);
  await walk("form");
  await page.locator("[data-tab=text]").click();
  await page.locator(".text-editor[data-ready=true]").waitFor();
  await walk("text");
  await page.locator(".cm-content").focus();
  const outline = () =>
    page.locator(".cm-editor").evaluate((own: Element) => getComputedStyle(own).outlineStyle);
  await expect.poll(outline).toBe("solid");
  for (const view of ["picture", "plan", "files", "steps", "changes"]) {
    await page.locator(`[data-tab=${view}]`).click();
    await page.locator(`.view[data-view=${view}] > *`).first().waitFor();
    if (view === "steps") await page.locator(".steps-host").first().waitFor();
    if (view === "picture" || view === "steps") await walk(view);
  }
  for (const name of ["Start from…", "Import…", "Share…"]) {
    await page.getByRole("button", { name, exact: true }).click();
    await page.getByRole("dialog").locator("input, .start-kind").first().waitFor({ state: "attached" });
    await walk(name);
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
  }
  const tabs = page.getByRole("tablist", { name: "Result" }).getByRole("tab");
  await tabs.last().focus();
  for (const view of ["picture", "plan", "files", "steps", "changes"]) {
    await page.keyboard.press("ArrowRight");
    await page.locator(`[data-tab=${view}][aria-selected=true]:focus`).waitFor();
  }
  // Where colours are the system's, what is chosen or wrong has a shape.
  await page.emulateMedia({ forcedColors: "active" });
  await page.locator("[data-tab=form]").click();
  const alike = await page.evaluate(() => {
    const shape = (selector: string) => {
      const own = document.querySelector(selector);
      if (own === null) return `${selector} is missing`;
      const { outlineStyle, borderTopWidth } = getComputedStyle(own);
      return `${outlineStyle} ${borderTopWidth}`;
    };
    return [
      ["[data-tab=changes]", "[data-tab=plan]"],
      ["input:checked + span", ".chip input:not(:checked) + span"],
      [".field [aria-invalid=true]", ".field input[aria-invalid=false]"],
    ].filter(([one = "", other = ""]) => shape(one) === shape(other));
  });
  expect(alike).toEqual([]);
  await done(page);
});

test("language and colours are chosen on the page, and remembered", async () => {
  const page = await playground.open();
  await page.getByLabel("Language").selectOption("zh");
  await page.getByRole("heading", { name: zh["form.hosts"] }).waitFor();
  expect(await page.title()).toBe(zh["page.title"]);
  await page.getByLabel(zh["bar.theme"]).selectOption("dark");
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const dark = await ground();
  await page.reload();
  await page.locator(".line").first().waitFor();
  expect(await page.getByLabel(zh["bar.theme"]).inputValue()).toBe("dark");
  expect(await ground()).toBe(dark);
  await page.getByLabel(zh["bar.theme"]).selectOption("light");
  expect(await ground()).not.toBe(dark);
  await done(page);
});

test("the picture goes by the page's colours, not only by the system's", async () => {
  const page = await playground.open({ colorScheme: "light" });
  await page.getByLabel("Colours").selectOption("dark");
  await page.getByRole("tab", { name: "Picture" }).click();
  const box = page.locator(".picture-box img");
  await box.waitFor();
  const corner = await page.evaluate(async () => {
    const image = document.querySelector<HTMLImageElement>(".picture-box img");
    return image === null ? "" : getComputedStyle(image).colorScheme;
  });
  expect(corner).toContain("dark");
  await done(page);
});
