// Compiled by the tests with `tsc --strict`: both packages have the same names and types.
import type * as browser from "wherewithal-wasm";
import type * as bundled from "wherewithal-wasm/bundler";
import type * as node from "wherewithal";

type Surface<Package> = Omit<Package, "default" | "WherewithalError">;
type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

export const samePages: Equal<Surface<typeof browser>, Surface<typeof node>> = true;
export const sameBundled: Equal<Surface<typeof bundled>, Surface<typeof node>> = true;
export const sameLoan: Equal<browser.Loan, node.Loan> = true;
export const ready: Promise<void> = (null as unknown as typeof browser).default("/wherewithal.wasm");
