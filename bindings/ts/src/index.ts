export * as arrays from "./generated/arrays.js";
export { call, callAsync, callJson, callJsonAsync } from "./call.js";
export * from "./common.js";
export * from "./generated/index.js";
