/** The exports of every entry of a package. */

export { WherewithalError, type WireError } from "./error.js";
export { errorKinds, type ErrorCode, type ErrorKind } from "./generated/errors.js";
export type { Progress, RunOptions } from "./run.js";
export { percent } from "./percent.js";
export type {
  DateInput,
  DateString,
  Decimal,
  DecimalInput,
  DecimalObject,
  FractionInput,
  FractionList,
  NumberList,
  Percentage,
} from "./values.js";
