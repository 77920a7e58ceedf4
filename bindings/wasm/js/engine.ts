import type { Engine, Job, Observer } from "../../ts/src/engine.js";
import type { Compiled } from "./compiled.js";
import type { Reply, Request } from "./messages.js";

/** The engine of a page: short calls here, long ones in a worker that `spawn` starts. */
export function browserEngine(compiled: Compiled, spawn: () => Worker): Engine {
  return {
    arrays: compiled,
    call: compiled.call,
    start: (operation, input, observer) => start(spawn(), operation, input, observer),
  };
}

/**
 * One run in a worker of its own.
 *
 * A worker that computes hears nothing, so it is stopped by ending it; and because the memory of a WebAssembly
 * instance only grows, one that is done is ended as well.
 */
function start(worker: Worker, operation: string, input: string, observer: Observer | undefined): Job {
  let cancel = () => {};
  const output = new Promise<string>((resolve, reject) => {
    const fail = (message: string) => reject(new Error(message));
    cancel = () => fail(JSON.stringify({ code: "operation.cancelled", message: "the run was cancelled", path: "" }));
    worker.onerror = (event) => fail(event.message || "the worker of wherewithal does not start");
    worker.onmessage = ({ data: reply }: MessageEvent<Reply>) => {
      switch (reply.kind) {
        case "ready":
          worker.postMessage({ operation, input, observed: observer !== undefined } satisfies Request);
          break;
        case "progress":
          observer?.(reply.done, reply.total);
          break;
        case "output":
          resolve(reply.output);
          break;
        case "error":
          fail(reply.message);
      }
    };
  });
  return { output: output.finally(() => worker.terminate()), cancel };
}
