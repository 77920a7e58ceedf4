// Replays the golden vectors through the Node package: one JSON line a vector.
import * as wherewithal from "../../bindings/node/index.mjs";
import { replay } from "./replay.mjs";
import { readVectors } from "./vectors.mjs";

for (const vector of readVectors()) console.log(await replay(wherewithal, vector));
