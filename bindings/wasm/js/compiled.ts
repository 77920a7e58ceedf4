import type { ArrayEngine } from "../../ts/src/engine.js";

/** What `bindings/wasm/src` exports. */
export interface Compiled extends ArrayEngine {
  call(operation: string, input: string): string;
  callObserved(operation: string, input: string, observer: (done: number, total: number) => void): string;
}
