// The one instance that `require` gives as well, so that both have the same `WherewithalError`.
export * from "./dist/node/js/index.js";
