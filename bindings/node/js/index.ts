import { setImmediate } from "node:timers/promises";

import { install, type Engine } from "../../ts/src/engine.js";
import { familyNames } from "../../ts/src/generated/familyNames.js";
import { loadNative } from "./native.js";

export * from "../../ts/src/index.js";

const native = loadNative();

const engine: Engine = {
  arrays: native,
  call: native.call,
  start(operation, input, observer) {
    const job = new native.Job();
    const output = job.run(operation, input, observer);
    return {
      // Reports have a queue of their own: one turn of the event loop delivers the last ones first.
      output: observer ? output.finally(() => setImmediate()) : output,
      cancel: () => job.cancel(),
    };
  },
};

install(engine, familyNames);
