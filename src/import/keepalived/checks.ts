/** Health checks of keepalived.conf: one row a block. */

import type { HealthCheck } from "../../topology/input.generated.ts";
import type { Notes } from "../notes.ts";
import { type CheckedServer, readProgram } from "./check-program.ts";
import { type Block, firstWord, numberOf, ownWay, type Reader, readBlock, shown } from "./keywords.ts";
import type { Statement } from "./statements.ts";

/** What real servers inherit from their service, and checks from their server. */
export interface Timing {
  interval?: number;
  timeout?: number;
  retries?: number;
  delayBeforeRetry?: number;
  virtualHost?: string;
}

interface CheckDraft extends Timing {
  type: HealthCheck["type"];
  path?: string;
  status?: NonNullable<HealthCheck["status"]>;
  digest?: string;
  port?: number;
  name?: string;
  recordType?: NonNullable<HealthCheck["recordType"]>;
  helo?: string;
  payload?: string;
  command?: string;
  arguments?: string[];
  urls: number;
  readonly server: CheckedServer;
}

/** Ranges of the schema. */
const ranges = {
  interval: [0.1, 86400],
  timeout: [0.1, 3600],
  retries: [0, 1000],
  delayBeforeRetry: [0, 3600],
  port: [1, 65535],
} as const;

function timed<D extends Timing>(key: Exclude<keyof Timing, "virtualHost">): Reader<D> {
  return (draft, statement, notes) => {
    const value = numberOf(statement, notes, ranges[key]);
    if (value !== undefined) (draft as Timing)[key] = value;
  };
}

const dnsName = /^[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$/;

/** The keywords of services, servers and checks alike. */
export function timingReaders<D extends Timing>(): Readonly<Record<string, Reader<D>>> {
  return {
    delay_loop: timed("interval"),
    connect_timeout: timed("timeout"),
    retry: timed("retries"),
    delay_before_retry: timed("delayBeforeRetry"),
    virtualhost: texts<D>("virtualHost", dnsName),
    warmup: ownWay("0"),
    alpha: ownWay(),
  };
}

/** Takes a valid word, and notes an invalid one. */
function texts<D>(key: string, form: RegExp): Reader<D> {
  return (draft, statement, notes) => {
    const text = firstWord(statement, notes);
    if (form.test(text)) (draft as Record<string, unknown>)[key] = text;
    else if (text !== "")
      notes.leftOut(
        statement.place,
        `${JSON.stringify(text.slice(0, 60))} is not a valid ${key} in a topology`,
        "choose a value that the schema allows",
      );
  };
}

/** A code, or a range of them; null for anything else. */
function statusOf(text: string): number | string | null {
  if (!/^[1-5][0-9]{2}(-[1-5][0-9]{2})?$/.test(text)) return null;
  const [first = "", last = first] = text.split("-");
  return first > last ? null : first === last ? Number(first) : text;
}

const url: Block<CheckDraft> = {
  readers: {
    path: texts("path", /^\/[A-Za-z0-9._~/%&=+,:@?-]{0,1000}$/),
    digest: texts("digest", /^[0-9a-f]{32}$/),
    virtualhost: texts("virtualHost", dnsName),
    status_code: (draft, statement, notes) => {
      const statuses = statement.words.flatMap(({ text }) => statusOf(text) ?? []);
      if (statuses.length < statement.words.length || statuses.length === 0)
        notes.notUnderstood(
          statement.place,
          `${shown(statement)}: not an HTTP status`,
          "use those from 100 to 599",
        );
      const [first, ...more] = statuses;
      if (first !== undefined) draft.status = more.length === 0 ? first : statuses;
    },
  },
  others: ["regex", "regex_no_match", "regex_options", "regex_stack", "regex_min_offset", "regex_max_offset"],
};

const page: Readonly<Record<string, Reader<CheckDraft>>> = {
  url: (draft, statement, notes) => {
    draft.urls++;
    if (draft.urls === 1) readBlock(draft, statement.block ?? [], url, notes);
    else
      notes.leftOut(
        statement.place,
        "a check in a topology has one page: this one is ignored",
        "choose one page that shows whether everything works",
      );
  },
  enable_sni: ownWay(),
};

const connected: Readonly<Record<string, Reader<CheckDraft>>> = {
  ...timingReaders<CheckDraft>(),
  connect_port: (draft, statement, notes) => {
    const port = numberOf(statement, notes, ranges.port);
    if (port !== undefined) draft.port = port;
  },
};

const others = [
  "connect_ip",
  "bindto",
  "bind_if",
  "bind_port",
  "fwmark",
  "log_all_failures",
  "inhibit_on_failure",
];

interface CheckRow {
  readonly type: HealthCheck["type"];
  readonly block: Block<CheckDraft>;
  /** keepalived's default. */
  readonly retries: number;
  /** Seconds; null: the interval. */
  readonly delayBeforeRetry: number | null;
}

function row(
  type: HealthCheck["type"],
  readers: Block<CheckDraft>["readers"] = {},
  more: readonly string[] = [],
  defaults: Partial<Pick<CheckRow, "retries" | "delayBeforeRetry">> = {},
): CheckRow {
  const block = { readers: { ...connected, ...readers }, others: [...others, ...more] };
  return { type, block, retries: 1, delayBeforeRetry: 1, ...defaults };
}

const rows: Readonly<Record<string, CheckRow>> = {
  HTTP_GET: row("http", page, ["http_protocol", "fast_recovery"], { delayBeforeRetry: 3 }),
  SSL_GET: row("https", page, ["http_protocol", "fast_recovery"], { delayBeforeRetry: 3 }),
  TCP_CHECK: row("tcp"),
  SMTP_CHECK: row("smtp", { helo_name: texts("helo", dnsName) }, ["host"]),
  DNS_CHECK: row(
    "dns",
    {
      name: texts("name", /^(\.|[A-Za-z0-9_][A-Za-z0-9_-]{0,62}(\.[A-Za-z0-9_][A-Za-z0-9_-]{0,62})*\.?)$/),
      type: texts("recordType", /^(A|AAAA|NS|CNAME|SOA|MX|TXT)$/),
    },
    [],
    { retries: 3, delayBeforeRetry: null },
  ),
  UDP_CHECK: row(
    "udp",
    {
      payload: (draft, { words, place }, notes) => {
        const payload = words
          .map(({ text }) => text)
          .join("")
          .toLowerCase();
        if (/^([0-9a-f]{2}){1,255}$/.test(payload)) draft.payload = payload;
        else
          notes.leftOut(place, "the payload is not pairs of hex digits", "write it as pairs of hex digits");
      },
    },
    ["require_reply", "min_reply_length", "max_reply_length"],
  ),
  PING_CHECK: row("ping"),
  MISC_CHECK: row(
    "script",
    {
      misc_path: (draft, statement, notes) => {
        Object.assign(draft, readProgram(statement, draft.server, notes));
      },
      misc_timeout: timed("timeout"),
    },
    ["misc_dynamic", "user"],
    { retries: 0 },
  ),
};

const withoutTopology = ["BFD_CHECK", "FILE_CHECK"];

export function isCheck(keyword: string): boolean {
  return Object.hasOwn(rows, keyword) || withoutTopology.includes(keyword);
}

/** keepalived's defaults (keepalived.conf(5)), which differ from the topology's. */
const keepalivedInterval = 60;
const keepalivedTimeout = 5;

/** The check of a block; null, with a note, if a topology has no such check. */
export function readCheck(
  statement: Statement,
  inherited: Timing,
  server: CheckedServer,
  notes: Notes,
): HealthCheck | null {
  const { keyword, place, block } = statement;
  const found = rows[keyword];
  if (found === undefined) {
    notes.leftOut(
      place,
      `a topology does not support ${keyword}`,
      "give the service a healthCheck of another type",
    );
    return null;
  }
  const draft: CheckDraft = { ...inherited, type: found.type, urls: 0, server };
  readBlock(draft, block ?? [], found.block, notes);
  const { urls, virtualHost, server: _server, ...rest } = draft;
  const isPage = found.type === "http" || found.type === "https";
  if (found.type === "script" && draft.command === undefined) return null;
  if (isPage && draft.status === undefined && draft.digest === undefined) {
    notes.changed(
      place,
      "the check accepts any status from 200 to 299; in a topology it accepts 200",
      'set status to the page\'s status, or to "200-299" with keepalived 2.0.17 or later',
    );
  }
  const interval = draft.interval ?? keepalivedInterval;
  return {
    timeout: found.type === "script" ? interval : keepalivedTimeout,
    retries: found.retries,
    delayBeforeRetry: found.delayBeforeRetry ?? interval,
    ...rest,
    interval,
    ...(isPage && virtualHost !== undefined ? { virtualHost } : {}),
  };
}
