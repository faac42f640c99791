/** Nothing is lost and no failure is silent: edits, history, address, drafts, the worker. */

import type { Dialog, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { presets } from "../../src/presets/presets.ts";
import { formModel } from "../../web/src/form/form-model.ts";
import { fragmentOf, sharedTopology } from "../../web/src/state/link.ts";
import { hostTwice, odd } from "./odd-topologies.ts";
import { pasteTopology, showFiles, showText, startFrom, topologyText, usePlayground } from "./page.ts";

const playground = usePlayground();

/** One page for all tests; each begins with the first preset. */
let page: Page;
beforeAll(async () => {
  page = await playground.open();
  page.setDefaultTimeout(15_000);
});
afterAll(() => page?.context().close());
beforeEach(async () => {
  // A page that is left keeps its draft: the drafts go after that.
  await page.goto("about:blank");
  await visit();
  await page.evaluate(() => localStorage.clear());
  await page.goto("about:blank");
  await visit();
});

async function visit(fragment = ""): Promise<void> {
  await page.goto(playground.url + fragment);
  await showFiles(page);
}

/** Other tests may be busy at the same time. */
const poll = <T>(get: () => T | Promise<T>) => expect.poll(get, { timeout: 15_000 });

const notice = () => page.locator(".notice");
const button = (name: string) => page.getByRole("button", { name, exact: true });
const vip = () => page.getByRole("textbox", { name: "VIP", exact: true });
const own = presets.dr.replace("192.168.1.100", "192.168.1.77");

/** Until it is in the address, and so is kept. */
async function editVip(value = "192.168.1.77"): Promise<void> {
  const before = await page.evaluate(() => location.hash);
  await vip().fill(value);
  await poll(() => page.evaluate(() => location.hash)).not.toBe(before);
}

test("a name that is refused says so at its field, and the next edit works", async () => {
  const name = page.getByRole("listitem", { name: "Host web2" }).getByLabel("Name");
  await name.fill("web1");
  await name.press("Tab");
  await page.getByText('"web1" is taken by another one').waitFor();
  await vip().fill("192.168.1.77");
  await poll(() => topologyText(page)).toBe(own);
});

test("an edit that fails ends in a notice, and the next one works", async () => {
  await page.route(/apply-edit/, (route) => route.abort());
  await vip().fill("192.168.1.66");
  await notice().getByText("The edit failed", { exact: false }).waitFor();
  expect(await topologyText(page)).toBe(presets.dr);
  await page.unroute(/apply-edit/);
  await vip().fill("192.168.1.77");
  await poll(() => topologyText(page)).toBe(own);
});

test("an odd topology takes edits of the form: a host that comes, a value, a host that goes", async () => {
  const written = async () =>
    (await sharedTopology(await page.evaluate(() => location.hash), "0.1.0"))?.topology.text ?? "";
  const hosts = page.getByRole("listitem", { name: /^Host / });
  const all = [
    // The others in form-edit.test.ts, as these.
    ...odd
      .filter((_, at) => at % 2 === 1)
      .map(([what, text]) => [what, { text, name: "topology.yaml" }] as const),
    ["a host twice, in JSON", { text: hostTwice, name: "topology.json" }] as const,
  ];
  for (const [what, topology] of all) {
    const link = await fragmentOf(topology, "0.1.0");
    await page.evaluate((hash) => {
      location.hash = hash;
    }, link);
    await notice().getByRole("button", { name: "Undo" }).waitFor();
    const before = formModel(topology)?.hosts.length ?? 0;
    await poll(() => hosts.count()).toBe(before);
    await button("Add host").click();
    await poll(() => hosts.count()).toBe(before + 1);
    await page.getByRole("textbox", { name: "Name", exact: true }).first().fill("edited");
    await hosts
      .first()
      .getByRole("button", { name: /^Remove host/ })
      .click();
    await poll(() => hosts.count()).toBe(before);
    await expect.poll(written, { message: what, timeout: 15_000 }).toMatch(/name"?: "?edited/);
    expect(await page.locator(".notice-error").count(), what).toBe(0);
  }
});

test("form and text have one history, by buttons and by keys", async () => {
  await page.getByRole("button", { name: "Remove host web2" }).click();
  await page.getByRole("listitem", { name: "Host web2" }).waitFor({ state: "detached" });
  await vip().press("End");
  await vip().pressSequentially("11", { delay: 100 });
  await poll(() => topologyText(page)).toContain("192.168.1.10011");
  await showText(page);
  await page.locator(".cm-content").focus();
  await page.keyboard.press("ControlOrMeta+Home");
  await page.keyboard.type("# mine");
  await page.getByRole("tab", { name: "Form" }).click();
  await vip().focus();
  // The text, what was typed in the field, the host.
  await page.keyboard.press("ControlOrMeta+z");
  await poll(() => topologyText(page)).not.toContain("# mine");
  expect(await topologyText(page)).toContain("192.168.1.10011");
  await vip().press("ControlOrMeta+z");
  await poll(() => vip().inputValue()).toBe("192.168.1.100");
  await button("Undo").click();
  await poll(() => topologyText(page)).toBe(presets.dr);
  await vip().press("ControlOrMeta+y");
  await page.getByRole("listitem", { name: "Host web2" }).waitFor({ state: "detached" });
  await button("Redo").click();
  await poll(() => vip().inputValue()).toBe("192.168.1.10011");
  await vip().press("ControlOrMeta+Shift+z");
  await poll(() => topologyText(page)).toContain("# mine");
  // In the editor, too.
  await showText(page);
  await page.locator(".cm-content").press("ControlOrMeta+z");
  await poll(() => topologyText(page)).not.toContain("# mine");
});

test("an example is a step, whose notice goes at the next edit; changes compare with what one went back to", async () => {
  await editVip();
  await startFrom(page, "pi-lab");
  await notice().getByRole("button", { name: "Undo" }).waitFor();
  await vip().fill("192.168.1.222");
  await poll(() => notice().count()).toBe(0);
  await button("Undo").click();
  await poll(() => vip().inputValue()).toBe("192.168.1.200");
  await button("Undo").click();
  await poll(() => topologyText(page)).toBe(own);
  await page.getByRole("tab", { name: "Changes" }).click();
  await page
    .getByText("moves from tcp 192.168.1.100:80 to tcp 192.168.1.77:80", { exact: false })
    .first()
    .waitFor();
  await page.getByRole("tab", { name: "Files", exact: true }).click();
});

test("comments come back with YAML, and by undo", async () => {
  const choose = (format: string) => page.getByRole("radio", { name: format }).check({ force: true });
  await choose("JSON");
  await notice().getByText("JSON has no comments", { exact: false }).waitFor();
  await choose("YAML");
  await poll(() => topologyText(page)).toBe(presets.dr);
  await choose("JSON");
  await vip().fill("192.168.1.77");
  await poll(() => topologyText(page)).toContain('"192.168.1.77"');
  await button("Undo").click();
  await button("Undo").click();
  await poll(() => topologyText(page)).toBe(presets.dr);
});

test("a reload and another page in between lose nothing", async () => {
  await editVip();
  await page.reload();
  await poll(() => vip().inputValue()).toBe("192.168.1.77");
  expect(await topologyText(page)).toBe(own);
  await page.goto("about:blank");
  await page.goBack();
  await poll(() => topologyText(page)).toBe(own);
  // Before the address has it.
  await page.evaluate(() => {
    history.replaceState = () => {};
  });
  await vip().fill("192.168.1.78");
  await page.locator(".line-changed", { hasText: "192.168.1.78" }).first().waitFor();
  await page.reload();
  await poll(() => vip().inputValue()).toBe("192.168.1.78");
});

test("a copy of the tab has a draft of its own", async () => {
  const text = presets.ha.replace("  vrrp:\n", "  vrrp:\n    authPassword: s3cr3t\n");
  await pasteTopology(page, text);
  await poll(() => page.evaluate(() => location.hash)).toContain("#t=");
  const [copy] = await Promise.all([
    page.context().waitForEvent("page"),
    page.evaluate(() => void window.open(location.href)),
  ]);
  const field = copy.getByRole("textbox", { name: "VIP", exact: true });
  await field.fill("192.168.1.66");
  const drafts = () => page.evaluate(() => localStorage.getItem("lvsgen-drafts"));
  await poll(drafts).toContain("192.168.1.66");
  await page.reload();
  await poll(() => topologyText(page)).toBe(text);
  await copy.close();
});

test("the browser asks before it leaves a name half typed, or an edit that is being made", async () => {
  const name = page.getByRole("listitem", { name: "Host web2" }).getByLabel("Name");
  const asked: string[] = [];
  const stay = (dialog: Dialog) => {
    asked.push(dialog.type());
    void dialog.dismiss();
  };
  page.on("dialog", stay);
  const leave = () => page.evaluate(() => setTimeout(() => location.reload()));
  await name.click();
  await page.keyboard.type("x");
  await leave();
  await poll(() => asked.length).toBe(1);
  expect(await name.inputValue()).toBe("web2x");
  await page.keyboard.press("Tab");
  await page.getByRole("listitem", { name: "Host web2x" }).waitFor();
  let goOn = () => {};
  await page.route(/apply-edit/, (route) => {
    goOn = () => void route.continue();
  });
  page.off("dialog", stay);
  await visit();
  page.on("dialog", stay);
  await vip().click();
  await page.keyboard.type("1");
  await leave();
  await poll(() => asked).toEqual(["beforeunload", "beforeunload"]);
  goOn();
  await page.unroute(/apply-edit/);
  await page.locator(".line", { hasText: "192.168.1.1001" }).or(page.locator(".problem")).first().waitFor();
  page.off("dialog", stay);
});

test("a draft is offered where the address has none", async () => {
  await editVip();
  await page.goto("about:blank");
  await visit();
  expect(await topologyText(page)).toBe(presets.dr);
  await notice().getByRole("button", { name: "Open it" }).click();
  await poll(() => topologyText(page)).toBe(own);
  await page.goto("about:blank");
  await visit();
  await notice().getByRole("button", { name: "Discard" }).click();
  await page.goto("about:blank");
  await visit();
  expect(await notice().count()).toBe(0);
});

test("passwords are in the draft, not in the address", async () => {
  const text = presets.ha.replace("  vrrp:\n", "  vrrp:\n    authPassword: s3cr3t\n");
  expect(text).not.toBe(presets.ha);
  await pasteTopology(page, text);
  await poll(() => page.evaluate(() => location.hash)).toContain("#t=");
  const address = await page.evaluate(() => location.hash);
  await page.reload();
  await poll(() => topologyText(page)).toBe(text);
  await page.evaluate(() => localStorage.clear());
  await page.goto("about:blank");
  await visit(address);
  expect(await topologyText(page)).toBe(presets.ha);
});

test("what follows a # and is no topology changes nothing; a link is a step; back returns", async () => {
  await editVip();
  const address = await page.evaluate(() => location.hash);
  await page.evaluate(() => {
    location.hash = "x";
  });
  await poll(() => page.evaluate(() => location.hash)).toBe(address);
  expect(await topologyText(page)).toBe(own);
  const link = await fragmentOf({ text: presets.nat, name: "topology.yaml" }, "0.1.0");
  await page.evaluate((hash) => {
    location.hash = hash;
  }, link);
  await poll(() => topologyText(page)).toBe(presets.nat);
  await notice().getByRole("button", { name: "Undo" }).click();
  await poll(() => topologyText(page)).toBe(own);
  await page.goBack();
  expect(await topologyText(page)).toBe(own);
  await page.evaluate(() => {
    location.hash = "t=broken";
  });
  await notice().getByText("The link's topology cannot be read", { exact: false }).waitFor();
  expect(await topologyText(page)).toBe(own);
});

test("a link of a later version says so", async () => {
  await page.goto("about:blank");
  await page.goto(playground.url + (await fragmentOf({ text: presets.nat, name: "a.yaml" }, "99.0.0")));
  await notice().getByText("made by lvsgen 99.0.0", { exact: false }).waitFor();
  expect(await topologyText(page)).toBe(presets.nat);
  await page.evaluate(() => {
    location.hash = "t2=AAAA";
  });
  await notice().getByText("a later version of the playground", { exact: false }).waitFor();
  expect(await topologyText(page)).toBe(presets.nat);
});

test("a worker that ends is noticed, and starts again with the topology at hand", async () => {
  await editVip();
  for (const end of [
    () => page.workers()[0]?.evaluate(() => self.close()),
    () =>
      page.workers()[0]?.evaluate(() => {
        setTimeout(() => {
          throw new Error("by a test");
        });
      }),
  ]) {
    await end();
    await notice().getByText("worker has stopped", { exact: false }).waitFor();
    await notice().getByRole("button", { name: "Close", exact: true }).click();
    await vip().fill("192.168.1.79");
    await button("Start it again").click();
    await poll(() => notice().count()).toBe(0);
    await page.getByLabel("Scheduler", { exact: true }).selectOption("rr");
    await page.locator(".line", { hasText: "192.168.1.77:80 -s rr" }).first().waitFor();
    await button("Undo").click();
    await poll(() => topologyText(page)).toBe(own);
  }
});

test("a silent worker is noticed, not ended; a new start, an undo or a cancel goes on without it", async () => {
  const own = await playground.open({ prepare: (fresh) => fresh.clock.install() });
  own.setDefaultTimeout(15_000);
  const told = own.getByText("has not answered for 60 seconds", { exact: false });
  const field = own.getByRole("textbox", { name: "VIP", exact: true });
  const shows = (text: string) => own.locator(".line", { hasText: text }).first().waitFor();
  const held = new Map<string, () => Promise<void>>();
  const hold = (part: string) =>
    own.route(new RegExp(part), (route) => void held.set(part, () => route.continue()));
  const isHeld = (part: string) => poll(() => held.has(part)).toBe(true);
  /** The latest worker: one that hangs is listed for long after its end. */
  const askBusily = (isEndless: boolean) =>
    void own
      .workers()
      .at(-1)
      ?.evaluate((endless) => {
        const request = new XMLHttpRequest();
        request.open("GET", "/busy", false);
        request.send();
        while (endless);
      }, isEndless)
      .catch(() => {});
  const hang = async () => {
    held.delete("busy");
    askBusily(true);
    await isHeld("busy");
    await held.get("busy")?.();
  };
  const minute = () => own.clock.runFor(66_000);

  // It waits, but answers pings.
  await hold("apply-edit");
  await field.fill("192.168.1.71");
  await isHeld("apply-edit");
  for (let beats = 0; beats < 14; beats++) {
    await own.clock.runFor(5_000);
    await own.workers()[0]?.evaluate(() => 0);
  }
  expect(await told.count()).toBe(0);
  await held.get("apply-edit")?.();
  await own.unroute(/apply-edit/);
  await shows("192.168.1.71:80");

  // It is busy, and comes back.
  await hold("busy");
  askBusily(false);
  await isHeld("busy");
  await field.fill("192.168.1.72");
  await minute();
  await told.waitFor();
  await held.get("busy")?.();
  await told.waitFor({ state: "detached" });
  await shows("192.168.1.72:80");

  // It hangs: a new one gets the topology, also without a click when there is another topology.
  for (const [goOn, edit, then] of [
    ["Start it again", "rr", "rr"],
    ["Undo", "lc", "rr"],
  ] as const) {
    await hang();
    const scheduler = own.getByLabel("Scheduler", { exact: true });
    await scheduler.selectOption(edit);
    await minute();
    await told.waitFor();
    await own.getByRole("button", { name: goOn, exact: true }).click();
    await told.waitFor({ state: "detached" });
    await shows(`192.168.1.72:80 -s ${then}`);
    await poll(() => scheduler.inputValue()).toBe(then);
  }

  await own.getByRole("button", { name: "Import" }).click();
  await own.getByLabel("Text to import").fill("virtual_server 10.0.0.5 80 {\n}\n");
  await hold("import-text");
  await own.getByRole("dialog").getByRole("button", { name: "Import", exact: true }).click();
  await isHeld("import-text");
  await hang();
  await minute();
  await own.getByText("No answer for 60 seconds", { exact: false }).waitFor();
  await own.getByRole("button", { name: "Cancel", exact: true }).click();
  await own.getByText("No answer for 60 seconds", { exact: false }).waitFor({ state: "detached" });
  await own.context().close();
});

test("what fails where nobody waits is noticed; sizes that change while they are looked at are no failure", async () => {
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        addEventListener("error", () => setTimeout(resolve, 100), { once: true });
        const box = document.body.appendChild(document.createElement("div"));
        new ResizeObserver(() => {
          box.style.height = `${box.offsetHeight + 1}px`;
          if (box.offsetHeight > 20) box.remove();
        }).observe(box);
      }),
  );
  expect(await notice().count()).toBe(0);
  await page.evaluate(() => {
    void Promise.reject(new Error("by a test"));
  });
  await notice().getByText("by a test", { exact: false }).waitFor();
  await notice().getByRole("button", { name: "Reload" }).click();
  await showFiles(page);
});
