/** The form as a person fills it in: findings at their fields, names, rows, focus, and what a first real cluster needs. */

import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { presets } from "../../src/presets/presets.ts";
import { done, pasteTopology, startFrom, topologyText, usePlayground } from "./page.ts";

const playground = usePlayground();

const field = (page: Page, label: string) => page.getByRole("textbox", { name: label, exact: true });
const host = (page: Page, name: string) => page.getByRole("listitem", { name: `Host ${name}`, exact: true });

/** The label of what has the focus. */
const focused = (page: Page) =>
  page.evaluate(() => {
    const own = document.activeElement;
    const label = own?.id ? document.querySelector(`label[for="${own.id}"]`)?.textContent : null;
    return own?.getAttribute("aria-label") ?? label ?? own?.tagName ?? "";
  });

/** Shows a topology in the form. */
async function showInForm(page: Page, text: string): Promise<void> {
  await pasteTopology(page, text);
  await page.getByRole("tab", { name: "Form" }).click();
}

test("a finding's link goes to the field, its correction is a button, and a warning is no error", async () => {
  const page = await playground.open();
  await showInForm(
    page,
    presets.dr.replace("scheduler: wrr", "scheduler: wlcc").replace("os: debian-12", "os: centos-6"),
  );
  const error = page.locator(".problem-error", { hasText: "wlcc" });
  await error.getByRole("button", { name: /line/ }).click();
  await expect.poll(() => focused(page)).toBe("Scheduler");
  await page.locator(".form").getByRole("button", { name: "Change to wlc" }).click();
  await expect.poll(() => topologyText(page)).toContain("scheduler: wlc ");
  const warning = page.locator(".field-problem.is-warning").first();
  await warning.waitFor();
  const input = page.locator(".field", { has: warning }).locator("input, select").first();
  expect(await input.getAttribute("aria-invalid")).toBe("false");
  // Where the form has no field, the text is shown.
  await showInForm(page, presets.dr.replace("name: my-cluster", "name: my-cluster\nschdulers: 1"));
  await page.locator(".problem", { hasText: "schdulers" }).getByRole("button", { name: /line/ }).click();
  await page.locator(".edit-panel[data-side=text]").waitFor();
  await done(page);
});

test("the list of problems closes, and does not cover the field that one is in", async () => {
  const page = await playground.open({ viewport: { width: 1280, height: 620 } });
  const vip = field(page, "VIP");
  await vip.focus();
  // At the lower edge of the form.
  await vip.evaluate((own) => own.scrollIntoView({ block: "end" }));
  await vip.fill("192.168.1.11");
  await page.locator(".problem").first().waitFor();
  const isInSight = () =>
    vip.evaluate((own) => {
      const [inner, outer] = [own.getBoundingClientRect(), own.closest(".form")?.getBoundingClientRect()];
      return outer !== undefined && inner.top >= outer.top && inner.bottom <= outer.bottom;
    });
  await expect.poll(isInSight).toBe(true);
  await page.getByRole("button", { name: "Hide the problems" }).click();
  await page.locator(".problem").first().waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Show the problems" }).click();
  await page.locator(".problem").first().waitFor();
  await done(page);
});

test("names: a duplicate and an empty one say so, and keep what was typed", async () => {
  const page = await playground.open();
  const name = host(page, "web1").getByLabel("Name");
  await name.fill("web2");
  await name.press("Tab");
  await host(page, "web1").getByText('"web2" is taken by another one').waitFor();
  expect(await name.inputValue()).toBe("web2");
  expect(await name.getAttribute("aria-invalid")).toBe("true");
  await name.fill("");
  await host(page, "web1").getByText("a name is needed here").waitFor();
  await name.fill("cache");
  await name.press("Tab");
  await host(page, "cache").waitFor();
  await expect.poll(() => topologyText(page)).toContain("- host: cache");
  await done(page);
});

test("the focus goes on after a new name, to a new row, and stays in the list when a row goes", async () => {
  const page = await playground.open();
  const names = Array.from({ length: 30 }, (_, at) => `web${at + 1}`);
  const hosts = names.map((name, at) => `  ${name}: { interfaces: { eth0: 10.0.0.${at + 1}/24 } }`);
  await showInForm(
    page,
    `version: 1\nname: many\ndefaults: { os: debian-12 }\nhosts:\n${hosts.join("\n")}\n`,
  );
  await host(page, "web1").waitFor();
  await page.getByRole("button", { name: "Add host" }).click();
  await host(page, "web31").waitFor();
  expect(await host(page, "web21").count()).toBe(0);
  expect(await page.getByRole("listitem", { name: /^Host / }).count()).toBe(21);
  await expect.poll(() => focused(page)).toBe("Name");
  await page.keyboard.type("cache");
  await page.keyboard.press("Tab");
  await host(page, "cache").waitFor();
  await expect.poll(() => focused(page)).toBe("Interface");
  await page.getByRole("button", { name: "Remove host cache" }).focus();
  await page.keyboard.press("Enter");
  await host(page, "cache").waitFor({ state: "detached" });
  await expect.poll(() => focused(page)).toMatch(/^Remove host web/);
  // A finding in a row that is not shown brings it.
  await showInForm(
    page,
    `version: 1\nname: many\ndefaults: { os: debian-12 }\nhosts:\n${hosts.join("\n").replace("10.0.0.25/24", "10.0.0.25")}\n`,
  );
  await page.locator(".problem", { hasText: "10.0.0.25" }).getByRole("button", { name: /line/ }).click();
  await expect.poll(() => focused(page)).toBe("Address/prefix");
  expect(
    await host(page, "web25")
      .getByLabel("Address/prefix")
      .evaluate((own) => own === document.activeElement),
  ).toBe(true);
  await done(page);
});

test("the focus never falls to the page when what has it goes away", async () => {
  const page = await playground.open();
  await page.getByLabel("Engine", { exact: true }).selectOption("keepalived");
  const press = async (name: string, next: string | RegExp) => {
    const button = page.getByRole("button", { name, exact: true }).first();
    await button.focus();
    await page.keyboard.press("Enter");
    await expect.poll(() => focused(page), { message: name, timeout: 15_000 }).toMatch(next);
  };
  await press("Add checks", /^VRRP id$/);
  await page.getByRole("button", { name: "More of host director" }).click();
  await page.getByRole("button", { name: "Add address" }).click();
  await page.getByRole("button", { name: "Add address" }).click();
  await press("Remove address eth2 ", /^Remove address eth1 $/);
  await press("Remove address eth1 ", /^ssh user$/);
  const scheduler = page.getByLabel("Scheduler", { exact: true });
  await pasteTopology(page, presets.dr.replace("scheduler: wrr", "scheduler: wlcc"));
  await page.getByRole("tab", { name: "Form" }).click();
  await page.locator(".form").getByRole("button", { name: "Change to wlc" }).waitFor();
  await press("Change to wlc", /^Scheduler$/);
  await expect.poll(() => scheduler.inputValue()).toBe("wlc");
  // After a notice it returns to where it was.
  await startFrom(page, "pi-lab");
  await page.locator(".notice").waitFor();
  await field(page, "VIP").focus();
  await page.locator(".notice").getByRole("button", { name: "Close", exact: true }).focus();
  await page.keyboard.press("Enter");
  await expect.poll(() => focused(page)).toBe("VIP");
  await page.getByRole("button", { name: "Close the introduction" }).focus();
  await page.keyboard.press("Enter");
  await page.locator(".bar-look select:focus").waitFor();
  await field(page, "VIP").fill("192.168.1.201");
  await page.getByRole("tab", { name: "Changes" }).click();
  await page.getByRole("button", { name: "Compare from here" }).focus();
  await page.keyboard.press("Enter");
  await page.locator("[data-tab=changes]:focus").waitFor();
  await done(page);
});

test("a range is a row that says how many hosts it is; its servers follow its name, and go with it", async () => {
  const page = await playground.open();
  const text = `version: 1
name: fleet
defaults: { os: debian-12 }
hosts:
  lb: { interfaces: { eth0: 10.0.0.1/24 } }
  "web[11:50]": { interfaces: { eth0: "10.0.0.[11:50]/24" } }
directors: { hosts: [lb] }
virtualServices:
  - { name: web, vip: 10.0.0.100, port: 80, realServers: ["web[11:30]", web50, { host: lb, weight: 0 }] }
`;
  await showInForm(page, text);
  await host(page, "web[11:50]").getByText("40 hosts", { exact: true }).waitFor();
  const name = host(page, "web[11:50]").getByLabel("Name");
  await name.fill("app[1:40]");
  await name.press("Tab");
  await host(page, "app[1:40]").getByText("40 hosts", { exact: true }).waitFor();
  await expect
    .poll(() => topologyText(page))
    .toBe(text.replace('"web[11:50]"', '"app[1:40]"').replace('"web[11:30]", web50', '"app[1:20]", app40'));
  await page.getByRole("button", { name: "Remove host app[1:40]" }).click();
  await expect.poll(() => topologyText(page)).toMatch(/realServers: \[ ?\{ host: lb, weight: 0 \} ?\]/);
  await done(page);
});

test("what a first real cluster needs: checks, persistence, sorry server, VRRP, ssh, further addresses", async () => {
  const page = await playground.open();
  await page.getByLabel("Engine", { exact: true }).selectOption("keepalived");
  await page.getByText("Without a health check, keepalived", { exact: false }).waitFor();
  await page.getByRole("button", { name: "Add checks" }).click();
  await page.getByText("Without a health check", { exact: false }).waitFor({ state: "detached" });
  await field(page, "Path").fill("/health");
  await field(page, "Seconds between checks").fill("2s");
  await field(page, "Client stays, seconds").fill("5m");
  await page.getByLabel("Sorry server").fill("192.168.1.40");
  await field(page, "VRRP id").fill("77");
  await field(page, "ssh user").fill("pi");
  await page.getByRole("button", { name: "More of host director" }).click();
  await host(page, "director").getByRole("button", { name: "Add address" }).click();
  const more = host(page, "director").locator(".more-address");
  await more.getByLabel("Address/prefix").fill("10.0.0.1/24");
  await page.getByRole("tab", { name: /^keepalived\.conf/ }).click();
  for (const line of [
    "path /health",
    "virtual_router_id 77",
    "sorry_server 192.168.1.40",
    "persistence_timeout 300",
  ])
    await page.locator(".line", { hasText: line }).first().waitFor();
  const text = await topologyText(page);
  for (const part of ["type: http", "interval: 2s", "timeout: 5m", "user: pi", "eth1: 10.0.0.1/24"])
    expect(text).toContain(part);
  await done(page);
});

test("a choice is explained where it is made, in both languages, and can be made there", async () => {
  const page = await playground.open();
  await page.getByRole("button", { name: "Scheduler: which one?" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("Maglev: by a hash of the client's address", { exact: false }).waitFor();
  await dialog.getByRole("button", { name: /^wlc .*If you do not know/ }).click();
  await expect.poll(() => page.getByLabel("Scheduler", { exact: true }).inputValue()).toBe("wlc");
  await page.getByText("Fewest connections for the weight.", { exact: false }).waitFor();
  await page.getByLabel("Language").selectOption("zh");
  await page.getByText("选相对于权重连接最少的服务器。", { exact: false }).waitFor();
  await page.getByRole("button", { name: "转发方式：选哪一个？" }).click();
  await page.getByRole("dialog").getByText("服务器在其他网络或地点时", { exact: false }).waitFor();
  await done(page);
});

test("no value of the form is cut, and the page does not scroll, at any width", async () => {
  const page = await playground.open();
  // With an address where most services have a name, a port that is the VIP's, and more findings than the list shows at once.
  const unknown = Array.from({ length: 12 }, (_, at) => `unknown${at}: 1\n`).join("");
  const wide = presets.nat
    .replace("- host: web2", "- address: 203.0.113.215")
    .replace("        port: 8080\n", "");
  await showInForm(page, wide + unknown);
  await page.getByLabel("Engine", { exact: true }).selectOption("keepalived");
  await page.getByRole("button", { name: "Add checks" }).click();
  await page.getByText("Without a health check", { exact: false }).waitFor({ state: "detached" });
  await page.locator(".problem").first().waitFor();
  for (const width of [320, 360, 512, 640, 800, 820, 940, 1024, 1060, 1100, 1280, 1440, 1920]) {
    await page.setViewportSize({ width, height: 900 });
    const cut = await page.evaluate(() => {
      const form = document.querySelector(".form");
      const inputs = [...document.querySelectorAll<HTMLInputElement>(".form input[type=text]")];
      const isCutInput = (own: HTMLInputElement) => {
        const { value } = own;
        own.value ||= own.placeholder;
        const isWider = own.scrollWidth > own.clientWidth;
        own.value = value;
        return isWider;
      };
      const values = inputs.filter(isCutInput);
      // A menu cuts its value without a trace: one that may be as wide as it likes shows what it needs.
      const isCut = (own: HTMLSelectElement) => {
        const free = own.cloneNode(true) as HTMLSelectElement;
        free.value = own.value;
        for (const option of [...free.options]) if (!option.selected) option.remove();
        free.style.width = "auto";
        free.style.position = "absolute";
        own.parentElement?.append(free);
        const isWider = free.offsetWidth > own.offsetWidth;
        free.remove();
        return isWider;
      };
      const menus = [...document.querySelectorAll<HTMLSelectElement>(".form select")].filter(isCut);
      const isWide = form === null || form.scrollWidth > form.clientWidth;
      const tools = [...document.querySelectorAll(".bar button, .bar select")].filter(
        (own) => own.getBoundingClientRect().right > innerWidth || own.scrollWidth > own.clientWidth,
      );
      const { scrollHeight, clientHeight } = document.documentElement;
      return [
        ...[...values, ...menus].map((own) => own.value || own.getAttribute("placeholder")),
        ...tools.map((own) => own.textContent),
        ...(isWide ? ["the form"] : []),
        ...(scrollHeight > clientHeight ? ["the page"] : []),
      ];
    });
    expect(cut, `${width} pixels`).toEqual([]);
  }
  await done(page);
});
