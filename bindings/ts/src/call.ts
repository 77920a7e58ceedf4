import { engine, type Job, type Observer } from "./engine.js";
import { WherewithalError, translated } from "./error.js";
import type { OperationName, Operations } from "./generated/operations.js";
import { encode } from "./input.js";

/** How far a run has come. */
export interface Progress {
  /** Units of work done so far, at most `total`. */
  done: number;
  /** Units of work in all. */
  total: number;
}

/** How to follow and to stop a run. */
export interface RunOptions {
  /**
   * Is called as the work advances, at most once for each whole per cent and never after the promise is settled.
   * What it throws stops the run, and the promise rejects with it.
   */
  onProgress?: ((progress: Progress) => void) | undefined;
  /**
   * Stops the run. The promise then rejects with a {@link WherewithalError} whose code is `operation.cancelled`,
   * whose name is `AbortError` and whose cause is the reason of the signal.
   */
  signal?: AbortSignal | undefined;
}

/**
 * Runs an operation on the calling thread.
 *
 * Every operation also has a function of its own (`debt.amortize` for `"debt.amortize"`), which says the same with
 * documentation.
 *
 * @throws {@link WherewithalError}
 */
export function call<Name extends OperationName>(
  operation: Name,
  input: Operations[Name]["input"],
): Operations[Name]["output"] {
  return JSON.parse(callJson(operation, encode(input))) as Operations[Name]["output"];
}

/**
 * Runs an operation away from the calling thread: on a thread pool in Node, in a Web Worker in the browser.
 *
 * @throws {@link WherewithalError}, as a rejection.
 */
export async function callAsync<Name extends OperationName>(
  operation: Name,
  input: Operations[Name]["input"],
  options?: RunOptions,
): Promise<Operations[Name]["output"]> {
  return JSON.parse(await callJsonAsync(operation, encode(input), options)) as Operations[Name]["output"];
}

/**
 * Runs an operation on the calling thread: JSON in, JSON out. The output is the same text, to the byte, as in every
 * other language.
 *
 * @throws {@link WherewithalError}
 */
export function callJson(operation: string, input: string): string {
  try {
    return engine().call(operation, input);
  } catch (thrown) {
    throw translated(thrown);
  }
}

/**
 * Runs an operation away from the calling thread: JSON in, JSON out.
 *
 * @throws {@link WherewithalError}, as a rejection.
 */
export async function callJsonAsync(operation: string, input: string, options: RunOptions = {}): Promise<string> {
  const { onProgress, signal } = options;
  if (signal?.aborted) throw cancelled(signal);

  let job: Job | undefined;
  let failure: { thrown: unknown } | undefined;
  const observe =
    onProgress &&
    atEachPercent((done, total) => {
      if (failure || signal?.aborted) return;
      try {
        onProgress({ done, total });
      } catch (thrown) {
        failure = { thrown };
        job?.cancel();
      }
    });
  job = engine().start(operation, input, observe);
  const abort = () => job.cancel();
  signal?.addEventListener("abort", abort, { once: true });
  try {
    const output = await job.output;
    if (failure) throw failure.thrown;
    if (signal?.aborted) throw cancelled(signal);
    return output;
  } catch (thrown) {
    if (failure) throw failure.thrown;
    throw signal?.aborted ? cancelled(signal) : translated(thrown);
  } finally {
    signal?.removeEventListener("abort", abort);
  }
}

/** An observer that passes on the first report of each whole per cent, and the last one. */
function atEachPercent(observer: Observer): Observer {
  let last = -1;
  return (done, total) => {
    const percent = total > 0 ? Math.floor((done / total) * 100) : 0;
    if (percent <= last) return;
    last = percent;
    observer(done, total);
  };
}

function cancelled(signal: AbortSignal): WherewithalError {
  const wire = { code: "operation.cancelled", message: "the run was cancelled", path: "" } as const;
  return new WherewithalError(wire, { cause: signal.reason });
}
