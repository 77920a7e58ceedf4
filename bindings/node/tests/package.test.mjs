// The packed packages, installed into a project of their own as a user would.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";

const bindings = fileURLToPath(new URL("../..", import.meta.url));
const npm = process.platform === "win32" ? "npm.cmd" : "npm";
const typescript = join(bindings, "ts/node_modules/typescript/bin/tsc");
let project;

/** Runs a program in the project and returns what it prints. */
function run(program, ...parameters) {
  try {
    return execFileSync(program, parameters, { cwd: project, encoding: "utf8", stdio: "pipe" });
  } catch (error) {
    throw new Error(`${program} ${parameters.join(" ")}:\n${error.stdout}${error.stderr}`);
  }
}

before(() => {
  project = mkdtempSync(join(tmpdir(), "wherewithal-"));
  writeFileSync(join(project, "package.json"), '{ "private": true }');
  const packages = ["node", "wasm"].map((name) => {
    const packed = run(npm, "pack", "--json", "--pack-destination", project, join(bindings, name));
    return join(project, JSON.parse(packed)[0].filename);
  });
  run(npm, "install", "--offline", "--no-audit", "--no-fund", ...packages);
});

after(() => rmSync(project, { recursive: true }));

test("it loads as an ES module and as a CommonJS module", () => {
  const loan = '{ principal: "400000", annualRate: "0.065", termMonths: 360, firstPayment: "2026-01-01" }';
  writeFileSync(join(project, "use.mjs"), `import { debt } from "wherewithal"; console.log(debt.amortize(${loan}).payment);`);
  writeFileSync(join(project, "use.cjs"), `const { debt } = require("wherewithal"); console.log(debt.amortize(${loan}).payment);`);
  for (const file of ["use.mjs", "use.cjs"]) assert.equal(run(process.execPath, file), "2528.27\n");
});

test("the packages carry what they need and nothing else", () => {
  for (const [name, folder] of [["wherewithal", "node"], ["wherewithal-wasm", "wasm"]]) {
    const packed = JSON.parse(run(npm, "pack", "--json", "--dry-run", join(bindings, folder)))[0];
    const files = packed.files.map(({ path }) => path);
    assert.equal(packed.name, name);
    for (const needed of ["README.md", "LICENSE-MIT", "LICENSE-APACHE"]) assert.ok(files.includes(needed), needed);
    const strangers = files.filter((path) => !/^(dist\/|index\.|package\.json|README|LICENSE|wherewithal\..*\.node$)/.test(path));
    assert.deepEqual(strangers, []);
  }
});

test("the samples pass the strict type checker in both module systems, and run", async () => {
  cpSync(join(bindings, "ts/tests/types"), project, { recursive: true });
  cpSync(join(bindings, "ts/tests/generated/examples.ts"), join(project, "examples.mts"));
  const options = {
    compilerOptions: {
      strict: true,
      exactOptionalPropertyTypes: true,
      module: "node20",
      target: "es2022",
      lib: ["es2022", "dom"],
      types: [],
      outDir: "compiled",
    },
    include: ["*.mts", "*.cts"],
  };
  writeFileSync(join(project, "tsconfig.json"), JSON.stringify(options));
  run(process.execPath, typescript, "--project", "tsconfig.json");
  assert.match(run(process.execPath, "compiled/esm.mjs"), /the ES module sample ran/);
  assert.match(run(process.execPath, "compiled/commonjs.cjs"), /the CommonJS sample ran/);

  // Every example of the documentation, against the types and against the engine.
  const { examples } = await import(pathToFileURL(join(project, "compiled/examples.mjs")));
  const wherewithal = await import("../index.mjs");
  const named = new Set();
  for (const { operation, title, run } of examples(wherewithal)) {
    assert.equal(typeof (await run()), "object", `${operation}, ${title}`);
    named.add(operation);
  }
  assert.deepEqual([...named].sort(), [...wherewithal.operationNames].sort());
});

test("the bundler's entry of the browser package works where WebAssembly modules are imported", () => {
  writeFileSync(
    join(project, "bundled.mjs"),
    `import init, { debt, WherewithalError } from "wherewithal-wasm/bundler";
     await init();
     const loan = { principal: "400000", annualRate: "0.065", termMonths: 360, firstPayment: "2026-01-01" };
     console.log(debt.amortize(loan).payment);
     try { debt.amortize({ ...loan, termMonths: 0 }) } catch (error) { console.log(error instanceof WherewithalError, error.code) }`,
  );
  const output = run(process.execPath, "--experimental-wasm-modules", "--no-warnings", "bundled.mjs");
  assert.equal(output, "2528.27\ntrue loan.term.out_of_range\n");
});

test("the page's entry of the browser package loads from bytes, as on a server that renders pages", () => {
  writeFileSync(
    join(project, "rendered.mjs"),
    `import { readFile } from "node:fs/promises";
     import { fileURLToPath } from "node:url";
     import init, { timeValue } from "wherewithal-wasm";
     try { timeValue.effect({ nominalRate: 0.12, periodsPerYear: 12 }) } catch (error) { console.log(error.message) }
     await init(await readFile(fileURLToPath(import.meta.resolve("wherewithal-wasm/wherewithal.wasm"))));
     console.log(timeValue.effect({ nominalRate: 0.12, periodsPerYear: 12 }).value);`,
  );
  const [before, value] = run(process.execPath, "rendered.mjs").trim().split("\n");
  assert.match(before, /await init\(\)/);
  // 1.01^12 - 1 is 0.12682503013196972 (Python 3.11, `fractions`).
  assert.ok(Math.abs(Number(value) - 0.12682503013196972) < 1e-15, value);
});
