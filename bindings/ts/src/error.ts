import { errorKinds, type ErrorCode, type ErrorKind } from "./generated/errors.js";

/** The form of an error on the wire, the same in every language. */
export interface WireError {
  /** The stable code, such as `"term.out_of_range"`. */
  code: ErrorCode;
  /** What went wrong, for people. It may be reworded in any release. */
  message: string;
  /** The field that is wrong, such as `"lots[3].quantity"`; empty where the input as a whole is. */
  path: string;
}

/**
 * What every function of this package throws (or rejects with) when an input breaks a rule or a question has no
 * answer.
 *
 * The `name` is `"WherewithalError"`, or `"AbortError"` where the caller cancelled the run, so that code which
 * looks for aborted requests recognises it; its `cause` is then the reason of the signal.
 *
 * @example
 * ```ts
 * try {
 *   timeValue.effect({ nominalRate: Number.NaN, periodsPerYear: 12 });
 * } catch (error) {
 *   if (error instanceof WherewithalError) console.log(error.code, error.path); // number.not_finite nominalRate
 * }
 * ```
 */
export class WherewithalError extends Error {
  /** The stable code, such as `"term.out_of_range"`. */
  readonly code: ErrorCode;
  /** The field that is wrong, such as `"lots[3].quantity"`; empty where the input as a whole is. */
  readonly path: string;
  /** What a caller can do about it. */
  readonly kind: ErrorKind;

  constructor(wire: WireError, options?: { cause?: unknown }) {
    super(wire.message, options);
    this.code = wire.code;
    this.path = wire.path;
    this.kind = errorKinds[wire.code];
    Object.defineProperty(this, "name", {
      value: this.kind === "cancelled" ? "AbortError" : "WherewithalError",
      configurable: true,
      writable: true,
    });
  }

  /** The error in its wire form. */
  toJSON(): WireError {
    return { code: this.code, message: this.message, path: this.path };
  }
}

/** The error behind one that the compiled half threw: its message is the wire form, or it is a defect and stays. */
export function translated(thrown: unknown, cause?: unknown): unknown {
  const wire = thrown instanceof Error ? parsed(thrown.message) : undefined;
  if (wire === undefined) return thrown;
  return new WherewithalError(wire, cause === undefined ? undefined : { cause });
}

function parsed(message: string): WireError | undefined {
  try {
    const wire = JSON.parse(message) as Partial<WireError> | null;
    return wire?.code !== undefined && wire.code in errorKinds ? (wire as WireError) : undefined;
  } catch {
    return undefined;
  }
}
