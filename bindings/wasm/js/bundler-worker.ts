import * as compiled from "../pkg/bundler.js";
import { serve } from "./serve.js";

serve(compiled);
