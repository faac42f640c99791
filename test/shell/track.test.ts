/** lvs_track.sh, run: against a real server on loopback, and real processes. */

import { spawn } from "node:child_process";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { type AddressInfo, createServer as createTcp, type Server as TcpServer } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { templates } from "#templates";
import { renderCluster } from "../../src/render/render-cluster.ts";
import { checkTopology } from "../../src/rules/check-topology.ts";
import { makeFolder } from "../helpers/temporary.ts";

const folder = makeFolder();
const script = join(folder, "lvs_track.sh");
const answers: Readonly<Record<string, [number, string]>> = {
  "/ok?a=b": [204, ""],
  "/moved": [301, ""],
  "/broken": [503, "x".repeat(100_000)],
};

let web: Server;
let silent: TcpServer;
const portOf = (server: { address: () => unknown }) => String((server.address() as AddressInfo).port);

beforeAll(async () => {
  const { cluster } = checkTopology(
    `version: 1
name: vip
defaults: { os: debian-12 }
hosts: { "lb[1:2]": { interfaces: { eth0: "192.0.2.[11:12]/24" } } }
floatingAddresses:
  - { name: web, address: 192.0.2.10/24, hosts: ["lb[1:2]"], track: [{ type: process, name: nginx }] }
`,
    "track.yaml",
  );
  const file =
    cluster === null
      ? undefined
      : renderCluster(cluster, templates).find(({ path }) => path === "lb1/lvs_track.sh");
  expect(file?.mode).toBe(0o755);
  writeFileSync(script, file?.text ?? "", { mode: 0o755 });
  web = createServer((request, response) => {
    const [status, body] = answers[request.url ?? ""] ?? [404, ""];
    response.writeHead(
      status,
      request.headers.host === `127.0.0.1:${portOf(web)}` ? {} : { "x-host": "other" },
    );
    response.end(body);
  });
  // Accepts, and says nothing.
  silent = createTcp(() => {});
  for (const server of [web, silent]) await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
});

afterAll(() => {
  web.closeAllConnections();
  web.close();
  silent.close();
});

function track(...words: string[]): Promise<number | null> {
  return new Promise((done) => {
    spawn(script, words, { stdio: "ignore" }).on("close", done);
  });
}

test.each([
  ["/ok?a=b", "200-299", 0],
  ["/ok?a=b", "200", 1],
  ["/moved", "200,301", 0],
  ["/broken", "200-299,401", 1],
  ["/missing", "400-404", 0],
])("a page %s with %s gives %i", async (path, statuses, status) => {
  expect(await track("http", "127.0.0.1", portOf(web), path, statuses, "5")).toBe(status);
});

test("a port that nobody listens at, and one that says nothing in time, fail", async () => {
  const closed = createTcp();
  await new Promise<void>((done) => closed.listen(0, "127.0.0.1", done));
  const port = portOf(closed);
  await new Promise((done) => closed.close(done));
  expect(await track("tcp", "127.0.0.1", portOf(silent), "5")).toBe(0);
  expect(await track("tcp", "127.0.0.1", port, "5")).toBe(1);
  expect(await track("http", "127.0.0.1", port, "/", "200", "5")).toBe(1);
  expect(await track("http", "127.0.0.1", portOf(silent), "/", "200", "1")).toBe(124);
});

test("a process counts by its name, cut as the kernel cuts it, and not once it has ended", async () => {
  const name = "lvsgen-test-with-a-long-name";
  mkdirSync(join(folder, "bin"), { recursive: true });
  const program = join(folder, "bin", name);
  writeFileSync(program, "#!/bin/sh\necho up\nread -r line\n");
  chmodSync(program, 0o755);
  expect(await track("process", name)).toBe(1);
  const child = spawn(program, { stdio: ["pipe", "pipe", "ignore"] });
  await new Promise((up) => child.stdout.once("data", up));
  expect(await track("process", name)).toBe(0);
  expect(await track("process", "lvsgen")).toBe(1);
  child.stdin.end();
  await new Promise((ended) => child.once("close", ended));
  expect(await track("process", name)).toBe(1);
});

test("anything else is wrong usage", async () => {
  for (const words of [[], ["http"], ["process"], ["tcp", "127.0.0.1", "80"], ["exec", "a"]])
    expect(await track(...words)).toBe(2);
});
