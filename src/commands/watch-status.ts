/** `lvsgen status --watch`: the table again and again, until Ctrl-C. */

import { setTimeout as wait } from "node:timers/promises";
import { atEnd } from "../base/ending.ts";
import { inParallel } from "../base/in-parallel.ts";
import type { RemoteHost } from "../deploy/remote-host.ts";
import { readHost } from "../deploy/status.ts";
import { type ClusterReading, type WatchLine, watchLines } from "../deploy/watch-text.ts";
import { say } from "../languages/say.ts";
import type { Cluster } from "../topology/model.ts";
import { isColored, offerData, terminalColumns } from "./streams.ts";

export interface WatchSettings {
  readonly cluster: Cluster;
  /** Seconds between two readings. */
  readonly interval: number;
  readonly parallel: number;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}

/** Ends without an error at Ctrl-C, or when nobody reads any more. */
export async function watchStatus(remotes: readonly RemoteHost[], settings: WatchSettings): Promise<void> {
  const { cluster, interval, signal } = settings;
  const { hosts: directors, engine } = cluster.directors;
  const watched = { directors, moves: engine === "keepalived" || cluster.floating.length > 0 };
  const screen = terminalColumns() === null ? null : new Screen();
  try {
    let before: ClusterReading | null = null;
    while (!signal.aborted) {
      const reading = await read(remotes, settings);
      if (reading === null) break;
      const title = say`${cluster.name} at ${timeOf(reading.at)}, every ${interval} s; Ctrl-C ends`;
      const lines: WatchLine[] = [{ text: title, tone: "plain" }, ...watchLines(before, reading, watched)];
      if (!(screen === null ? offerData(plainText(lines)) : screen.show(lines))) break;
      before = reading;
      const rest = interval * 1000 - (Date.now() - reading.at);
      await wait(Math.max(0, rest), undefined, { signal }).catch(() => {});
    }
  } finally {
    screen?.close();
  }
}

/** Null after Ctrl-C: nothing is changed on the hosts, so that nobody has to wait for their answers. */
async function read(
  remotes: readonly RemoteHost[],
  { parallel, signal }: WatchSettings,
): Promise<ClusterReading | null> {
  const at = Date.now();
  const reading = inParallel(remotes, parallel, (remote) => readHost(remote, "watch"));
  const aborted = new Promise<null>((resolve) => {
    if (signal.aborted) resolve(null);
    signal.addEventListener("abort", () => resolve(null), { once: true });
  });
  const hosts = await Promise.race([reading, aborted]);
  return hosts === null ? null : { at, hosts: hosts.flatMap((host) => host ?? []) };
}

function timeOf(at: number): string {
  const date = new Date(at);
  return [date.getHours(), date.getMinutes(), date.getSeconds()]
    .map((part) => `${part}`.padStart(2, "0"))
    .join(":");
}

function plainText(lines: readonly WatchLine[]): string {
  return `${lines.map(({ text }) => text).join("\n")}\n\n`;
}

const HOME = "\u001B[H";
const CLEAR = "\u001B[2J";
const CLEAR_REST_OF_LINE = "\u001B[K";
const CLEAR_BELOW = "\u001B[J";
const HIDE_CURSOR = "\u001B[?25l";
const SHOW_CURSOR = "\u001B[?25h";
const RESET = "\u001B[0m";

const tones: Readonly<Record<WatchLine["tone"], string>> = {
  plain: "",
  head: "\u001B[1m",
  drained: "\u001B[33m",
  bad: "\u001B[31m",
};

/** A terminal whose lines are written over: nothing flickers, as nothing is cleared before it is written. */
class Screen {
  readonly #isColored = isColored("stdout");
  readonly #onResize = (): void => {
    offerData(CLEAR);
    this.show(this.#lines);
  };
  readonly #showCursor: () => void;
  #lines: readonly WatchLine[] = [];

  constructor() {
    offerData(HIDE_CURSOR + CLEAR);
    // A second Ctrl-C ends the program at once.
    this.#showCursor = atEnd(() => offerData(SHOW_CURSOR));
    process.stdout.on("resize", this.#onResize);
  }

  /** @returns false when nobody sees it any more */
  show(lines: readonly WatchLine[]): boolean {
    this.#lines = lines;
    const height = process.stdout.rows || 24;
    // The last row stays free: a newline there would scroll.
    const most = Math.max(1, height - 1);
    const shown = lines.length <= most ? lines : lines.slice(0, most - 1);
    const cut = lines.length - shown.length;
    const more: WatchLine[] =
      cut === 0 ? [] : [{ text: say`and ${cut} more lines: a higher window shows them`, tone: "plain" }];
    const text = [...shown, ...more].map((line) => `${this.#painted(line)}${CLEAR_REST_OF_LINE}\n`).join("");
    return offerData(`${HOME}${text}${CLEAR_BELOW}`);
  }

  close(): void {
    process.stdout.off("resize", this.#onResize);
    this.#showCursor();
    offerData(SHOW_CURSOR);
  }

  #painted({ text, tone }: WatchLine): string {
    const line = text.slice(0, terminalColumns() ?? 80);
    const paint = this.#isColored ? tones[tone] : "";
    return paint === "" ? line : `${paint}${line}${RESET}`;
  }
}
