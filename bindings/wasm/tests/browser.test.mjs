// The browser package in a real browser.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";

import { importMap, launchBrowser, serve, skipWithoutBrowser } from "../../ts/tools/browser.mjs";
import { readVectors } from "../../../tests/parity/vectors.mjs";
import * as node from "../../node/index.mjs";

const PAGE = `<!doctype html>${importMap}
<script type="module">
  import init, * as wherewithal from "wherewithal-wasm";
  window.ready = init().then(() => Object.assign(window, { wherewithal }));
</script>`;

const SHORT = { initialBalance: 250_000, months: 360, expectedReturn: 0.07, volatility: 0.15, paths: 2_000, seed: 7 };
/** An input that takes long enough to be still running when a test cancels it. */
const LONG = { ...SHORT, paths: 1_000_000 };

describe("the browser package", { skip: skipWithoutBrowser() }, () => {
  let browser;
  let server;

  before(async () => {
    server = await serve({ pages: { "/": PAGE } });
    browser = await launchBrowser();
  });

  after(async () => {
    await browser?.close();
    await server?.close();
  });

  /** A new page with the package loaded. */
  async function openPage(origin = server.origin) {
    const page = await browser.newPage();
    page.on("pageerror", (error) => assert.fail(error));
    await page.goto(origin);
    await page.evaluate(() => window.ready);
    return page;
  }

  /** Waits until the page has no workers; a browser takes a moment to terminate a busy one. */
  async function workersEnd(page) {
    await Promise.all(page.workers().map((worker) => worker.waitForEvent("close", { timeout: 10_000 })));
    assert.equal(page.workers().length, 0);
  }

  test("it has the names of the Node package", async () => {
    const page = await openPage();
    const names = await page.evaluate(() => Object.keys(window.wherewithal).sort());
    const added = ["default", "module.exports", "__esModule"];
    assert.deepEqual(
      names.filter((name) => name !== "default"),
      Object.keys(node).filter((name) => !added.includes(name)).sort(),
    );
  });

  test("typed functions answer as in Node", async () => {
    const page = await openPage();
    const loan = { principal: "400000", annualRate: "0.065", termMonths: 360, firstPayment: "2026-01-01" };
    const amortization = await page.evaluate((loan) => window.wherewithal.debt.amortize(loan), loan);
    assert.deepEqual(amortization, node.debt.amortize(loan));
  });

  test("every declared array function has the answers of its operation, to the bit", async () => {
    const page = await openPage();
    const table = readFileSync(new URL("../../../tests/arrays.json", import.meta.url), "utf8");
    // As text, because the driver's own transport does not keep every number.
    const { problems, compared } = await page.evaluate(async (texts) => {
      const { replayArrays } = await import("/bindings/ts/tests/arrays.mjs");
      return replayArrays(window.wherewithal, ...texts.map((text) => JSON.parse(text)));
    }, [table, JSON.stringify(readVectors())]);
    assert.deepEqual(problems, []);
    for (const { name } of JSON.parse(table)) assert.ok(compared[name] > 2, `${name}: ${compared[name]} answers`);
    const error = await page.evaluate(() => {
      try {
        window.wherewithal.arrays.pmt([0.1, Number.NaN], 10, 1);
      } catch ({ code, path }) {
        return [code, path];
      }
    });
    assert.deepEqual(error, ["number.not_finite", "rate[1]"]);
  });

  test("an error has a code, a path and a kind", async () => {
    const page = await openPage();
    const error = await page.evaluate(() => {
      try {
        window.wherewithal.timeValue.effect({ nominalRate: Number.NaN, periodsPerYear: 12 });
      } catch (error) {
        const { name, code, path, kind } = error;
        return { name, code, path, kind, ours: error instanceof window.wherewithal.WherewithalError };
      }
    });
    const expected = { name: "WherewithalError", code: "number.not_finite", path: "nominalRate", kind: "invalidInput" };
    assert.deepEqual(error, { ...expected, ours: true });
  });

  test("a run works in a worker, reports progress and leaves the page responsive", async () => {
    const page = await openPage();
    const { result, reports, turns, settledFirst } = await page.evaluate(async (input) => {
      const reports = [];
      let turns = 0;
      let settled = false;
      let settledFirst = false;
      const timer = setInterval(() => turns++, 1);
      const onProgress = (progress) => {
        reports.push(progress);
        settledFirst ||= settled;
      };
      const result = await window.wherewithal.simulation.run(input, { onProgress });
      settled = true;
      clearInterval(timer);
      await new Promise((resolve) => setTimeout(resolve, 50));
      return { result, reports, turns, settledFirst };
    }, { ...SHORT, paths: 100_000 });
    assert.deepEqual(result, node.call("simulation.run", { ...SHORT, paths: 100_000 }));
    assert.ok(turns > 5, `${turns} turns`);
    assert.equal(settledFirst, false);
    assert.ok(reports.length > 2 && reports.length <= 101, `${reports.length} reports`);
    for (const [index, { done }] of reports.entries()) {
      if (index > 0) assert.ok(done > reports[index - 1].done);
    }
    assert.equal(reports.at(-1).done, reports.at(-1).total);
  });

  test("a run gives the same answer as a call on the page", async () => {
    const page = await openPage();
    const [run, call] = await page.evaluate(async (input) => {
      const { callJson, callJsonAsync } = window.wherewithal;
      const text = JSON.stringify(input);
      return [await callJsonAsync("simulation.run", text), callJson("simulation.run", text)];
    }, SHORT);
    assert.equal(run, call);
    assert.equal(run, node.callJson("simulation.run", JSON.stringify(SHORT)));
  });

  test("a signal stops a run and ends its worker", async () => {
    const page = await openPage();
    const error = await page.evaluate(async (input) => {
      const controller = new AbortController();
      const onProgress = () => controller.abort("the page was left");
      const start = performance.now();
      try {
        await window.wherewithal.simulation.run(input, { signal: controller.signal, onProgress });
      } catch (error) {
        const { name, code, cause } = error;
        return { name, code, cause, quick: performance.now() - start < 5_000 };
      }
    }, LONG);
    assert.deepEqual(error, { name: "AbortError", code: "operation.cancelled", cause: "the page was left", quick: true });
    await workersEnd(page);
  });

  test("a wrong input rejects with its code and ends its worker", async () => {
    const page = await openPage();
    const code = await page.evaluate(
      (input) => window.wherewithal.simulation.run(input).catch((error) => `${error.code} ${error.path}`),
      { ...SHORT, volatility: -1 },
    );
    assert.equal(code, "rate.out_of_range volatility");
    await workersEnd(page);
  });

  test("runs that follow each other share a worker, which ends when nothing follows", async () => {
    const page = await openPage();
    const run = (late) =>
      page.evaluate(async ([input, late]) => {
        const controller = new AbortController();
        const result = await window.wherewithal.simulation.run(input, { signal: controller.signal });
        // Too late to stop anything; in particular it must not stop the next run.
        if (late) setTimeout(() => controller.abort());
        return result;
      }, [SHORT, late]);
    const first = await run(true);
    const [worker] = page.workers();
    assert.deepEqual(await run(false), first);
    assert.deepEqual(page.workers(), [worker]);
    await workersEnd(page);
  });

  test("several runs at a time do not mix", async () => {
    const page = await openPage();
    const results = await page.evaluate(
      (input) => Promise.all([1, 2, 3].map((seed) => window.wherewithal.simulation.run({ ...input, seed }))),
      SHORT,
    );
    for (const [index, seed] of [1, 2, 3].entries()) {
      assert.deepEqual(results[index], node.call("simulation.run", { ...SHORT, seed }));
    }
  });

  test("before init there is an error that says so, and a failed init can be tried again", async () => {
    const page = await browser.newPage();
    await page.goto(`${server.origin}/bindings/wasm/package.json`);
    const [uninitialised, missing, value] = await page.evaluate(async () => {
      const { default: init, timeValue } = await import("/wherewithal-wasm/dist/wasm/js/web.js");
      const message = (error) => error.message;
      const run = () => timeValue.effect({ nominalRate: 0.12, periodsPerYear: 12 }).value;
      let uninitialised;
      try {
        run();
      } catch (error) {
        uninitialised = error.message;
      }
      const missing = await init("/nowhere.wasm").catch(message);
      await Promise.all([init(), init()]);
      return [uninitialised, missing, run()];
    });
    assert.match(uninitialised, /await init\(\)/);
    assert.match(missing, /nowhere\.wasm returned the status 404/);
    assert.equal(value, node.timeValue.effect({ nominalRate: 0.12, periodsPerYear: 12 }).value);
  });

  test("it works under a strict content security policy and with a server that does not know the type", async () => {
    const policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'";
    const strict = await serve({
      headers: { "content-security-policy": policy },
      types: { ".wasm": "application/octet-stream" },
      pages: { "/": '<!doctype html><script type="module" src="/bindings/wasm/tests/strict.mjs"></script>' },
    });
    const page = await openPage(strict.origin);
    const share = await page.evaluate((input) => window.wherewithal.simulation.run(input).then((run) => run.success.probability), SHORT);
    assert.equal(share, 1);
    await page.close();
    await strict.close();
  });
});
