/** `lvsgen verify` against servers on loopback: who answers is told by the answer's body, or by the connection alone. */

import { createServer as createHttpServer } from "node:http";
import { type AddressInfo, createServer, type Server } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { checkTopology } from "../../src/rules/check-topology.ts";
import { answeredBy, UNNAMED } from "../../src/verify/distribution.ts";
import { verifyCluster } from "../../src/verify/verify.ts";
import { verifyText } from "../../src/verify/verify-text.ts";

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function listen(server: Server): Promise<number> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

/** Pages in turn, as behind a round robin. */
function pages(...texts: string[]): Promise<number> {
  let count = 0;
  return listen(
    createHttpServer((_, response) => {
      response.end(texts[count++ % texts.length]);
    }),
  );
}

/** A cluster whose one service is at a port here; loopback is no VIP that a topology takes. */
function servicesAt(port: number, more: object = {}) {
  const service = { name: "web", vip: "10.0.0.100", port, realServers: [{ host: "rs1" }, { host: "rs2" }] };
  const { cluster, diagnostics } = checkTopology(
    JSON.stringify({
      version: 1,
      name: "verify",
      defaults: { os: "debian-12" },
      hosts: Object.fromEntries(
        ["lvs", "rs1", "rs2"].map((name, at) => [name, { interfaces: { eth0: `10.0.0.${at + 1}/24` } }]),
      ),
      directors: { hosts: ["lvs"] },
      virtualServices: [{ ...service, ...more }],
    }),
    "t.json",
  );
  if (cluster === null) throw new Error(JSON.stringify(diagnostics));
  return { services: cluster.services.map((each) => ({ ...each, vip: "127.0.0.1" })), floating: [] };
}

const options = { requests: 6, timeout: 2, onProgress: () => {} };

describe("a service", () => {
  test("whose pages name their hosts is told by host", async () => {
    const port = await pages("<h1>rs1</h1>", "<h1>rs2</h1>", "I am rs1.");
    const verdicts = await verifyCluster(servicesAt(port), options);
    expect(verdicts).toMatchObject([{ state: "answers", answered: 6, distribution: { rs1: 4, rs2: 2 } }]);
    expect(verifyText(verdicts)).toBe(
      `web 127.0.0.1:${port}  6 of 6 answered\n    rs1     4  67 %\n    rs2     2  33 %\n`,
    );
  });

  test("that one server never answers for shows that", async () => {
    const port = await pages("rs2");
    const [verdict] = await verifyCluster(servicesAt(port), options);
    expect(verdict).toMatchObject({ state: "answers", distribution: { rs1: 0, rs2: 6 } });
  });

  test("of another protocol counts by its connections", async () => {
    const speaks = await listen(createServer((socket) => socket.end("220 mail rs1\r\n")));
    const [verdict] = await verifyCluster(servicesAt(speaks), options);
    expect(verdict).toMatchObject({ state: "answers", answered: 6, distribution: { [UNNAMED]: 6 } });
  });

  test("that accepts and stays silent answers too", async () => {
    const silent = await listen(createServer(() => {}));
    const [verdict] = await verifyCluster(servicesAt(silent), { ...options, requests: 1, timeout: 0.2 });
    expect(verdict).toMatchObject({ state: "answers", answered: 1 });
  });

  test("that nobody serves is silent, and is not asked for ever", async () => {
    const port = await pages("rs1");
    await new Promise((resolve) => servers.splice(0)[0]?.close(resolve));
    const [verdict] = await verifyCluster(servicesAt(port), options);
    expect(verdict).toMatchObject({ state: "silent", answered: 0, requests: 3, reasons: ["refused"] });
  });

  test("by UDP cannot be verified, and says so", async () => {
    const verdicts = await verifyCluster(servicesAt(53, { protocol: "udp" }), options);
    expect(verdicts).toMatchObject([{ state: "not verifiable", port: null }]);
    expect(verifyText(verdicts)).toContain("cannot be verified: no udp request is answered");
  });
});

describe("a floating address", () => {
  const floatingAt = (track: readonly object[]) => {
    const { cluster } = checkTopology(
      JSON.stringify({
        version: 1,
        name: "verify",
        defaults: { os: "debian-12" },
        hosts: {
          lb1: { interfaces: { eth0: "10.0.0.1/24" } },
          lb2: { interfaces: { eth0: "10.0.0.2/24" } },
        },
        floatingAddresses: [{ name: "web", address: "10.0.0.100/24", hosts: ["lb1", "lb2"], track }],
      }),
      "t.json",
    );
    const floating = cluster?.floating.map((each) => ({ ...each, ip: "127.0.0.1" })) ?? [];
    return { services: [], floating };
  };

  test("is asked at the port of its tracks, whoever has it", async () => {
    const port = await pages("<h1>lb2</h1>");
    const verdicts = await verifyCluster(floatingAt([{ type: "http", port, path: "/health" }]), options);
    expect(verdicts).toMatchObject([
      { service: "web", port, state: "answers", answered: 6, distribution: { lb1: 0, lb2: 6 } },
    ]);
  });

  test("without a port cannot be verified", async () => {
    const verdicts = await verifyCluster(
      floatingAt([
        { type: "process", name: "nginx" },
        { type: "tcp", address: "10.0.0.254", port: 53 },
      ]),
      options,
    );
    expect(verifyText(verdicts)).toMatch(/^web 127\.0\.0\.1 {2}cannot be verified: no track has a port/);
  });
});

test("a page that names two hosts, or part of a name, names none", () => {
  const page = (body: string) => ({ text: `HTTP/1.1 200 OK\r\nServer: rs1\r\n\r\n${body}`, error: null });
  expect(answeredBy(page("rs1 or rs2"), ["rs1", "rs2"])).toBe(UNNAMED);
  expect(answeredBy(page("rs10"), ["rs1", "rs2"])).toBe(UNNAMED);
  expect(answeredBy(page("this is (rs2)\n"), ["rs1", "rs2"])).toBe("rs2");
});
