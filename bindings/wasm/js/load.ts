import { install } from "../../ts/src/engine.js";
import type { Loadable } from "./compiled.js";
import { browserEngine } from "./engine.js";

/** The source of a module: an address, a response, its bytes, or the compiled module. */
export type InitSource = string | URL | Request | Response | BufferSource | WebAssembly.Module;

/** A module of the package: some families of operations, compiled. */
export interface Module {
  /** The families in it, and single operations of others. */
  names: readonly string[];
  /** Its JavaScript. */
  compiled: Loadable;
  /** Its file in this package. */
  address: URL;
  /** Starts a worker that waits for the compiled module. */
  startWorker(): Worker;
}

/** A function that loads a module; later calls return the promise of the first one. */
export function initialiser(module: Module): (source?: InitSource) => Promise<void> {
  let initialised: Promise<void> | undefined;
  return (source) => {
    initialised ??= load(module, source).catch((thrown: unknown) => {
      initialised = undefined;
      throw thrown;
    });
    return initialised;
  };
}

async function load({ names, compiled, address, startWorker }: Module, source?: InitSource): Promise<void> {
  const module = await compile(source ?? address);
  compiled.initSync({ module });
  const spawn = () => {
    const worker = startWorker();
    // The worker gets the module of this page, so that it is neither fetched nor compiled again.
    worker.postMessage(module);
    return worker;
  };
  install(browserEngine(compiled, spawn), names);
}

async function compile(source: InitSource): Promise<WebAssembly.Module> {
  if (source instanceof WebAssembly.Module) return source;
  if (typeof source === "string" || source instanceof URL || source instanceof Request) {
    return compile(await fetch(source));
  }
  if (!(source instanceof Response)) return WebAssembly.compile(source);
  if (!source.ok) throw new Error(`wherewithal cannot be loaded: ${source.url} returned the status ${source.status}`);
  // Streaming is faster, but browsers refuse it if the server does not send the content type.
  const streaming = source.headers.get("content-type") === "application/wasm";
  return streaming ? WebAssembly.compileStreaming(source) : WebAssembly.compile(await source.arrayBuffer());
}
