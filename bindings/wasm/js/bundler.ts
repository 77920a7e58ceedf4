import { install } from "../../ts/src/engine.js";
import { familyNames } from "../../ts/src/generated/familyNames.js";
import * as compiled from "../pkg/all/bundler.js";
import { browserEngine } from "./engine.js";

export * from "../../ts/src/index.js";

/** Is there so that one source runs with either entry point: the bundler has loaded the compiled half already. */
export default function init(): Promise<void> {
  return Promise.resolve();
}

install(
  browserEngine(compiled, () => new Worker(new URL("./bundler-worker.js", import.meta.url), { type: "module" })),
  familyNames,
);
