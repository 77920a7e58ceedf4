import { install } from "../../ts/src/engine.js";
import * as compiled from "../pkg/wherewithal.js";
import { browserEngine } from "./engine.js";

export * from "../../ts/src/index.js";

/** Where the compiled half comes from: an address, a response, its bytes, or the compiled module. */
export type InitSource = string | URL | Request | Response | BufferSource | WebAssembly.Module;

let initialised: Promise<void> | undefined;

/**
 * Loads the compiled half, which every function of this package needs. Later calls return the first one's promise.
 *
 * @param source - Where it comes from; without it, the file that is part of this package.
 */
export default function init(source?: InitSource): Promise<void> {
  initialised ??= load(source).catch((thrown: unknown) => {
    initialised = undefined;
    throw thrown;
  });
  return initialised;
}

async function load(source?: InitSource): Promise<void> {
  const module = await compile(source ?? new URL("../pkg/wherewithal_bg.wasm", import.meta.url));
  compiled.initSync({ module });
  install(
    browserEngine(compiled, () => {
      const worker = new Worker(new URL("./web-worker.js", import.meta.url), { type: "module" });
      // The worker has the module of this page, so that it is neither fetched nor compiled again.
      worker.postMessage(module);
      return worker;
    }),
  );
}

async function compile(source: InitSource): Promise<WebAssembly.Module> {
  if (source instanceof WebAssembly.Module) return source;
  if (typeof source === "string" || source instanceof URL || source instanceof Request) {
    return compile(await fetch(source));
  }
  if (!(source instanceof Response)) return WebAssembly.compile(source);
  if (!source.ok) throw new Error(`wherewithal cannot be loaded: ${source.url} answers ${source.status}`);
  // Streaming is faster, and refused by browsers when the server does not name the type.
  const streaming = source.headers.get("content-type") === "application/wasm";
  return streaming ? WebAssembly.compileStreaming(source) : WebAssembly.compile(await source.arrayBuffer());
}
