/** What reading a text gives, whatever its language. */

import { say } from "../languages/say.ts";
import type { FaultCode } from "./explain/fault-codes.ts";
import type { Places, Span } from "./positions.ts";

/** Something wrong with the text itself. */
export interface TextFault {
  readonly code: FaultCode;
  readonly message: string;
  readonly hint: string;
  readonly pointer: string;
  readonly span: Span;
}

/** What a text holds. */
export interface Content {
  /** undefined where the text cannot be read at all. */
  readonly value: unknown;
  readonly faults: readonly TextFault[];
  /** Computed when first asked for: it costs more than reading the value. */
  readonly places: () => Places;
}

/** A text that cannot be read at all. */
export function unreadable(message: string, hint: string, span: Span): Content {
  return {
    value: undefined,
    faults: [{ code: "LVS001", message, hint, pointer: "", span }],
    places: () => new Map(),
  };
}

/** Two values of one key: the second is used, as JSON.parse does, and the duplicate reported. */
export function duplicateKey(key: string, pointer: string, span: Span): TextFault {
  return {
    code: "LVS002",
    message: say`duplicate key ${JSON.stringify(key)}`,
    hint: say`keep one of the two`,
    pointer,
    span,
  };
}

/** Nesting that no topology has. */
export const maximumDepth = 64;
