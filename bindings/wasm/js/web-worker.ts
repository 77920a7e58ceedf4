import * as compiled from "../pkg/wherewithal.js";
import { serve } from "./serve.js";

// The first message is the compiled module of the page.
onmessage = ({ data: module }: MessageEvent<WebAssembly.Module>) => {
  compiled.initSync({ module });
  serve(compiled);
};
