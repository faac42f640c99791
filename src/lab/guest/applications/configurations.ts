/** Configurations of real programs, by which each page is the host's name. */

import type { LabApplication, LabPort } from "../../spec.ts";

/** Folders that nginx makes when it starts; its usual ones may be the machine's root's. */
const TEMPORARY = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];

/** One worker: the lab's kernel may have one processor. As root, since a machine may lack nginx's user. */
export function nginxConfig(host: string, { ports }: LabApplication): string {
  const servers = ports.flatMap(({ port, pages }) => [
    "  server {",
    `    listen ${port};`,
    `    listen [::]:${port};`,
    ...pagesOf(pages).map(
      ([path, status]) => `    location = ${quoted(path)} { return ${status} "${host}\\n"; }`,
    ),
    `    location / { return 200 "${host}\\n"; }`,
    "  }",
  ]);
  return [
    "user root;",
    "worker_processes 1;",
    "pid /run/lvsgen-lab/nginx.pid;",
    "events { worker_connections 256; }",
    "http {",
    "  access_log off;",
    ...TEMPORARY.map((name) => `  ${name}_temp_path /run/lvsgen-lab/${name};`),
    ...servers,
    "}",
    "",
  ].join("\n");
}

export function haproxyConfig(host: string, { ports }: LabApplication): string {
  const frontends = ports.flatMap(({ port, pages }) => [
    `frontend port-${port}`,
    `  bind :::${port} v4v6`,
    ...pagesOf(pages).map(([path, status]) => `  ${answer(host, status)} if { path -m str ${quoted(path)} }`),
    `  ${answer(host, 200)}`,
  ]);
  return [
    "global",
    "  nbthread 1",
    "  pidfile /run/lvsgen-lab/haproxy.pid",
    "defaults",
    "  mode http",
    "  timeout client 10s",
    "  timeout server 10s",
    "  timeout connect 10s",
    ...frontends,
    "",
  ].join("\n");
}

function answer(host: string, status: number): string {
  return `http-request return status ${status} content-type text/plain string "${host}\\n"`;
}

/** Status by path; of two for one path, the first. Neither program looks at what comes after a question mark. */
function pagesOf(pages: LabPort["pages"]): (readonly [path: string, status: number])[] {
  const statuses = new Map<string, number>();
  for (const { path, status } of pages) {
    const [plain = "/"] = path.split("?");
    if (!statuses.has(plain)) statuses.set(plain, status);
  }
  return [...statuses];
}

function quoted(text: string): string {
  return `"${text}"`;
}
