/** How long a director that returns waits before it takes over again. */

interface Checked {
  /** Seconds between checks. */
  readonly interval: number;
  /** Seconds until one counts as failed. */
  readonly timeout: number;
}

/** The maximum of keepalived (keepalived.conf(5), preempt_delay). */
const LONGEST = 1000;

/**
 * Time for every server to be asked once: a director that took over before knows of no server, and refuses clients.
 *
 * @returns whole seconds; null where servers are not checked, so that all of them are there at once
 */
export function preemptDelay(checks: readonly Checked[]): number | null {
  if (checks.length === 0) return null;
  return Math.min(LONGEST, Math.ceil(Math.max(...checks.map(({ interval, timeout }) => interval + timeout))));
}
