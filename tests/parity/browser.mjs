// Replays the golden vectors through the browser package in a headless browser: one JSON line a vector.
import { launchBrowser, serve } from "../../bindings/ts/tools/browser.mjs";
import { readVectors } from "./vectors.mjs";

const PAGE = `<!doctype html>
<script type="module">
  import init, * as wherewithal from "/wherewithal-wasm/dist/wasm/js/web.js";
  import { replay } from "/tests/parity/replay.mjs";
  await init();
  window.replay = (vector) => replay(wherewithal, vector);
</script>`;

const server = await serve({ pages: { "/": PAGE } });
const browser = await launchBrowser();
try {
  const page = await browser.newPage();
  await page.goto(server.origin);
  await page.waitForFunction(() => "replay" in window);
  for (const vector of readVectors()) {
    // As text, because the driver's own transport does not keep every number.
    console.log(await page.evaluate((text) => window.replay(JSON.parse(text)), JSON.stringify(vector)));
  }
} finally {
  await browser.close();
  await server.close();
}
