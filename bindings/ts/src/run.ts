import { engineOf, type Job, type Observer } from "./engine.js";
import { WherewithalError, translated } from "./error.js";

/** The progress of a run. */
export interface Progress {
  /** Units of work done so far, at most `total`. */
  done: number;
  /** Total units of work. */
  total: number;
}

/** Options for observing and cancelling a run. */
export interface RunOptions {
  /**
   * Called as the work advances, at most once for each whole percent and never after the promise is settled. An
   * exception stops the run, and the promise rejects with it.
   */
  onProgress?: ((progress: Progress) => void) | undefined;
  /**
   * Cancels the run. The promise then rejects with a {@link WherewithalError} whose code is `operation.cancelled`,
   * whose name is `AbortError` and whose cause is the reason of the signal.
   */
  signal?: AbortSignal | undefined;
}

/**
 * Runs an operation on the calling thread: JSON in, JSON out. The output is the same text, to the byte, as in every
 * other language.
 *
 * @throws {@link WherewithalError}
 */
export function callJson(operation: string, input: string): string {
  try {
    return engineOf(operation).call(operation, input);
  } catch (thrown) {
    throw translated(thrown);
  }
}

/**
 * Runs an operation in the background: JSON in, JSON out.
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
  job = engineOf(operation).start(operation, input, observe);
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

/** An observer that forwards the first report of each whole percent, and the last one. */
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
