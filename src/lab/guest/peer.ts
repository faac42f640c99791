/** Whom clients talk to. */

/** Whom a request goes to, and how. */
export interface Peer {
  readonly address: string;
  readonly port: number;
  readonly protocol: string;
  /** Own address to send from. */
  readonly from?: string;
  /** Milliseconds after which silence counts as an error. */
  readonly patienceMs?: number;
  /** Stands with its errors. */
  readonly label?: string;
  /** Sends a SIP message of this call. */
  readonly callId?: string;
}

/** Of a peer that says nothing else. */
export const PATIENCE_MS = 5000;
