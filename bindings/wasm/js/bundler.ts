import { install } from "../../ts/src/engine.js";
import { familyNames } from "../../ts/src/generated/familyNames.js";
import * as compiled from "../pkg/all/bundler.js";
import { browserEngine } from "./engine.js";

export * from "../../ts/src/index.js";

/** Does nothing, because the bundler has already loaded the compiled part; it is for sources that use either entry. */
export default function init(): Promise<void> {
  return Promise.resolve();
}

install(
  browserEngine(compiled, () => new Worker(new URL("./bundler-worker.js", import.meta.url), { type: "module" })),
  familyNames,
);
