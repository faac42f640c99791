/**
 * Notices a worker that is silent: calls wait, and it sends nothing, not even answers to pings. It counts its own
 * beats, not the time: a machine that slept, or a tab in the background, makes no worker silent.
 */

/** Milliseconds from ping to ping. */
const beat = 5_000;
const mostBeats = 12;

/** Seconds without any message after which a worker counts as silent. */
export const patience = (beat * mostBeats) / 1000;

interface Options {
  /** Whether calls wait for an answer. */
  readonly isAsked: () => boolean;
  /** Has the worker answer with any message. */
  readonly ping: () => void;
  /** When it becomes silent, and when it speaks again. */
  readonly tell: (isSilent: boolean) => void;
}

export class Silence {
  readonly #options: Options;
  #timer: ReturnType<typeof setInterval> | undefined;
  #beats = 0;
  #isSilent = false;

  constructor(options: Options) {
    this.#options = options;
  }

  /** At each call. */
  begin(): void {
    this.#timer ??= setInterval(() => this.#onBeat(), beat);
  }

  /** At each message of the worker. */
  end(): void {
    this.#beats = 0;
    if (!this.#options.isAsked()) this.stop();
    this.#set(false);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #onBeat(): void {
    this.#beats++;
    if (this.#beats > mostBeats) this.#set(true);
    // One is enough: what waits in a silent worker's queue is answered at once when it goes on.
    else if (this.#beats === 1) this.#options.ping();
  }

  #set(isSilent: boolean): void {
    if (this.#isSilent === isSilent) return;
    this.#isSilent = isSilent;
    this.#options.tell(isSilent);
  }
}
