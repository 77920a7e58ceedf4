import * as compiled from "../pkg/all/bundler.js";
import { serve } from "./serve.js";

serve(compiled);
