// Opens an HTML file in a headless browser, in which it can import "wherewithal-wasm". Fails if the page has an error.
import { readFile } from "node:fs/promises";
import { argv, exit } from "node:process";

import { importMap, launchBrowser, serve } from "./browser.mjs";

const server = await serve({ pages: { "/": importMap + (await readFile(argv[2], "utf8")) } });
const browser = await launchBrowser();
const errors = [];
try {
  const page = await browser.newPage();
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  await page.goto(server.origin);
  // Module scripts may wait for the package; a page without errors is quiet by then.
  await page.waitForLoadState("networkidle");
  console.log(await page.evaluate(() => document.body.innerText));
} finally {
  await browser.close();
  await server.close();
}
for (const error of errors) console.error(error);
exit(errors.length > 0 ? 1 : 0);
