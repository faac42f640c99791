/** `lvsgen web`: the page's files on loopback, and nothing else. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { request } from "node:http";
import { brotliDecompressSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cli, lvsgen } from "../helpers/lvsgen.ts";

interface Answer {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
  readonly bytes: Buffer;
}

interface AskOptions {
  readonly method?: string;
  readonly host?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** As written, which fetch would not leave alone. */
function ask(url: string, path: string, options: AskOptions = {}): Promise<Answer> {
  const { hostname, port, host } = new URL(url);
  return new Promise((resolve, reject) => {
    request({
      hostname,
      port,
      path,
      method: options.method ?? "GET",
      headers: { host: options.host ?? host, ...options.headers },
    })
      .on("response", async (response) => {
        const parts: Buffer[] = [];
        for await (const part of response) parts.push(part as Buffer);
        const bytes = Buffer.concat(parts);
        resolve({ status: response.statusCode, headers: response.headers, body: String(bytes), bytes });
      })
      .on("error", reject)
      .end();
  });
}

describe("the served page", () => {
  let url = "";
  let server: ReturnType<typeof spawn>;
  beforeAll(async () => {
    server = spawn(process.execPath, [cli, "web", "--port", "0"], { stdio: ["ignore", "pipe", "pipe"] });
    url = String((await once(server.stdout as NodeJS.ReadableStream, "data"))[0]).trim();
  });
  afterAll(() => void server.kill());

  test("says where on standard output, and has the page there", async () => {
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
    const { status, headers, body } = await ask(url, "/");
    expect(status).toBe(200);
    expect(headers["content-type"]).toBe("text/html; charset=utf-8");
    expect(body).toContain("<title>lvsgen playground</title>");
  });

  test("forbids everything from elsewhere, inline code and frames, on every answer", async () => {
    for (const path of ["/", "/icon.svg", "/nothing"]) {
      const { headers } = await ask(url, path);
      const policy = String(headers["content-security-policy"]);
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toMatch(/unsafe|https?:|\*/);
      expect(headers["x-content-type-options"]).toBe("nosniff");
      expect(headers["cross-origin-resource-policy"]).toBe("same-origin");
      expect(headers["referrer-policy"]).toBe("no-referrer");
    }
  });

  test.each([
    "/../package.json",
    "/..%2fpackage.json",
    "/%2e%2e/cli.js",
    "//etc/passwd",
    "/assets/",
    "/cli.js",
    "/a\\..\\b",
  ])("%s is no file of it", async (path) => {
    expect(await ask(url, path)).toMatchObject({ status: 404, body: "file not found\n" });
  });

  test("answers to its own names only", async () => {
    const { port } = new URL(url);
    expect((await ask(url, "/", { host: `localhost:${port}` })).status).toBe(200);
    expect((await ask(url, "/", { host: "evil.example" })).status).toBe(421);
    expect((await ask(url, "/", { host: `127.0.0.1.evil.example:${port}` })).status).toBe(421);
  });

  test("is only read", async () => {
    expect((await ask(url, "/", { method: "POST" })).status).toBe(405);
    const head = await ask(url, "/", { method: "HEAD" });
    expect(head).toMatchObject({ status: 200, body: "" });
    expect(Number(head.headers["content-length"])).toBeGreaterThan(100);
  });

  test("sends what the build compressed to those who take it, and nothing twice", async () => {
    const plain = await ask(url, "/");
    const script = /src="\.\/(assets\/[^"]+\.js)"/.exec(plain.body)?.[1] ?? "";
    const whole = await ask(url, `/${script}`);
    const packed = await ask(url, `/${script}`, { headers: { "accept-encoding": "gzip, deflate, br" } });
    expect(packed.headers).toMatchObject({ "content-encoding": "br", vary: "accept-encoding" });
    expect(brotliDecompressSync(packed.bytes)).toEqual(whole.bytes);
    expect(packed.bytes.length).toBeLessThan(whole.bytes.length / 2);
    expect(packed.headers.etag).not.toBe(whole.headers.etag);
    for (const refuses of ["gzip", "br;q=0", "br; q=0.0"]) {
      const { headers } = await ask(url, `/${script}`, { headers: { "accept-encoding": refuses } });
      expect(headers["content-encoding"], refuses).toBeUndefined();
    }
    const tag = String(packed.headers.etag);
    for (const known of [tag, `W/"other", W/${tag}`, "*"]) {
      const headers = { "accept-encoding": "br", "if-none-match": known };
      expect(await ask(url, `/${script}`, { headers }), known).toMatchObject({ status: 304, body: "" });
    }
    expect((await ask(url, `/${script}`, { headers: { "if-none-match": tag } })).status).toBe(200);
    expect((await ask(url, `/${script}.br`)).status).toBe(404);
  });

  test("a port in use is reported with a remedy", () => {
    const { port } = new URL(url);
    const { status, stdout, stderr } = lvsgen(["web", "--port", port]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toContain(`port ${port} is in use: choose another one with --port, or 0 for a free one`);
  });

  test("Ctrl-C ends it, with exit status 0", async () => {
    const own = spawn(process.execPath, [cli, "web", "--port", "0"], { stdio: ["ignore", "pipe", "ignore"] });
    await once(own.stdout, "data");
    own.kill("SIGINT");
    expect(await once(own, "exit")).toEqual([0, null]);
  });
});

test.each(["-1", "65536", "1.5", "x"])("--port %s is wrong usage", (port) => {
  const { status, stderr } = lvsgen(["web", `--port=${port}`]);
  expect(status).toBe(2);
  expect(stderr).toContain("use a whole number from 0 to 65535");
});
