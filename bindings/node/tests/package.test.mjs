// The packed packages in a project of their own.
import assert from "node:assert/strict";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";

import { Project } from "../../ts/tools/project.mjs";

const shared = fileURLToPath(new URL("../../ts/tests", import.meta.url));
const LOAN = '{ principal: "400000", annualRate: "0.065", termMonths: 360, firstPayment: "2026-01-01" }';
let project;

before(() => {
  project = new Project("node", "wasm");
});

after(() => project?.remove());

test("it loads as an ES module and as a CommonJS module", () => {
  const use = `console.log(debt.amortize(${LOAN}).payment);`;
  project.write("use.mjs", `import { debt } from "wherewithal"; ${use}`);
  project.write("use.cjs", `const { debt } = require("wherewithal"); ${use}`);
  for (const file of ["use.mjs", "use.cjs"]) assert.equal(project.run(process.execPath, file), "2528.27\n");
});

test("the packages carry what they need and nothing else", () => {
  for (const name of ["node", "wasm"]) {
    const files = project.contents(name);
    for (const needed of ["README.md", "LICENSE-MIT", "LICENSE-APACHE"]) assert.ok(files.includes(needed), needed);
    const known = /^(dist\/|index\.|package\.json|README|LICENSE|wherewithal\..*\.node$)/;
    assert.deepEqual(files.filter((path) => !known.test(path)), []);
  }
});

test("the samples pass the strict type checker in both module systems, and run", async () => {
  cpSync(join(shared, "types"), project.folder, { recursive: true });
  for (const name of ["arrays", "examples"]) {
    cpSync(join(shared, `generated/${name}.ts`), join(project.folder, `${name}.mts`));
  }
  project.compile("*.mts", "*.cts");
  assert.match(project.run(process.execPath, "compiled/esm.mjs"), /the ES module sample ran/);
  assert.match(project.run(process.execPath, "compiled/commonjs.cjs"), /the CommonJS sample ran/);

  // Every example of the documentation, against the types and against the engine.
  const { examples } = await import(pathToFileURL(join(project.folder, "compiled/examples.mjs")));
  const wherewithal = await import("../index.mjs");
  const named = new Set();
  for (const { operation, title, run } of examples(wherewithal)) {
    assert.equal(typeof (await run()), "object", `${operation}, ${title}`);
    named.add(operation);
  }
  assert.deepEqual([...named].sort(), [...wherewithal.operationNames].sort());

  const { arrayExamples } = await import(pathToFileURL(join(project.folder, "compiled/arrays.mjs")));
  const examplesOfArrays = arrayExamples(wherewithal);
  for (const { name, run, answer } of examplesOfArrays) assert.deepEqual(run(), answer, name);
  assert.equal(examplesOfArrays.length, Object.keys(wherewithal.arrays).length);
});

test("the bundler's entry of the browser package works where WebAssembly modules are imported", () => {
  project.write(
    "bundled.mjs",
    `import init, { debt, WherewithalError } from "wherewithal-wasm/bundler";
     await init();
     const loan = ${LOAN};
     console.log(debt.amortize(loan).payment);
     try { debt.amortize({ ...loan, termMonths: 0 }) } catch (error) { console.log(error instanceof WherewithalError, error.code) }`,
  );
  const output = project.run(process.execPath, "--experimental-wasm-modules", "--no-warnings", "bundled.mjs");
  assert.equal(output, "2528.27\ntrue term.out_of_range\n");
});

test("the page's entry of the browser package loads from bytes, as on a server that renders pages", () => {
  project.write(
    "rendered.mjs",
    `import { readFile } from "node:fs/promises";
     import { fileURLToPath } from "node:url";
     import init, { timeValue } from "wherewithal-wasm";
     try { timeValue.effect({ nominalRate: 0.12, periodsPerYear: 12 }) } catch (error) { console.log(error.message) }
     await init(await readFile(fileURLToPath(import.meta.resolve("wherewithal-wasm/wherewithal.wasm"))));
     console.log(timeValue.effect({ nominalRate: 0.12, periodsPerYear: 12 }).value);`,
  );
  const [before, value] = project.run(process.execPath, "rendered.mjs").trim().split("\n");
  assert.match(before, /await init\(\)/);
  // 1.01^12 - 1 is 0.12682503013196972 (Python 3.11, `fractions`).
  assert.ok(Math.abs(Number(value) - 0.12682503013196972) < 1e-15, value);
});
