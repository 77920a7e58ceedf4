/**
 * What the array functions share: arguments become typed arrays and texts, without JSON in between.
 *
 * Where every column is a number the answer is a number. Where one is a list, every list must have the same length, a
 * number serves all rows, and the answer is a `Float64Array`. The path of an error names the row, such as `rate[17]`.
 */

import type { ArrayEngine } from "./engine.js";
import { translated } from "./error.js";
import { Family } from "./family.js";
import { civilDate, refused } from "./input.js";
import type { DateInput, DecimalInput, FractionInput, FractionList, NumberList } from "./values.js";

export type { DateInput, FractionInput, NumberList } from "./values.js";

const timeValue = /* @__PURE__ */ new Family("time_value");

/** One number for all rows, or one for each row. */
export type Column = number | NumberList;

/** One rate for all rows, or one for each row: fractions, or text such as `"6.5 %"`. */
export type Rates = FractionInput | FractionList;

/**
 * Dates: civil dates as in other inputs, or an `Int32Array` of days since 1970-01-01, which is the fastest (and what
 * Arrow's date32 and NumPy's datetime64[D] hold).
 */
export type Dates = readonly DateInput[] | Int32Array;

/** Exact decimals: one for all rows, or one for each row. */
export type Decimals = DecimalInput | readonly DecimalInput[] | Float64Array;

/** What becomes of a row without an answer: its error is thrown, or its result is NaN. */
export type OnError = "raise" | "nan";

/**
 * The schedules of many loans, as columns.
 *
 * Amounts are whole numbers of the currency's smallest unit (cents). The columns have the rows of the first loan, then
 * those of the second, and so on: those of loan `i` are from `ends[i - 1]` to before `ends[i]`.
 */
export interface ScheduleColumns {
  /** The interest of each payment. */
  interest: BigInt64Array;
  /** What each payment takes off the balance. */
  principal: BigInt64Array;
  /** What is owed after each payment; zero in the last row of a loan. */
  balance: BigInt64Array;
  /** For each loan, the index after its last row. */
  ends: Uint32Array;
  /** For each loan, the regular monthly payment without the extra payment. */
  payment: BigInt64Array;
  /** For each loan, the sum of its interest. */
  totalInterest: BigInt64Array;
  /** How many decimal places the currency has: an amount of 1 is 10 to the power of -places. */
  places: number;
}

/** What an argument is, and what its value then is. */
interface Kinds {
  column: Column;
  rates: Rates;
  rate: FractionInput;
  series: NumberList;
  dates: Dates;
  date: DateInput;
  flag: boolean;
  choice: string | number;
  manyDates: Dates | readonly Dates[];
  manySeries: readonly NumberList[];
  decimals: Decimals;
  decimalRates: Decimals;
}
type Kind = keyof Kinds;
type Values<Names extends Record<string, Kind>> = { [Name in keyof Names]: Kinds[Names[Name]] };

/** The number of each row; a number where every column is one. */
export function numbers<const Names extends Record<string, Kind>>(
  name: string,
  kinds: Names,
  values: Values<Names>,
  onError: OnError,
): number | Float64Array {
  const parts = new Parts();
  parts.add(kinds, values);
  parts.texts.push(onError);
  const answer = run((engine) => engine.arrayNumbers(name, parts.numbers, parts.integers, parts.texts));
  return parts.mirrorsNumbers ? answer[0]! : answer;
}

/** The schedule of each row. */
export function schedules<const Names extends Record<string, Kind>>(
  name: string,
  kinds: Names,
  values: Values<Names>,
): ScheduleColumns {
  const parts = new Parts();
  parts.add(kinds, values);
  const [interest, principal, balance, ends, payment, totalInterest, places] = run((engine) =>
    engine.arraySchedules(name, parts.numbers, parts.integers, parts.texts),
  );
  return { interest, principal, balance, ends, payment, totalInterest, places };
}

function run<Answer>(apply: (engine: ArrayEngine) => Answer): Answer {
  try {
    return apply(timeValue.arrays());
  } catch (thrown) {
    throw translated(thrown);
  }
}

/** Arguments as the engine takes them, in order: each kind in a list of its own. */
class Parts {
  readonly numbers: Float64Array[] = [];
  readonly integers: Int32Array[] = [];
  readonly texts: string[] = [];
  #columns = 0;
  #lists = 0;

  /** Whether there are columns and all of them are numbers. */
  get mirrorsNumbers(): boolean {
    return this.#columns > 0 && this.#lists === 0;
  }

  add<const Names extends Record<string, Kind>>(kinds: Names, values: Values<Names>): void {
    const many = Object.keys(kinds).find((name) => kinds[name] === "manySeries");
    const lengths = many === undefined ? [] : Array.from(values[many] as Kinds["manySeries"], (list) => list.length);
    for (const [name, kind] of Object.entries(kinds)) this.#addOne(name, kind, values[name], lengths);
  }

  /** `lengths` has the length of each series, where there are many. */
  #addOne(name: string, kind: Kind, value: unknown, lengths: readonly number[]): void {
    switch (kind) {
      case "column":
        this.#columns += 1;
        if (typeof value !== "number") this.#lists += 1;
        this.numbers.push(floats(value as Column));
        break;
      case "rates":
        this.#columns += 1;
        if (typeof value === "object") this.#lists += 1;
        this.#addRates(name, value as Rates);
        break;
      case "rate":
        this.#addRates(name, value as Rates);
        break;
      case "series":
        this.numbers.push(floats(value as Column));
        break;
      case "dates":
        this.integers.push(days(value as Dates, [name]));
        break;
      case "date":
        this.integers.push(Int32Array.of(epochDay(value as DateInput, [name])));
        break;
      case "flag":
      case "choice":
        this.texts.push(String(value));
        break;
      case "manyDates":
        this.integers.push(daysOfAll(value as Kinds["manyDates"], lengths, name));
        break;
      case "manySeries":
        this.#addMany(value as Kinds["manySeries"], lengths);
        break;
      case "decimals":
      case "decimalRates":
        this.#addDecimals(name, value as Decimals);
    }
  }

  #addMany(series: readonly NumberList[], lengths: readonly number[]): void {
    let end = 0;
    const ends = Int32Array.from(lengths, (length) => (end += length));
    const all = new Float64Array(end);
    series.forEach((numbers, index) => all.set(numbers, ends[index]! - lengths[index]!));
    this.numbers.push(all);
    this.integers.push(ends);
  }

  /** Rates as numbers, or where one of them is text, all of them in lines. */
  #addRates(name: string, value: Rates): void {
    const isPlain = (item: FractionInput) => typeof item === "number";
    const isText = typeof value === "string" || (Array.isArray(value) && !value.every(isPlain));
    if (isText) {
      const list = Array.isArray(value) ? (value as FractionInput[]) : [value as FractionInput];
      list.forEach((item, index) => requirePercentSign(item, Array.isArray(value) ? [name, index] : [name]));
      return this.#addDecimals(name, value as Decimals);
    }
    this.numbers.push(floats(value as Column));
    this.texts.push("");
  }

  #addDecimals(name: string, value: Decimals): void {
    const list = value instanceof Float64Array || Array.isArray(value) ? (value as ArrayLike<DecimalInput>) : [value];
    const items = value instanceof Float64Array ? [] : Array.from(list as ArrayLike<DecimalInput>);
    if (items.every((item) => typeof item === "number")) {
      this.numbers.push(value instanceof Float64Array ? value : Float64Array.from(items as number[]));
      this.texts.push("");
      return;
    }
    const isOne = !Array.isArray(value);
    this.numbers.push(new Float64Array());
    this.texts.push(items.map((item, index) => line(item, isOne ? [name] : [name, index])).join("\n"));
  }
}

function requirePercentSign(item: FractionInput, path: (string | number)[]): void {
  if (typeof item === "string" && !item.endsWith("%")) {
    const shown = JSON.stringify(item.slice(0, 40));
    throw refused("input.invalid", `expected a rate such as 0.065 or "6.5 %", found ${shown}`, path);
  }
}

/** A decimal or a rate as a line; a number has a mark, because it is not read as its digits are. */
function line(value: DecimalInput, path: (string | number)[]): string {
  if (typeof value === "number") return `~${value}`;
  const text = typeof value === "object" ? value.toFixed() : String(value);
  if (text === "" || text.includes("\n")) {
    throw refused("decimal.malformed", `${JSON.stringify(text.slice(0, 40))} is not a decimal number`, path);
  }
  return text;
}

function floats(column: Column): Float64Array {
  if (column instanceof Float64Array) return column;
  return typeof column === "number" ? Float64Array.of(column) : Float64Array.from(column);
}

function days(dates: Dates, path: (string | number)[]): Int32Array {
  return dates instanceof Int32Array ? dates : Int32Array.from(dates, (date, index) => epochDay(date, [...path, index]));
}

/** The days of all series, one after the other. */
function daysOfAll(dates: Kinds["manyDates"], lengths: readonly number[], name: string): Int32Array {
  const isList = (item: unknown) => item instanceof Int32Array || Array.isArray(item);
  const each = dates instanceof Int32Array || !dates.some(isList) ? undefined : (dates as readonly Dates[]);
  if (each !== undefined && each.length !== lengths.length) throw mismatch(each.length, lengths.length, [name]);
  const shared = each === undefined ? days(dates as Dates, [name]) : undefined;
  const lists = lengths.map((length, index) => {
    const list = shared ?? days(each![index]!, [name, index]);
    if (list.length !== length) throw mismatch(list.length, length, shared === undefined ? [name, index] : [name]);
    return list;
  });
  const all = new Int32Array(lengths.reduce((sum, length) => sum + length, 0));
  let start = 0;
  for (const list of lists) {
    all.set(list, start);
    start += list.length;
  }
  return all;
}

function mismatch(found: number, expected: number, path: (string | number)[]): Error {
  const message = `there are ${found} where there must be ${expected}: one date for each cash flow`;
  return refused("list.length_mismatch", message, path);
}

/** Days since 1970-01-01. */
function epochDay(date: DateInput, path: (string | number)[]): number {
  const text = date instanceof Date ? civilDate(date, path) : date;
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) {
    const shown = JSON.stringify(String(text).slice(0, 40));
    throw refused("date.malformed", `${shown} is not a date; write it like "2026-01-31"`, path);
  }
  const midnight = new Date(`${text}T00:00:00Z`);
  // A day that a month does not have is refused by some engines and carried over by others.
  if (Number.isNaN(midnight.getTime()) || midnight.toISOString().slice(0, 10) !== text || text < "0001") {
    throw refused("date.out_of_range", `there is no day ${text}`, path);
  }
  return midnight.getTime() / 86_400_000;
}
