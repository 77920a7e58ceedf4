import type { ArrayEngine } from "../../ts/src/engine.js";

/** What `bindings/wasm/src` exports; the functions of arrays only where the family `time_value` is in the module. */
export interface Compiled extends Partial<ArrayEngine> {
  call(operation: string, input: string): string;
  callObserved(operation: string, input: string, observer: (done: number, total: number) => void): string;
}

/** The same where the page loads the module. */
export interface Loadable extends Compiled {
  initSync(module: { module: WebAssembly.Module }): unknown;
}
