/**
 * The time value of money on arrays: `Float64Array` in, `Float64Array` out, without JSON in between.
 *
 * Where every argument is a number the answer is a number. Where one is an array, every array must have the same
 * length, a number serves all rows, and the answer is a `Float64Array`. Conventions, signs and errors are those of
 * the operations in `timeValue`; the path of an error names the row, such as `rate[17]`.
 */

import type { ArrayEngine } from "./engine.js";
import { translated } from "./error.js";
import { Family } from "./family.js";
import type { DayCount } from "./generated/types/base.js";
import type { PaymentTiming } from "./generated/types/timeValue.js";
import { civilDate, refused } from "./input.js";
import type { DateInput, NumberList } from "./values.js";

const timeValue = /* @__PURE__ */ new Family("time_value");

/** One number for all rows, or one for each row. */
export type Column = number | NumberList;

/**
 * Dates: civil dates as in other inputs, or an `Int32Array` of days since 1970-01-01, which is the fastest (and what
 * Arrow's date32 and NumPy's datetime64[D] hold).
 */
export type Dates = readonly DateInput[] | Int32Array;

/** The future value of `pv` and of `nper` payments of `pmt`; see `timeValue.fv`. */
export function fv(rate: number, nper: number, pmt: number, pv: number, when?: PaymentTiming): number;
export function fv(rate: Column, nper: Column, pmt: Column, pv: Column, when?: PaymentTiming): Float64Array;
export function fv(rate: Column, nper: Column, pmt: Column, pv: Column, when: PaymentTiming = "end") {
  return rows([rate, nper, pmt, pv], (native, [rate, nper, pmt, pv]) => native.fv(rate, nper, pmt, pv, when));
}

/** The present value of `nper` payments of `pmt` and of `fv`; see `timeValue.pv`. */
export function pv(rate: number, nper: number, pmt: number, fv?: number, when?: PaymentTiming): number;
export function pv(rate: Column, nper: Column, pmt: Column, fv?: Column, when?: PaymentTiming): Float64Array;
export function pv(rate: Column, nper: Column, pmt: Column, fv: Column = 0, when: PaymentTiming = "end") {
  return rows([rate, nper, pmt, fv], (native, [rate, nper, pmt, fv]) => native.pv(rate, nper, pmt, fv, when));
}

/** The level payment that turns `pv` into `fv` in `nper` periods; see `timeValue.pmt`. */
export function pmt(rate: number, nper: number, pv: number, fv?: number, when?: PaymentTiming): number;
export function pmt(rate: Column, nper: Column, pv: Column, fv?: Column, when?: PaymentTiming): Float64Array;
export function pmt(rate: Column, nper: Column, pv: Column, fv: Column = 0, when: PaymentTiming = "end") {
  return rows([rate, nper, pv, fv], (native, [rate, nper, pv, fv]) => native.pmt(rate, nper, pv, fv, when));
}

/** The number of periods that payments of `pmt` need to turn `pv` into `fv`; see `timeValue.nper`. */
export function nper(rate: number, pmt: number, pv: number, fv?: number, when?: PaymentTiming): number;
export function nper(rate: Column, pmt: Column, pv: Column, fv?: Column, when?: PaymentTiming): Float64Array;
export function nper(rate: Column, pmt: Column, pv: Column, fv: Column = 0, when: PaymentTiming = "end") {
  return rows([rate, pmt, pv, fv], (native, [rate, pmt, pv, fv]) => native.nper(rate, pmt, pv, fv, when));
}

/** The rate per period; where there are two, the one nearer to `guess`. See `timeValue.rate`. */
export function rate(
  nper: number,
  pmt: number,
  pv: number,
  fv?: number,
  when?: PaymentTiming,
  guess?: number,
): number;
export function rate(
  nper: Column,
  pmt: Column,
  pv: Column,
  fv?: Column,
  when?: PaymentTiming,
  guess?: Column,
): Float64Array;
export function rate(
  nper: Column,
  pmt: Column,
  pv: Column,
  fv: Column = 0,
  when: PaymentTiming = "end",
  guess: Column = 0.1,
) {
  return rows([nper, pmt, pv, fv, guess], (native, [nper, pmt, pv, fv, guess]) =>
    native.rate(nper, pmt, pv, fv, when, guess),
  );
}

/** The internal rate of return of amounts one period apart, nearest to `guess`; see `timeValue.irr`. */
export function irr(amounts: NumberList, guess = 0.1): number {
  return run((native) => native.irr(floats(amounts), guess));
}

/** The internal rate of return of dated amounts, nearest to `guess`; see `timeValue.xirr`. */
export function xirr(
  dates: Dates,
  amounts: NumberList,
  options: { guess?: number; dayCount?: DayCount } = {},
): number {
  const { guess = 0.1, dayCount = "actual365Fixed" } = options;
  return run((native) => native.xirr(days(dates), floats(amounts), dayCount, guess));
}

/**
 * The net present value of amounts one period apart, at one rate or at several; see `timeValue.npv`. The first
 * amount is one of today (`startFromZero`), or is discounted by one period as in spreadsheets.
 */
export function npv(rate: number, amounts: NumberList, startFromZero?: boolean): number;
export function npv(rate: NumberList, amounts: NumberList, startFromZero?: boolean): Float64Array;
export function npv(rate: Column, amounts: NumberList, startFromZero = true) {
  return rows([rate], (native, [rate]) => native.npv(rate, floats(amounts), startFromZero));
}

/** The net present value of dated amounts at the earliest date, at one rate or at several; see `timeValue.xnpv`. */
export function xnpv(rate: number, dates: Dates, amounts: NumberList, dayCount?: DayCount): number;
export function xnpv(rate: NumberList, dates: Dates, amounts: NumberList, dayCount?: DayCount): Float64Array;
export function xnpv(rate: Column, dates: Dates, amounts: NumberList, dayCount: DayCount = "actual365Fixed") {
  return rows([rate], (native, [rate]) => native.xnpv(rate, days(dates), floats(amounts), dayCount));
}

/** Calls a function of columns; the answer mirrors them. */
function rows<const Columns extends readonly Column[]>(
  columns: Columns,
  apply: (native: ArrayEngine, columns: { [Index in keyof Columns]: Float64Array }) => Float64Array,
): number | Float64Array {
  const arrays = columns.map(floats) as { -readonly [Index in keyof Columns]: Float64Array };
  const answer = run((native) => apply(native, arrays));
  return columns.every((column) => typeof column === "number") ? answer[0]! : answer;
}

function run<Answer>(apply: (native: ArrayEngine) => Answer): Answer {
  try {
    return apply(timeValue.arrays());
  } catch (thrown) {
    throw translated(thrown);
  }
}

function floats(column: Column): Float64Array {
  if (column instanceof Float64Array) return column;
  return typeof column === "number" ? Float64Array.of(column) : Float64Array.from(column);
}

function days(dates: Dates): Int32Array {
  return dates instanceof Int32Array ? dates : Int32Array.from(dates, epochDay);
}

/** Days since 1970-01-01. */
function epochDay(date: DateInput, index: number): number {
  const path = ["dates", index];
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
