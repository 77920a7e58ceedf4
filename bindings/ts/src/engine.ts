/** What the compiled half of a package offers to the half written in TypeScript. */
export interface Engine {
  /** Runs an operation: JSON in, JSON out. Throws an error whose message is the wire form of what went wrong. */
  call(operation: string, input: string): string;
  /** Starts an operation away from the calling thread. */
  start(operation: string, input: string, observer: Observer | undefined): Job;
  /** The functions of arrays. */
  arrays: ArrayEngine;
}

/** Functions of columns: each has one number for all rows or one for each row. They throw as {@link Engine.call}. */
export interface ArrayEngine {
  fv(rate: Float64Array, nper: Float64Array, pmt: Float64Array, pv: Float64Array, when: string): Float64Array;
  pv(rate: Float64Array, nper: Float64Array, pmt: Float64Array, fv: Float64Array, when: string): Float64Array;
  pmt(rate: Float64Array, nper: Float64Array, pv: Float64Array, fv: Float64Array, when: string): Float64Array;
  nper(rate: Float64Array, pmt: Float64Array, pv: Float64Array, fv: Float64Array, when: string): Float64Array;
  rate(
    nper: Float64Array,
    pmt: Float64Array,
    pv: Float64Array,
    fv: Float64Array,
    when: string,
    guess: Float64Array,
  ): Float64Array;
  irr(amounts: Float64Array, guess: number): number;
  xirr(days: Int32Array, amounts: Float64Array, dayCount: string, guess: number): number;
  npv(rate: Float64Array, amounts: Float64Array, startFromZero: boolean): Float64Array;
  xnpv(rate: Float64Array, days: Int32Array, amounts: Float64Array, dayCount: string): Float64Array;
}

/** Is told the units of work done so far and in all. */
export type Observer = (done: number, total: number) => void;

/** A run that was started. */
export interface Job {
  /** The output as JSON; rejects as {@link Engine.call} throws. */
  output: Promise<string>;
  /** Asks the run to stop. */
  cancel(): void;
}

let installed: Engine | undefined;

/** Makes `engine` the one that every function of the package calls. */
export function install(engine: Engine): void {
  installed = engine;
}

/** The engine of the package. */
export function engine(): Engine {
  if (installed === undefined) {
    throw new Error("wherewithal is not initialised: `await init()` before the first call");
  }
  return installed;
}
