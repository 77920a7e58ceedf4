import { Family } from "./family.js";
import { familyNames } from "./generated/familyNames.js";
import type { OperationName, Operations } from "./generated/operations.js";
import type { RunOptions } from "./run.js";

// A program that calls operations by name can use every family.
const everything = /* @__PURE__ */ new Family(...familyNames);

/**
 * Runs an operation on the calling thread.
 *
 * Every operation also has a typed function (`debt.amortize` for `"debt.amortize"`) with documentation.
 *
 * @throws {@link WherewithalError}
 */
export function call<Name extends OperationName>(
  operation: Name,
  input: Operations[Name]["input"],
): Operations[Name]["output"] {
  return everything.call(operation, input);
}

/**
 * Runs an operation in the background: on a thread pool in Node, in a Web Worker in the browser.
 *
 * @throws {@link WherewithalError}, as a rejection.
 */
export function callAsync<Name extends OperationName>(
  operation: Name,
  input: Operations[Name]["input"],
  options?: RunOptions,
): Promise<Operations[Name]["output"]> {
  return everything.callAsync(operation, input, options);
}

/**
 * Runs an operation on the calling thread: JSON in, JSON out. The output is the same text, to the byte, as in every
 * other language.
 *
 * @throws {@link WherewithalError}
 */
export function callJson(operation: string, input: string): string {
  return everything.callJson(operation, input);
}

/**
 * Runs an operation in the background: JSON in, JSON out.
 *
 * @throws {@link WherewithalError}, as a rejection.
 */
export function callJsonAsync(operation: string, input: string, options?: RunOptions): Promise<string> {
  return everything.callJsonAsync(operation, input, options);
}
