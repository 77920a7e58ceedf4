/** What `bindings/wasm/src` exports. */
export interface Compiled {
  call(operation: string, input: string): string;
  callObserved(operation: string, input: string, observer: (done: number, total: number) => void): string;
}
