// Runs one program in a headless browser: `browser.mjs w1 PEER REPETITIONS`. Prints its time and the error of its
// results as JSON.

import { readFile } from "node:fs/promises";

import { importMap, launchBrowser, serve } from "../../bindings/ts/tools/browser.mjs";

const [workload, peer, repetitions] = process.argv.slice(2);
if (workload !== "w1") throw new Error(`the browser does not run ${workload}`);

const page = `<!doctype html>${importMap}
<script type="module">
${await readFile(new URL("accumulation.mjs", import.meta.url), "utf8")}
import init, * as wherewithal from "wherewithal-wasm";
window.ready = init().then(() => Object.assign(window, { accumulation, wherewithal }));
</script>`;

/** Runs in the page. */
async function measure({ peer, repetitions }) {
  await window.ready;
  const { run, error } = window.accumulation(peer === "wherewithal" ? window.wherewithal : null);
  let found = await run();
  let seconds = Infinity;
  for (let repetition = 0; repetition < repetitions; repetition++) {
    const start = performance.now();
    found = await run();
    seconds = Math.min(seconds, (performance.now() - start) / 1e3);
  }
  return { seconds, error: error(found), memory: null };
}

const server = await serve({ pages: { "/": page } });
const browser = await launchBrowser();
try {
  const tab = await browser.newPage();
  await tab.goto(server.origin);
  await tab.waitForFunction(() => window.ready);
  console.log(JSON.stringify(await tab.evaluate(measure, { peer, repetitions: Number(repetitions) })));
} finally {
  await browser.close();
  await server.close();
}
