/**
 * An exact decimal number, such as `"2528.27"`. It is a string because a JavaScript number cannot represent it exactly;
 * pass it to a decimal library, or to `Number()` if the last cent does not matter.
 */
export type Decimal = string;

/**
 * A decimal number in an input: a string (`"0.065"`), a number of at most 15 significant digits, a bigint, or an
 * object of decimal.js, big.js or bignumber.js.
 */
export type DecimalInput = string | number | bigint | DecimalObject;

/** The common interface of decimal.js, big.js and bignumber.js. */
export interface DecimalObject {
  /** The number in plain notation. */
  toFixed(): string;
  /** The number for JSON. */
  toJSON(): string;
}

/** A civil date, such as `"2026-01-31"`. */
export type DateString = string;

/**
 * A civil date in an input: a string (`"2026-01-31"`), or a `Date` at midnight, either of UTC (as
 * `new Date("2026-01-31")` is) or local (as `new Date(2026, 0, 31)` is). A `Date` with a time of day is refused,
 * because its day depends on the time zone.
 */
export type DateInput = DateString | Date;

/** Numbers in an input. */
export type NumberList = readonly number[] | Float64Array;
