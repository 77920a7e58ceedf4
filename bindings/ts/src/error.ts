import { errorKinds, type ErrorCode, type ErrorKind } from "./generated/errors.js";

/** The JSON form of an error, the same in every language. */
export interface WireError {
  /** The stable code, such as `"term.out_of_range"`. */
  code: ErrorCode;
  /** A readable message. Its wording may change in any release. */
  message: string;
  /** The path of the offending field, such as `"lots[3].quantity"`; empty for the input as a whole. */
  path: string;
}

/**
 * The error of every function of this package (thrown or as a rejection) for an invalid input or one without a
 * solution.
 *
 * The `name` is `"WherewithalError"`, or `"AbortError"` if the caller cancelled the run, so that code for aborted
 * requests recognises it; its `cause` is then the reason of the signal. The `message` begins with the path, if there is
 * one, so that a log says where the fault is.
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
  /** The path of the offending field, such as `"lots[3].quantity"`; empty for the input as a whole. */
  readonly path: string;
  /** The kind of the error, by how a caller can react. */
  readonly kind: ErrorKind;
  /** The message without the path. */
  readonly reason: string;

  constructor(wire: WireError, options?: { cause?: unknown }) {
    super(wire.path === "" ? wire.message : `${wire.path}: ${wire.message}`, options);
    this.reason = wire.message;
    this.code = wire.code;
    this.path = wire.path;
    this.kind = errorKinds[wire.code];
    Object.defineProperty(this, "name", {
      value: this.kind === "cancelled" ? "AbortError" : "WherewithalError",
      configurable: true,
      writable: true,
    });
  }

  /** The JSON form of the error. */
  toJSON(): WireError {
    return { code: this.code, message: this.reason, path: this.path };
  }
}

/** Converts an error of the compiled part: its message is the JSON form, or it is a defect and returned unchanged. */
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
