/** What the page makes is what the command line makes, byte for byte. */

import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { strFromU8, unzipSync } from "fflate";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { lvsgen, repository } from "../helpers/lvsgen.ts";
import { beforeRelease } from "../helpers/release.ts";
import { temporaryFolder } from "../helpers/temporary.ts";
import { done, shownFile, startFrom, usePlayground } from "./page.ts";

const playground = usePlayground();

/** Text and mode of every file below a folder, by path. */
function filesBelow(folder: string): Record<string, { text: string; mode: number }> {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) =>
    statSync(join(folder, path)).isFile(),
  );
  return Object.fromEntries(
    files.map((path) => [
      path,
      { text: readFileSync(join(folder, path), "utf8"), mode: statSync(join(folder, path)).mode & 0o777 },
    ]),
  );
}

function rendered(example: string): ReturnType<typeof filesBelow> {
  const out = join(temporaryFolder(), "out");
  const { status, stderr } = lvsgen([
    "render",
    `examples/${example}/topology.json`,
    "--out",
    out,
    "--no-lint",
  ]);
  expect(status, stderr).toBe(0);
  return filesBelow(out);
}

async function downloaded(page: Page, button: string): Promise<{ name: string; bytes: Uint8Array }> {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: button, exact: true }).click(),
  ]);
  const path = await download.path();
  return { name: download.suggestedFilename(), bytes: readFileSync(path) };
}

/** Texts by fflate, modes by Python's reader, which knows Unix's part of a zip. */
function unzipped(bytes: Uint8Array): ReturnType<typeof filesBelow> {
  const file = join(temporaryFolder(), "all.zip");
  writeFileSync(file, bytes);
  const script =
    "import json,sys,zipfile; print(json.dumps({i.filename: i.external_attr >> 16 for i in zipfile.ZipFile(sys.argv[1]).infolist()}))";
  const { stdout } = spawnSync("python3", ["-c", script, file], { encoding: "utf8" });
  const modes = JSON.parse(stdout) as Record<string, number>;
  return Object.fromEntries(
    Object.entries(unzipSync(bytes)).map(([path, content]) => [
      path,
      { text: strFromU8(content), mode: (modes[path] ?? 0) & 0o777 },
    ]),
  );
}

const examples = readdirSync(join(repository, "examples"));

test("an example's zip is what the command line writes, manifest and modes included", async () => {
  const page = await playground.open();
  for (const example of beforeRelease(examples, ["everything", "ha-pair"])) {
    await startFrom(page, example);
    await page.getByText(`${example} opened`).waitFor();
    const { bytes, name } = await downloaded(page, "Download");
    const text = readFileSync(join(repository, "examples", example, "topology.json"), "utf8");
    expect(name).toBe(`${(JSON.parse(text) as { name: string }).name}.zip`);
    expect(unzipped(bytes), example).toEqual(rendered(example));
  }
  await done(page);
});

/** init.d, keepalived, tunnels: each kind of file is shown. */
test.each(beforeRelease(["pi-lab", "ha-pair", "tun-two-sites"], ["ha-pair"]))(
  "%s: every file of every host, as it is shown",
  async (example) => {
    const page = await playground.open();
    await startFrom(page, example);
    await page.getByText(`${example} opened`).waitFor();
    const own = rendered(example);
    const hosts = page.getByRole("tablist", { name: "Host" }).getByRole("tab");
    for (let host = 0; host < (await hosts.count()) - 1; host++) {
      await hosts.nth(host).click();
      const files = page.getByRole("tablist", { name: /^Files of/ }).getByRole("tab");
      for (let file = 0; file < (await files.count()); file++) {
        const path = `${await hosts.nth(host).textContent()}/${await files.nth(file).textContent()}`;
        await files.nth(file).click();
        await page.locator(`.code-view[data-path="${path}"]`).waitFor();
        expect(await shownFile(page), path).toBe(own[path]?.text);
      }
    }
    await done(page);
  },
);

test("one host as a zip, one file, and a copy of it", async () => {
  const own = rendered("pi-lab");
  const page = await playground.open();
  await startFrom(page, "pi-lab");
  await page.getByRole("tab", { name: "pi3" }).click();
  const zip = await downloaded(page, "Host as zip");
  expect(zip.name).toBe("pi3.zip");
  const ofHost = Object.entries(own).filter(([path]) => path.startsWith("pi3/"));
  expect(unzipped(zip.bytes)).toEqual(Object.fromEntries(ofHost));
  await page.getByRole("tab", { name: "lvs_rs.init" }).click();
  await page.locator('.code-view[data-path="pi3/lvs_rs.init"]').waitFor();
  const file = await downloaded(page, "File");
  expect(file.name).toBe("lvs_rs.init");
  expect(strFromU8(file.bytes)).toBe(own["pi3/lvs_rs.init"]?.text);
  await page.getByRole("button", { name: "Copy", exact: true }).click();
  await page.getByText("Copied").waitFor();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(own["pi3/lvs_rs.init"]?.text);
  await done(page);
});
