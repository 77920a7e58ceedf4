import type { Compiled, Loadable } from "./compiled.js";
import type { Reply, Request } from "./messages.js";

/** Serves the page from within a worker. */
export function serve(compiled: Compiled): void {
  onmessage = ({ data: { operation, input, observed } }: MessageEvent<Request>) => {
    try {
      const output = observed
        ? compiled.callObserved(operation, input, (done, total) => reply({ kind: "progress", done, total }))
        : compiled.call(operation, input);
      reply({ kind: "output", output });
    } catch (thrown) {
      reply({ kind: "error", message: thrown instanceof Error ? thrown.message : String(thrown) });
    }
  };
  reply({ kind: "ready" });
}

/** Serves the page from within a worker, once the page has sent its compiled module. */
export function serveWhenLoaded(compiled: Loadable): void {
  onmessage = ({ data: module }: MessageEvent<WebAssembly.Module>) => {
    compiled.initSync({ module });
    serve(compiled);
  };
}

function reply(message: Reply): void {
  postMessage(message);
}
