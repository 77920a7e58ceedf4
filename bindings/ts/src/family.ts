import { engineOf, use, type ArrayEngine } from "./engine.js";
import type { FamilyName } from "./generated/familyNames.js";
import { encode } from "./input.js";
import { callJson, callJsonAsync, type RunOptions } from "./run.js";

/**
 * A family of operations as the functions of its file see it.
 *
 * To make one says that the program uses the family, so that what the browser loads can follow what a program imports:
 * a bundler that drops functions nobody imports also drops the family that they name.
 */
export class Family {
  constructor(...names: FamilyName[]) {
    use(names);
  }

  /** Runs an operation on the calling thread. */
  call<Output>(operation: string, input: unknown): Output {
    return JSON.parse(callJson(operation, encode(input))) as Output;
  }

  /** Runs an operation away from the calling thread. */
  async callAsync<Output>(operation: string, input: unknown, options?: RunOptions): Promise<Output> {
    return JSON.parse(await callJsonAsync(operation, encode(input), options)) as Output;
  }

  /** Runs an operation on the calling thread: JSON in, JSON out. */
  callJson(operation: string, input: string): string {
    return callJson(operation, input);
  }

  /** Runs an operation away from the calling thread: JSON in, JSON out. */
  callJsonAsync(operation: string, input: string, options?: RunOptions): Promise<string> {
    return callJsonAsync(operation, input, options);
  }

  /** The functions of arrays. */
  arrays(): ArrayEngine {
    const { arrays } = engineOf("time_value");
    if (arrays === undefined) throw new Error("this engine has no functions of arrays");
    return arrays;
  }
}
