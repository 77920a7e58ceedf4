import { missingFamilies } from "../../ts/src/engine.js";
import { modules } from "./generated/modules.js";
import type { InitSource } from "./load.js";

export * from "../../ts/src/index.js";
export type { InitSource } from "./load.js";

/**
 * Loads the modules for the functions of this package: those of the families that the program imports, or the one with
 * all families if that is smaller.
 *
 * A page without a bundler imports this whole file, and so all families; there, `wherewithal-wasm/debt` and similar
 * entries load one module alone. It may be called again, for example after a lazy part of the program has imported
 * other families.
 *
 * @param source - The source of the module with all families, instead of this package.
 */
export default async function init(source?: InitSource): Promise<void> {
  const chosen = source === undefined ? needed() : modules.slice(-1);
  await Promise.all(chosen.map(async ({ load }) => (await load()).default(source)));
}

/** The modules to load. */
function needed(): typeof modules {
  const missing = missingFamilies();
  const homes = modules.slice(0, -1).filter(({ families }) => families.some((family) => missing.includes(family)));
  const all = modules.slice(-1);
  return weight(homes) < weight(all) ? homes : all;
}

function weight(chosen: typeof modules): number {
  return chosen.reduce((sum, { kilobytes }) => sum + kilobytes, 0);
}
