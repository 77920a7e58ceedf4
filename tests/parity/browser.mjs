// Replays the golden vectors through the browser package in a headless browser: one JSON line a vector.
//
// Each vector is answered twice: by the module of its family, and by the module that has all families. Where their texts
// differ, both are printed, which no other interface says.
import { importMap, launchBrowser, serve } from "../../bindings/ts/tools/browser.mjs";
import { readVectors } from "./vectors.mjs";

const FAMILIES = `<!doctype html>${importMap}
<script type="module">
  import { camelCase, replay } from "/tests/parity/replay.mjs";
  window.replay = async (vector) => {
    const family = camelCase(vector.operation.split(".")[0]);
    const entry = await import("wherewithal-wasm/" + family);
    await entry.default();
    return replay(entry, vector);
  };
</script>`;

const ALL = `<!doctype html>${importMap}
<script type="module">
  import init, * as wherewithal from "wherewithal-wasm";
  import { raw } from "/tests/parity/replay.mjs";
  await init();
  window.raw = ({ operation, input }) => raw(wherewithal, operation, JSON.stringify(input));
</script>`;

const server = await serve({ pages: { "/families": FAMILIES, "/all": ALL } });
const browser = await launchBrowser();
try {
  const open = async (address, ready) => {
    const page = await browser.newPage();
    await page.goto(server.origin + address);
    await page.waitForFunction((name) => name in window, ready);
    return page;
  };
  const families = await open("/families", "replay");
  const all = await open("/all", "raw");
  for (const vector of readVectors()) {
    // As text, because the driver's own transport does not keep every number.
    const text = JSON.stringify(vector);
    const answer = JSON.parse(await families.evaluate((text) => window.replay(JSON.parse(text)), text));
    const raw = await all.evaluate((text) => window.raw(JSON.parse(text)), text);
    if (raw !== answer.raw) answer.raw = `by family ${answer.raw}, in the module with all families ${raw}`;
    console.log(JSON.stringify(answer));
  }
} finally {
  await browser.close();
  await server.close();
}
