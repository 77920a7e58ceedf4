/**
 * An exact decimal number, such as `"2528.27"`. It is a string because a JavaScript number cannot represent it exactly;
 * pass it to a decimal library, or to `Number()` if the last cent does not matter.
 */
export type Decimal = string;

/**
 * A decimal number in an input: a string (`"0.065"`; for a rate also `"6.5 %"`), a number of at most 15 significant
 * digits or next to one (`6.57 / 100`), a bigint, or an object of decimal.js, big.js or bignumber.js.
 */
export type DecimalInput = string | number | bigint | DecimalObject;

/** The common interface of decimal.js, big.js and bignumber.js. */
export interface DecimalObject {
  /** The number in plain notation. */
  toFixed(): string;
  /** The number for JSON. */
  toJSON(): string;
}

/** A fraction in percent, such as `"6.5 %"`, which is 0.065. */
export type Percentage = `${number}%` | `${number} %`;

/**
 * A rate or a share in an input: a fraction (0.065 is 6.5 %), or text in percent. A rate from 1 up, which is 100 %, is
 * refused as a number, because it is mostly a percentage; where it is meant, it has its percent sign: `"650 %"`.
 */
export type FractionInput = number | Percentage;

/** Rates or shares in an input. */
export type FractionList = readonly FractionInput[] | Float64Array;

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
