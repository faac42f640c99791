/** Health checks of keepalived.conf: one row a block. */

import { phrase, say } from "../../languages/say.ts";
import { canonicalIp } from "../../topology/addresses.ts";
import type { HealthCheck } from "../../topology/input.generated.ts";
import type { Notes } from "../notes.ts";
import { type CheckedServer, readProgram } from "./check-program.ts";
import {
  type Block,
  defineBlock,
  firstWord,
  numberOf,
  on,
  ownWay,
  type Reader,
  readBlock,
  shown,
} from "./keywords.ts";
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
  /** Whether it asks what a topology's check cannot ask for: another question would have other answers. */
  unlike: boolean;
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
    warmup: ownWay(["0"], phrase`lvsgen's checks begin at once`),
    alpha: ownWay(on, phrase`lvsgen has a server get connections after its first check only`),
  };
}

export function isTiming(keyword: string): boolean {
  return /^(delay_loop|connect_timeout|retry|nb_(get|sock)_retry|delay_before_retry)$/.test(keyword);
}

/** Of services, servers and checks of pages. */
export function virtualHostReader<D extends Timing>(): Reader<D> {
  return texts<D>("virtualHost", dnsName);
}

/** Takes a valid word, and notes an invalid one. */
function texts<D>(key: string, form: RegExp): Reader<D> {
  return (draft, statement, notes) => {
    const text = firstWord(statement, notes);
    if (form.test(text)) (draft as Record<string, unknown>)[key] = text;
    else if (text !== "")
      notes.leftOut(
        statement.place,
        say`${JSON.stringify(text.slice(0, 60))} is not a valid ${key} in a topology`,
        say`choose a value that the schema allows`,
      );
  };
}

/** Hosts of a check of mail servers, whose connections all have to be accepted. */
function readHost(draft: CheckDraft, statement: Statement, notes: Notes): void {
  const inside = statement.block ?? [];
  const elsewhere = inside.find(
    ({ keyword, words }) =>
      keyword === "connect_ip" && canonicalIp(words[0]?.text ?? "") !== draft.server.address,
  );
  if (elsewhere !== undefined) askedElsewhere(draft, elsewhere, notes);
  else readBlock(draft, inside, hostBlock, notes);
}

const portless: Reader<CheckDraft> = (_draft, statement, notes) =>
  notes.leftOut(
    statement.place,
    say`${shown(statement)} has no effect: the check connects to nothing`,
    say`remove it`,
  );

/** A code, or a range of them; null for anything else. */
function statusOf(text: string): number | string | null {
  if (!/^[1-5][0-9]{2}(-[1-5][0-9]{2})?$/.test(text)) return null;
  const [first = "", last = first] = text.split("-");
  return first > last ? null : first === last ? Number(first) : text;
}

const url = defineBlock<CheckDraft>({
  name: "url",
  readers: {
    path: (draft, statement, notes) => {
      texts<CheckDraft>("path", /^\/[A-Za-z0-9._~/%&=+,:@?-]{0,1000}$/)(draft, statement, notes);
      draft.unlike ||= draft.path === undefined;
    },
    digest: texts("digest", /^[0-9a-f]{32}$/),
    virtualhost: virtualHostReader(),
    status_code: (draft, statement, notes) => {
      const statuses = statement.words.flatMap(({ text }) => statusOf(text) ?? []);
      if (statuses.length < statement.words.length || statuses.length === 0)
        notes.notUnderstood(
          statement.place,
          say`${shown(statement)}: not an HTTP status`,
          say`use those from 100 to 599`,
        );
      const [first, ...more] = statuses;
      if (first !== undefined) draft.status = more.length === 0 ? first : statuses;
    },
  },
  weighty: [
    ...["regex", "regex_no_match", "regex_options", "regex_stack", "regex_min_offset", "regex_max_offset"],
    ...["username", "password", "tls_compliant"],
  ],
});

const page: Readonly<Record<string, Reader<CheckDraft>>> = {
  virtualhost: virtualHostReader(),
  fast_recovery: ownWay([], phrase`a topology's check has one page, and so no delay between pages`),
  url: (draft, statement, notes) => {
    draft.urls++;
    if (draft.urls === 1) readBlock(draft, statement.block ?? [], url, notes);
    else
      notes.leftOut(
        statement.place,
        say`a check in a topology has one page: this one is ignored`,
        say`choose one page that shows whether everything works`,
        { effect: "traffic" },
      );
  },
};

/** lvsgen sends the name where there is one to send. */
const sni: Readonly<Record<string, Reader<CheckDraft>>> = {
  enable_sni: ownWay(on, phrase`lvsgen's checks send the name of virtualHost`),
};

const connected: Readonly<Record<string, Reader<CheckDraft>>> = {
  ...timingReaders<CheckDraft>(),
  connect_ip: (draft, statement, notes) => {
    const text = firstWord(statement, notes);
    if (text !== "" && canonicalIp(text) !== draft.server.address) askedElsewhere(draft, statement, notes);
  },
  connect_port: (draft, statement, notes) => {
    const port = numberOf(statement, notes, ranges.port);
    if (port !== undefined) draft.port = port;
  },
};

function askedElsewhere({ server }: CheckDraft, statement: Statement, notes: Notes): void {
  notes.leftOut(
    statement.place,
    say`${shown(statement)}: a check in a topology asks the server itself, ${server.address}`,
    say`make sure that its answer says as much`,
    { effect: "traffic" },
  );
}

const others = ["bind_port", "log_all_failures"];
const weighty = ["bindto", "bind_if", "fwmark", "inhibit_on_failure"];

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
  const block = defineBlock<CheckDraft>({
    name: phrase`a check`,
    readers: { ...connected, ...readers },
    others,
    weighty: [...weighty, ...more],
    repeated: ["url", "host"],
  });
  return { type, block, retries: 1, delayBeforeRetry: 1, ...defaults };
}

const rows: Readonly<Record<string, CheckRow>> = {
  HTTP_GET: row("http", page, ["http_protocol"], { delayBeforeRetry: 3 }),
  SSL_GET: row("https", { ...page, ...sni }, ["http_protocol"], { delayBeforeRetry: 3 }),
  TCP_CHECK: row("tcp"),
  SMTP_CHECK: row("smtp", { helo_name: texts("helo", dnsName), host: readHost }),
  DNS_CHECK: row(
    "dns",
    {
      name: texts("name", /^(\.|[A-Za-z0-9_][A-Za-z0-9_-]{0,62}(\.[A-Za-z0-9_][A-Za-z0-9_-]{0,62})*\.?)$/),
      // keepalived compares without case (check_dns.c).
      type: (draft, statement, notes) =>
        texts<CheckDraft>("recordType", /^(A|AAAA|NS|CNAME|SOA|MX|TXT)$/)(
          draft,
          {
            ...statement,
            words: statement.words.map((word) => ({ ...word, text: word.text.toUpperCase() })),
          },
          notes,
        ),
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
          notes.leftOut(
            place,
            say`the payload is not pairs of hex digits`,
            say`write it as pairs of hex digits`,
          );
      },
    },
    ["require_reply", "min_reply_length", "max_reply_length"],
  ),
  PING_CHECK: row("ping", { connect_port: portless }),
  MISC_CHECK: row(
    "script",
    {
      connect_port: portless,
      connect_ip: portless,
      misc_path: (draft, statement, notes) => {
        Object.assign(draft, readProgram(statement, draft.server, notes));
      },
      misc_timeout: timed("timeout"),
    },
    ["misc_dynamic", "user"],
    { retries: 0 },
  ),
};

const hostBlock = defineBlock<CheckDraft>({
  name: "host",
  readers: {
    connect_ip: () => {},
    connect_port: connected.connect_port as Reader<CheckDraft>,
  },
  weighty: ["bindto", "bind_if", "bind_port"],
});

const withoutTopology = ["BFD_CHECK", "FILE_CHECK", "CI-LINUX"];

export const checkKeywords: readonly string[] = [...Object.keys(rows), ...withoutTopology];

export function isCheck(keyword: string): boolean {
  return checkKeywords.includes(keyword);
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
      say`a topology does not support ${keyword}`,
      say`give the service a healthCheck of another type`,
      { effect: "traffic" },
    );
    return null;
  }
  const draft: CheckDraft = { ...inherited, type: found.type, urls: 0, server, unlike: false };
  readBlock(draft, block ?? [], found.block, notes);
  const { urls, virtualHost, server: _, unlike, ...rest } = draft;
  const isPage = found.type === "http" || found.type === "https";
  if (found.type === "script" && draft.command === undefined) return null;
  if (isPage && draft.path === undefined) {
    notes.leftOut(
      place,
      unlike
        ? say`${keyword} of ${server.address} is left out: a check for another page would say something else`
        : say`${keyword} of ${server.address} is left out: it names no page, and keepalived ignores it`,
      say`give the service a healthCheck with a path that a topology allows`,
      { effect: "traffic" },
    );
    return null;
  }
  if (isPage && draft.status === undefined && draft.digest === undefined) {
    notes.changed(
      place,
      say`the check accepts any status from 200 to 299; in a topology it accepts 200`,
      say`set status to the page's status, or to "200-299" with keepalived 2.0.17 or later`,
      { effect: "traffic" },
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
