/**
 * An exact decimal number, such as `"2528.27"`. It is a string because a JavaScript number cannot hold it exactly;
 * give it to a decimal library, or to `Number()` where the last cent does not matter.
 */
export type Decimal = string;

/**
 * A decimal number in an input: a string (`"0.065"`), a number of at most 15 significant digits, a bigint, or an
 * object of decimal.js, big.js or bignumber.js.
 */
export type DecimalInput = string | number | bigint | DecimalObject;

/** What the objects of decimal.js, big.js and bignumber.js have in common. */
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
 * because the day that it falls on depends on the place.
 */
export type DateInput = DateString | Date;

/** Numbers in an input. */
export type NumberList = readonly number[] | Float64Array;
