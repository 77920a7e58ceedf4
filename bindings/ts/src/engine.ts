import { familyNames, type FamilyName } from "./generated/familyNames.js";

/** The interface of the compiled part of a package to the TypeScript part. */
export interface Engine {
  /** Runs an operation: JSON in, JSON out. Throws an error whose message is the JSON form of the error. */
  call(operation: string, input: string): string;
  /** Starts an operation in the background. */
  start(operation: string, input: string, observer: Observer | undefined): Job;
  /** The array functions, in an engine with the family `time_value`. */
  arrays?: ArrayEngine | undefined;
}

/**
 * The array functions by their names. Arguments are in the order of the declaration, in one list for each kind. They
 * throw like {@link Engine.call}.
 */
export interface ArrayEngine {
  arrayNumbers(name: string, numbers: Float64Array[], integers: Int32Array[], texts: string[]): Float64Array;
  arraySchedules(name: string, numbers: Float64Array[], integers: Int32Array[], texts: string[]): Schedules;
}

/** Interest, principal, balance, ends, payment, total interest and places. */
export type Schedules = [
  BigInt64Array,
  BigInt64Array,
  BigInt64Array,
  Uint32Array,
  BigInt64Array,
  BigInt64Array,
  number,
];

/** Receives the units of work done so far and in total. */
export type Observer = (done: number, total: number) => void;

/** A started run. */
export interface Job {
  /** The output as JSON; rejects like {@link Engine.call} throws. */
  output: Promise<string>;
  /** Requests the end of the run. */
  cancel(): void;
}

/** The families that the program imports. */
const used = new Set<FamilyName>();
/** The engine of each family that is loaded, and of single operations of others, by their names. */
const engines = new Map<string, Engine>();

/** Registers families that the program uses. */
export function use(families: readonly FamilyName[]): void {
  for (const family of families) used.add(family);
}

/** The families that the program uses and that have no engine yet. */
export function missingFamilies(): FamilyName[] {
  return [...used].filter((family) => !engines.has(family));
}

/** Registers `engine` for some families and single operations, unless they already have one. */
export function install(engine: Engine, names: readonly string[]): void {
  for (const name of names) {
    if (!engines.has(name)) engines.set(name, engine);
  }
}

/** The engine of an operation. */
export function engineOf(operation: string): Engine {
  const family = operation.split(".", 1)[0]!;
  // Any engine reports an unknown operation.
  const unknown = !(familyNames as readonly string[]).includes(family);
  const engine = unknown ? engines.values().next().value : (engines.get(family) ?? engines.get(operation));
  if (engine === undefined) {
    throw new Error(`wherewithal has not loaded ${JSON.stringify(operation)}: \`await init()\` before the first call`);
  }
  return engine;
}
