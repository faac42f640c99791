/** Health checks in keepalived's words: one row per type, with its settings besides the common ones. */

import { isOlder } from "../base/versions.ts";
import { checkCommand } from "../plan/check-command.ts";
import type { Destination } from "../plan/resources.ts";
import type { CheckType, HealthCheck } from "../topology/model.ts";

export interface Setting {
  readonly name: string;
  readonly value: string | number | null;
}

interface CheckRow {
  readonly block: string;
  readonly settings: (check: HealthCheck, version: string) => Setting[];
  /** Asks for a page. */
  readonly page: boolean;
}

const rows: Readonly<Record<CheckType, CheckRow>> = {
  http: { block: "HTTP_GET", settings: page, page: true },
  https: { block: "SSL_GET", settings: page, page: true },
  tcp: { block: "TCP_CHECK", settings: connection, page: false },
  dns: {
    block: "DNS_CHECK",
    settings: (check) => [
      ...connection(check),
      { name: "type", value: check.recordType },
      { name: "name", value: check.name },
    ],
    page: false,
  },
  smtp: {
    block: "SMTP_CHECK",
    settings: (check) => [...connection(check), { name: "helo_name", value: check.helo }],
    page: false,
  },
  udp: {
    block: "UDP_CHECK",
    settings: (check) => [...connection(check), { name: "payload", value: check.payload }],
    page: false,
  },
  ping: { block: "PING_CHECK", settings: (check) => timing(check, "retry"), page: false },
  script: {
    block: "MISC_CHECK",
    settings: (check) => [
      // In whole seconds.
      { name: "misc_timeout", value: Math.ceil(check.timeout) },
      noWarmup,
      { name: "retry", value: check.retries },
      { name: "delay_before_retry", value: check.delayBeforeRetry },
    ],
    page: false,
  },
};

/** The block of one real server. */
export function checkView(check: HealthCheck, to: Destination, version: string) {
  const { block, settings, page: hasPage } = rows[check.type];
  const { path, status, digest, type, virtualHost } = check;
  return {
    block,
    command: type === "script" ? checkCommand(check, to) : null,
    page: hasPage ? { path, statuses: typeof status === "number" ? [status] : status, digest } : null,
    sni: type === "https" && virtualHost !== null,
    settings: settings(check, version).filter(({ value }) => value !== null),
  };
}

/** Older versions know only the first name; from this one on keepalived warns about it (ChangeLog of 2019-04-04). */
const retryRenamedIn = "2.0.15";

function page(check: HealthCheck, version: string): Setting[] {
  const retry = isOlder(version, retryRenamedIn) ? "nb_get_retry" : "retry";
  return [{ name: "connect_port", value: check.port }, ...timing(check, retry)];
}

function connection(check: HealthCheck): Setting[] {
  return [{ name: "connect_port", value: check.port }, ...timing(check, "retry")];
}

/**
 * The first check is made at once, not after a random part of the interval: by then the VIP could be there without any
 * server behind it.
 */
const noWarmup: Setting = { name: "warmup", value: 0 };

function timing({ timeout, retries, delayBeforeRetry }: HealthCheck, retry: string): Setting[] {
  return [
    noWarmup,
    { name: "connect_timeout", value: timeout },
    { name: retry, value: retries },
    { name: "delay_before_retry", value: delayBeforeRetry },
  ];
}
