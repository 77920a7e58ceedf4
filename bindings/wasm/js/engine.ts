import type { ArrayEngine, Engine, Job, Observer } from "../../ts/src/engine.js";
import type { Compiled } from "./compiled.js";
import type { Reply, Request } from "./messages.js";

/** The time that an idle worker is kept for the next run, in milliseconds. */
const PATIENCE = 5_000;

/** The engine of a page: short calls on its thread, long ones in a worker started by `spawn`. */
export function browserEngine(compiled: Compiled, spawn: () => Worker): Engine {
  const workers = new Workers(spawn);
  return {
    arrays: hasArrays(compiled) ? compiled : undefined,
    call: compiled.call,
    start: (operation, input, observer) => start(workers, operation, input, observer),
  };
}

function hasArrays(compiled: Compiled): compiled is Compiled & ArrayEngine {
  return "arrayNumbers" in compiled;
}

/**
 * The workers of a page. An idle one is kept for a while, so that the next run, as with a slider, need not wait for a
 * new one; then it is terminated, because the memory of a WebAssembly instance never shrinks.
 */
class Workers {
  #idle: Worker | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #spawn: () => Worker;

  constructor(spawn: () => Worker) {
    this.#spawn = spawn;
  }

  /** A worker, and whether it is known to be ready. */
  take(): [worker: Worker, ready: boolean] {
    const worker = this.#idle;
    this.#idle = undefined;
    clearTimeout(this.#timer);
    return worker === undefined ? [this.#spawn(), false] : [worker, true];
  }

  /** Takes back a worker after its run. */
  keep(worker: Worker): void {
    this.#idle?.terminate();
    clearTimeout(this.#timer);
    this.#idle = worker;
    this.#timer = setTimeout(() => {
      this.#idle = undefined;
      worker.terminate();
    }, PATIENCE);
  }
}

/** One run in a worker. A busy worker receives no messages, so it is stopped by terminating it. */
function start(workers: Workers, operation: string, input: string, observer: Observer | undefined): Job {
  const [worker, ready] = workers.take();
  const send = () => worker.postMessage({ operation, input, observed: observer !== undefined } satisfies Request);
  let done = false;
  let cancel = () => {};
  const output = new Promise<string>((resolve, reject) => {
    const fail = (message: string) => {
      // The worker may already be busy with another run.
      if (done) return;
      worker.terminate();
      reject(new Error(message));
    };
    cancel = () => fail(JSON.stringify({ code: "operation.cancelled", message: "the run was cancelled", path: "" }));
    worker.onerror = (event) => fail(event.message || "cannot start the worker of wherewithal");
    worker.onmessage = ({ data: reply }: MessageEvent<Reply>) => {
      switch (reply.kind) {
        case "ready":
          send();
          break;
        case "progress":
          observer?.(reply.done, reply.total);
          break;
        case "output":
          done = true;
          workers.keep(worker);
          resolve(reply.output);
          break;
        case "error":
          fail(reply.message);
      }
    };
    if (ready) send();
  });
  return { output, cancel };
}
