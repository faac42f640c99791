/** What was waited for did not come: says something of the cluster, not of the lab. */
export class TimedOut extends Error {
  override readonly name = "TimedOut";
  readonly seconds: number;
  /** What is there instead, for the reader of a report. */
  readonly detail: string;

  constructor(what: string, seconds: number, detail: string) {
    super(`waited ${seconds} s for ${what}, without success`);
    this.seconds = seconds;
    this.detail = detail;
  }
}

/**
 * Polls until something is so.
 *
 * @param look says what is there instead, where it never is
 * @throws TimedOut naming what was waited for
 */
export async function waitFor(
  condition: () => boolean | Promise<boolean>,
  what: string,
  timeoutMs = 20_000,
  look: () => Promise<string> = async () => "",
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new TimedOut(what, timeoutMs / 1000, await look());
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
