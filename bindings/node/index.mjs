// The same instance as from `require`, so that both have the same `WherewithalError`.
export * from "./dist/node/js/index.js";
