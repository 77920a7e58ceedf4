import type { ArrayEngine } from "../../ts/src/engine.js";

/** The exports of `bindings/wasm/src`; the array functions only if the module has the family `time_value`. */
export interface Compiled extends Partial<ArrayEngine> {
  call(operation: string, input: string): string;
  callObserved(operation: string, input: string, observer: (done: number, total: number) => void): string;
}

/** The same with a module that the page loads. */
export interface Loadable extends Compiled {
  initSync(module: { module: WebAssembly.Module }): unknown;
}
