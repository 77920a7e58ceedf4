// A page loads only the families that it imports, with a bundler and without.
import assert from "node:assert/strict";
import { statSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";

import { importMap, launchBrowser, serve, skipWithoutBrowser } from "../../ts/tools/browser.mjs";
import { Project } from "../../ts/tools/project.mjs";
import * as node from "../../node/index.mjs";

const LOAN = { principal: "400000", annualRate: "0.065", termMonths: 360, firstPayment: "2026-01-01" };
const RUN = { initialBalance: 250_000, months: 360, expectedReturn: 0.07, volatility: 0.15, paths: 2_000, seed: 7 };
const ACCOUNTS = [{ id: "checking", name: "Checking", kind: "checking", balance: "12000" }];
const HOUSEHOLD = { household: { version: 1, name: "Example", asOf: "2026-01-01", accounts: ACCOUNTS } };
const VITE = fileURLToPath(new URL("../../ts/node_modules/vite/bin/vite.js", import.meta.url));

/** A page that shows the result of a script after an import, as JSON. */
function page(imports, result) {
  return `<!doctype html>${importMap}<script type="module">
    import ${imports};
    await init();
    document.title = JSON.stringify(${result});
  </script>`;
}

const DEBT = ["init, { debt } from 'wherewithal-wasm/debt'", `debt.amortize(${JSON.stringify(LOAN)}).payment`];
const PAGES = {
  "/debt": page(...DEBT),
  "/sharing": page("init, { market, mortality } from 'wherewithal-wasm/mortality'", "Object.keys({ market, mortality })"),
  "/household": page("init, { netWorth } from 'wherewithal-wasm/household'", `netWorth.statement(${JSON.stringify(HOUSEHOLD)}).netWorth`),
  "/netWorth": page("init, { netWorth } from 'wherewithal-wasm/netWorth'", `netWorth.statement(${JSON.stringify(HOUSEHOLD)}).netWorth`),
  "/plan": page("init, { plan } from 'wherewithal-wasm/plan'", "Object.keys({ plan })"),
  "/run": page("init, { simulation } from 'wherewithal-wasm/simulation'", `await simulation.run(${JSON.stringify(RUN)})`),
  "/all": page("init, { debt } from 'wherewithal-wasm'", DEBT[1]),
  "/amortize": page("init, { debt } from 'wherewithal-wasm/timeValue'", DEBT[1]),
  "/two": page(
    "init, { debt } from 'wherewithal-wasm/debt'; import initTimeValue, { timeValue } from 'wherewithal-wasm/timeValue'",
    `[await initTimeValue(), ${DEBT[1]}, timeValue.effect({ nominalRate: 0.12, periodsPerYear: 12 }).value]`,
  ),
};

describe("a page loads the families that it imports", { skip: skipWithoutBrowser() }, () => {
  let browser;
  let server;

  before(async () => {
    server = await serve({ pages: PAGES });
    browser = await launchBrowser();
  });

  after(async () => {
    await browser?.close();
    await server?.close();
  });

  /** The content of a page, and the paths of the files fetched by it and its workers. */
  async function open(address) {
    const context = await browser.newContext();
    const fetched = [];
    context.on("request", (request) => fetched.push(new URL(request.url()).pathname));
    const page = await context.newPage();
    page.on("pageerror", (error) => assert.fail(error));
    await page.goto(address);
    await page.waitForFunction(() => document.title !== "");
    const shown = JSON.parse(await page.title());
    await context.close();
    return { shown, fetched };
  }

  /** The modules among fetched files: `debt` for `…/pkg/debt/wherewithal_bg.wasm`. */
  const modules = (fetched) => fetched.filter((path) => path.endsWith(".wasm")).map((path) => path.split("/").at(-2));

  test("debt alone: its module, its functions and nothing of other families", async () => {
    const { shown, fetched } = await open(`${server.origin}/debt`);
    assert.equal(shown, "2528.27");
    assert.deepEqual(modules(fetched), ["debt"]);
    const families = fetched.filter((path) => path.includes("/generated/families/")).map((path) => path.split("/").at(-1));
    assert.deepEqual(families, ["debt.js"]);
  });

  test("plain amortization is in the small module of time value too", async () => {
    const { shown, fetched } = await open(`${server.origin}/amortize`);
    assert.equal(shown, "2528.27");
    assert.deepEqual(modules(fetched), ["timeValue"]);
  });

  test("a family that shares a module has an address of its own", async () => {
    const { shown, fetched } = await open(`${server.origin}/sharing`);
    assert.deepEqual(shown, ["market", "mortality"]);
    assert.deepEqual(modules(fetched), ["retirement"]);
  });

  test("the statement of a household needs nothing of what reads ledgers", async () => {
    for (const name of ["household", "netWorth"]) {
      const { shown, fetched } = await open(`${server.origin}/${name}`);
      assert.equal(shown, "12000.00");
      assert.deepEqual(modules(fetched), [name]);
    }
  });

  test("the plan of a household has a module of its own", async () => {
    const { shown, fetched } = await open(`${server.origin}/plan`);
    assert.deepEqual(shown, ["plan"]);
    assert.deepEqual(modules(fetched), ["plan"]);
  });

  test("a long run is answered by a worker with its family's module alone", async () => {
    const { shown, fetched } = await open(`${server.origin}/run`);
    assert.deepEqual(shown, node.call("simulation.run", RUN));
    assert.deepEqual(modules(fetched), ["retirement"]);
    const workers = fetched.filter((path) => path.includes("/workers/")).map((path) => path.split("/").at(-1));
    assert.deepEqual(workers, ["retirement.js"]);
  });

  test("without a bundler, the package's root is the one module with all families", async () => {
    const { shown, fetched } = await open(`${server.origin}/all`);
    assert.equal(shown, "2528.27");
    assert.deepEqual(modules(fetched), ["all"]);
  });

  test("two modules work side by side", async () => {
    const { shown, fetched } = await open(`${server.origin}/two`);
    const effect = node.timeValue.effect({ nominalRate: 0.12, periodsPerYear: 12 }).value;
    assert.deepEqual(shown.slice(1), ["2528.27", effect]);
    assert.deepEqual(modules(fetched).sort(), ["debt", "timeValue"]);
  });

  describe("built by Vite", () => {
    let project;

    before(() => {
      project = new Project("wasm");
      project.write("vite.config.mjs", 'export default { build: { target: "esnext" }, worker: { format: "es" } };');
    });

    after(() => project?.remove());

    /** As `open`, for a page whose script Vite bundles. */
    async function built(script) {
      project.write("index.html", '<!doctype html><script type="module" src="/main.js"></script>');
      project.write("main.js", script);
      project.run(process.execPath, VITE, "build", "--logLevel", "warn");
      const server = await serve({ folder: join(project.folder, "dist") });
      try {
        const { shown, fetched } = await open(`${server.origin}/index.html`);
        // Vite renames files; their sizes identify the modules.
        const wasm = fetched.filter((path) => path.endsWith(".wasm"));
        const sizes = wasm.map((path) => statSync(join(project.folder, "dist", path)).size);
        return { shown, sizes: sizes.sort() };
      } finally {
        await server.close();
      }
    }

    /** The size of a module in the package. */
    const sizeOf = (name) => statSync(new URL(`../dist/wasm/pkg/${name}/wherewithal_bg.wasm`, import.meta.url)).size;

    test("the root loads the modules of what is imported", async () => {
      const { shown, sizes } = await built(
        `import init, { debt } from "wherewithal-wasm"; await init(); document.title = JSON.stringify(${DEBT[1]});`,
      );
      assert.equal(shown, "2528.27");
      assert.deepEqual(sizes, [sizeOf("debt")]);
    });

    test("two families of two modules", async () => {
      const { shown, sizes } = await built(
        `import init, { arrays, debt } from "wherewithal-wasm"; await init();
         document.title = JSON.stringify([${DEBT[1]}, arrays.fv(0, 12, -1, 0)]);`,
      );
      assert.deepEqual(shown, ["2528.27", 12]);
      assert.deepEqual(sizes, [sizeOf("debt"), sizeOf("timeValue")].sort());
    });

    test("a program that calls by name gets every family", async () => {
      const { shown, sizes } = await built(
        `import init, { call } from "wherewithal-wasm"; await init();
         document.title = JSON.stringify(call("debt.amortize", ${JSON.stringify(LOAN)}).payment);`,
      );
      assert.equal(shown, "2528.27");
      assert.deepEqual(sizes, [sizeOf("all")]);
    });

    test("a family's own entry, and a run in a worker", async () => {
      const { shown, sizes } = await built(
        `import init, { simulation } from "wherewithal-wasm/simulation"; await init();
         document.title = JSON.stringify(await simulation.run(${JSON.stringify(RUN)}));`,
      );
      assert.deepEqual(shown, node.call("simulation.run", RUN));
      assert.deepEqual(sizes, [sizeOf("retirement")]);
    });
  });
});
