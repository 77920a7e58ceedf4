// The page of examples/browser, operated like by a user.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { launchBrowser, serve, skipWithoutBrowser } from "../../ts/tools/browser.mjs";

describe("the calculator page", { skip: skipWithoutBrowser() }, () => {
  let browser;
  let server;
  let page;
  const errors = [];

  before(async () => {
    server = await serve();
    browser = await launchBrowser();
    page = await browser.newPage();
    page.on("pageerror", (error) => errors.push(error.message));
    page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
    await page.goto(`${server.origin}/examples/browser/index.html`);
  });

  after(async () => {
    await browser?.close();
    await server?.close();
  });

  test("the mortgage follows its form, and says what is wrong with it", async () => {
    await page.locator("#payment", { hasText: "$2,528.27" }).waitFor();
    assert.equal(await page.locator("#schedule tr").count() > 200, true);
    await page.locator('[name="extra"]').fill("0");
    assert.equal(await page.locator("#saving").innerText(), "$0.00");
    await page.locator('[name="principal"]').fill("-1");
    assert.match(await page.locator("#mortgage-error").innerText(), /^principal: /);
    await page.locator('[name="principal"]').fill("100000");
    assert.equal(await page.locator("#mortgage-error").isHidden(), true);
  });

  test("the retirement is simulated anew when a slider moves, the question before being cancelled", async () => {
    const done = page.locator("#progress.idle");
    await done.waitFor({ state: "attached" });
    const before = Number.parseFloat(await page.locator("#success").innerText());
    for (const spending of ["8000", "9000", "10000"]) await page.locator('[name="spending"]').fill(spending);
    await done.waitFor({ state: "attached" });
    const after = Number.parseFloat(await page.locator("#success").innerText());
    assert.ok(after < before, `${after} % after ${before} %`);
    assert.ok((await page.locator("#fan-chart path").count()) === 3);
  });

  test("nothing went wrong on the way", () => assert.deepEqual(errors, []));
});
