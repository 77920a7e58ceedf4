export * as arrays from "./arrays.js";
export { call, callAsync, callJson, callJsonAsync, type Progress, type RunOptions } from "./call.js";
export { WherewithalError, type WireError } from "./error.js";
export * from "./generated/index.js";
export type { DateInput, DateString, Decimal, DecimalInput, DecimalObject, NumberList } from "./values.js";
