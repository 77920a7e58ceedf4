import { engineOf, use, type ArrayEngine } from "./engine.js";
import type { FamilyName } from "./generated/familyNames.js";
import { encode } from "./input.js";
import { callJson, callJsonAsync, type RunOptions } from "./run.js";

/**
 * A family of operations, for the functions of its file.
 *
 * Creating one registers the family, so that the browser loads only the families that a program imports: a bundler that
 * drops unused functions also drops their family.
 */
export class Family {
  constructor(...names: FamilyName[]) {
    use(names);
  }

  /** Runs an operation on the calling thread. */
  call<Output>(operation: string, input: unknown): Output {
    return JSON.parse(callJson(operation, encode(input))) as Output;
  }

  /** Runs an operation in the background. */
  async callAsync<Output>(operation: string, input: unknown, options?: RunOptions): Promise<Output> {
    return JSON.parse(await callJsonAsync(operation, encode(input), options)) as Output;
  }

  /** Runs an operation on the calling thread: JSON in, JSON out. */
  callJson(operation: string, input: string): string {
    return callJson(operation, input);
  }

  /** Runs an operation in the background: JSON in, JSON out. */
  callJsonAsync(operation: string, input: string, options?: RunOptions): Promise<string> {
    return callJsonAsync(operation, input, options);
  }

  /** The array functions. */
  arrays(): ArrayEngine {
    const { arrays } = engineOf("time_value");
    if (arrays === undefined) throw new Error("this engine has no array functions");
    return arrays;
  }
}
