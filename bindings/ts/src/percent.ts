import { refused } from "./input.js";

/**
 * The fraction of a percentage: `percent("6.5")` is 0.065.
 *
 * It is the number nearest to the exact fraction, which `6.57 / 100` is not, so that it is the same decimal everywhere.
 *
 * @param percentage - A number, or its digits as a string, without a percent sign.
 *
 * @throws WherewithalError with the code `number.not_finite` or `decimal.malformed`
 *
 * @example
 * ```ts
 * percent("6.57"); // 0.0657
 * ```
 */
export function percent(percentage: number | string): number {
  const text = String(percentage);
  if (typeof percentage === "number" && !Number.isFinite(percentage)) {
    throw refused("number.not_finite", `${text} is not a finite number`, []);
  }
  const [, digits, exponent = "0"] = /^([+-]?\d+(?:\.\d+)?)(?:e([+-]\d+))?$/.exec(text) ?? [];
  if (digits === undefined || (typeof percentage === "string" && text.includes("e"))) {
    const shown = JSON.stringify(text.slice(0, 40));
    throw refused("decimal.malformed", `${shown} is not a number of percent; write it like "6.5"`, []);
  }
  // The exponent makes the division exact: the number is rounded once, when it is read.
  return Number(`${digits}e${Number(exponent) - 2}`);
}
